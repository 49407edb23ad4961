import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { inRoot, run, tailOf } from './exec.mjs'
import { newsroom, untilHealthy, untilListening } from './newsroom.mjs'
import { say, shown } from './say.mjs'
import { checkedSettings, rawSettings } from './settings.mjs'
import { seedPhase } from './phases.mjs'
import { migrate, script } from './stage.mjs'
import { freePort } from './port.mjs'

/** Plays the journey against a newsroom of its own: other folders, another port, the same build. */
export const journey = async (configuration, more) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hoi-tu-journey-'))
  const { DATABASE_URL: _url, REDIS_URL: _redis, PUBLIC_URL: _public, ...own } = rawSettings()
  const withoutS3 = Object.fromEntries(
    Object.entries(own).filter(([name]) => !/^S3_(?!TEST_)/.test(name)),
  )
  const env = {
    ...withoutS3,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    DATA_DIR: path.join(folder, 'data'),
    MEDIA_DIR: path.join(folder, 'media'),
    DEMO_PLATFORMS: '1',
    HT_TEST_CONFIG: configuration,
    ...more,
  }
  const settings = await checkedSettings(env)
  const room = newsroom({ env, settings, onDeath: ({ name, how }) => say(`✗ ${name} ${how}`) })
  const stopEarly = () => room.stop().then(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stopEarly)
  try {
    await shown('A newsroom for the journey', (tell) => open({ room, settings, env, tell }))
    const code = await run(process.execPath, [inRoot('scripts/run.mjs'), 'scripts/journey.ts'], {
      env,
    })
    if (code !== 0) for (const part of room.parts) sayLog(part)
    return code === 0
  } finally {
    await room.stop()
    for (const signal of ['SIGINT', 'SIGTERM']) process.removeListener(signal, stopEarly)
    rmSync(folder, { recursive: true, force: true })
  }
}

const open = async ({ room, settings, env, tell }) => {
  await room.startRedis()
  await migrate(settings, env, tell)
  // A database server is seeded only when asked to; this one was made for the journey.
  await script('The demo newsroom', 'scripts/seed.ts', {
    env,
    dataDir: settings.DATA_DIR,
    args: ['--demo'],
    watch: (text) => tell(seedPhase(text)),
  })
  tell('web and worker start')
  const web = await room.startWeb()
  const worker = await room.startWorker()
  await untilHealthy(room.healthUrl, web)
  await untilListening(worker, settings)
}

const sayLog = ({ name, logFile }) => {
  say(`Last lines of ${name}:`)
  for (const line of tailOf(logFile, 20)) say(`| ${line}`)
}
