import { fileURLToPath } from 'node:url'
import { build } from './lib/build.mjs'
import { inRoot, tailOf } from './lib/exec.mjs'
import { lock, notYetRunning } from './lib/lock.mjs'
import { newsroom, untilHealthy, untilListening } from './lib/newsroom.mjs'
import { port, portOf } from './lib/port.mjs'
import { handOver, isPrepared, place, prepare } from './lib/prepare.mjs'
import { say, sayFailure, seconds, step, Stop } from './lib/say.mjs'
import { checkedSettings, checkEnvFile, makeEnvFile, rawSettings } from './lib/settings.mjs'
import { migrate, seed } from './lib/stage.mjs'
import { untilTranscoded } from './lib/transcodes.mjs'
import { welcome } from './lib/welcome.mjs'

/** npm start: from a fresh clone to a running newsroom, doing only what is not done yet. */
const begun = Number(process.env.HOI_TU_BEGUN || Date.now())
process.env.HOI_TU_BEGUN = String(begun)

/** npm that is told to end (SIGTERM) ends its shell and tells nobody else: then we see that who began us is gone. */
const whenNpmEnds = (then) => {
  if (!process.env.npm_lifecycle_event) return
  const starter = process.ppid
  setInterval(() => process.ppid !== starter && then(), 500).unref()
}

/** Ends at the first signal, or when a part keeps dying; a second signal changes nothing. */
const ending = () => {
  let end
  const ended = new Promise((resolve) => (end = resolve))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => end({ code: 0, signal }))
  whenNpmEnds(() => end({ code: 0 }))
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

/** Everything before the pinned Node. Gives back what frees the folder again. */
const early = async () => {
  checkEnvFile()
  const settings = rawSettings()
  const dataDir = inRoot(settings.DATA_DIR || '.data')
  notYetRunning(dataDir)
  const number = portOf(settings)
  await place(settings)
  const unlock = lock(dataDir)
  try {
    await step('The port', () => port(number, settings.HOST || '127.0.0.1'))
    await prepare(['ffmpeg', 'ffprobe', 'redis-server'], settings)
    return unlock
  } catch (error) {
    unlock()
    throw error
  }
}

const open = async (settings, env, end) => {
  const room = newsroom({ env, settings, onDeath: tellDeath(end) })
  try {
    await step('Redis', room.startRedis)
    await step('Migrations', (tell) => migrate(settings, env, tell))
    const seeded = await step('Demo newsroom', (tell) => seed(settings, env, tell))
    const worker = await step('Web and worker', async (tell) => {
      const web = await room.startWeb()
      const worker = await room.startWorker()
      tell('web starts')
      await untilHealthy(room.healthUrl, web)
      tell('the worker starts')
      await untilListening(worker, settings)
      return { detail: 'healthy', value: worker }
    })
    return { room, worker, seeded }
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

/** The newsroom from its first part to its last; the exit status comes back. */
const runAll = async (settings, env) => {
  const { ended, end } = ending()
  const opening = open(settings, env, end)
  const { room, worker, seeded } = await raceOf(opening, ended).catch(async (error) => {
    await opening.then((late) => late.room.stop()).catch(() => undefined)
    throw error
  })
  welcome(settings)
  say(`Ready after ${seconds(Date.now() - begun)}.`)
  if (seeded) await untilTranscoded({ worker, settings, ended })
  const { code } = await ended
  await step('Stopping', async () => room.stop())
  return code
}

/** In the pinned Node: settings, build, and then everything that runs. */
const go = async () => {
  await step('Settings', async () => makeEnvFile())
  const env = rawSettings()
  const settings = await checkedSettings(env)
  const unlock = lock(settings.DATA_DIR)
  try {
    await step('Production build', build)
    return await runAll(settings, env)
  } finally {
    unlock()
  }
}

const main = async () => {
  const unlock = isPrepared() ? () => undefined : await early()
  try {
    return await (handOver(fileURLToPath(import.meta.url)) ?? go())
  } finally {
    unlock()
  }
}

process.exitCode = await main().catch(sayFailure)
// A pipe of a child that was ended may still be open; everything of ours is closed by now.
process.exit(process.exitCode)
