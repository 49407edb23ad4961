import { fileURLToPath } from 'node:url'
import { build } from './lib/build.mjs'
import { inRoot, tailOf } from './lib/exec.mjs'
import { lock, notYetRunning } from './lib/lock.mjs'
import { newsroom, untilHealthy, untilListening } from './lib/newsroom.mjs'
import { handOver, isPrepared, prepare } from './lib/prepare.mjs'
import { say, sayFailure, seconds, step, Stop } from './lib/say.mjs'
import { checkedSettings, makeEnvFile, rawSettings } from './lib/settings.mjs'
import { migrate, seed } from './lib/stage.mjs'
import { port } from './lib/system.mjs'
import { welcome } from './lib/welcome.mjs'

/** npm start: from a fresh clone to a running newsroom, doing only what is not done yet. */
const begun = Number(process.env.HOI_TU_BEGUN || Date.now())
process.env.HOI_TU_BEGUN = String(begun)

/** Ends at the first signal, or when a part keeps dying; a second signal changes nothing. */
const ending = () => {
  let end
  const ended = new Promise((resolve) => (end = resolve))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => end({ code: 0, signal }))
  return { ended, end }
}

const tellDeath =
  (end) =>
  ({ name, how, again, logFile }) => {
    say(`✗ ${name} ${how}${again ? '; started again' : ''}`)
    if (again) return
    say(`  ${name} died too often within a minute. Its last lines:`)
    for (const line of tailOf(logFile)) say(`  | ${line}`)
    end({ code: 1 })
  }

const portCheck = (settings) => {
  const number = Number(settings.PORT || 3000)
  if (!Number.isInteger(number) || number < 1 || number > 65535)
    return 'checked with the settings below'
  return port(number, settings.HOST || '127.0.0.1')
}

const early = async () => {
  const settings = rawSettings()
  notYetRunning(inRoot(settings.DATA_DIR || '.data'))
  await step('The port', () => portCheck(settings))
  await prepare(['ffmpeg', 'ffprobe', 'redis-server'], settings)
}

const open = async (settings, env, end) => {
  const room = newsroom({ env, settings, onDeath: tellDeath(end) })
  try {
    await step('Redis', room.startRedis)
    await step('Migrations', () => migrate(settings, env))
    await step('Demo newsroom', () => seed(settings, env))
    await step('Web and worker', async () => {
      const web = await room.startWeb()
      const worker = await room.startWorker()
      await untilHealthy(room.healthUrl, web)
      await untilListening(worker, settings)
      return 'healthy'
    })
    return room
  } catch (error) {
    await room.stop()
    throw error
  }
}

const raceOf = (work, ended) =>
  Promise.race([
    work,
    ended.then(() => Promise.reject(new Stop('Stopped before it was ready.', 130))),
  ])

const main = async () => {
  if (!isPrepared()) await early()
  const elsewhere = handOver(fileURLToPath(import.meta.url))
  if (elsewhere) return elsewhere
  await step('Settings', () => makeEnvFile())
  const env = rawSettings()
  const settings = await checkedSettings(env)
  const unlock = lock(settings.DATA_DIR)
  try {
    await step('Production build', build)
    const { ended, end } = ending()
    const opening = open(settings, env, end)
    const room = await raceOf(opening, ended).catch(async (error) => {
      await opening.then((late) => late.stop()).catch(() => undefined)
      throw error
    })
    welcome(settings)
    say(`Ready after ${seconds(Date.now() - begun)}.`)
    const { code } = await ended
    await step('Stopping', async () => room.stop())
    return code
  } finally {
    unlock()
  }
}

process.exitCode = await main().catch(sayFailure)
// A pipe of a child that was ended may still be open; everything of ours is closed by now.
process.exit(process.exitCode)
