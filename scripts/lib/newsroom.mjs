import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { inRoot, pinnedNode, findProgram, tailOf } from './exec.mjs'
import { supervise } from './children.mjs'
import { answers, ask, endLeftover, redisArgs, redisPlace } from './redis.mjs'
import { Stop } from './say.mjs'

/**
 * The running newsroom: Redis, web and worker, as `npm start` and the journey in `npm test` use it.
 * `settings` is what src/env.ts made of `env`; `onDeath` is told when a part dies.
 */
export const newsroom = ({ env, settings, onDeath }) => {
  const parts = []
  const logFolder = path.join(settings.DATA_DIR, 'log')
  const part = (name, program, args, extra = {}) => {
    const logFile = path.join(logFolder, `${name}.log`)
    const logFrom = sizeOf(logFile)
    const started = supervise({
      name,
      program,
      args,
      env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...extra },
      logFile,
      onDeath,
    })
    parts.push({ ...started, logFrom, ask: undefined })
    return parts.at(-1)
  }

  const startRedis = async (tell = () => undefined) => {
    tell('reading back what it kept')
    if (settings.REDIS_URL) return 'the one in REDIS_URL'
    const place = redisPlace(settings.DATA_DIR)
    await endLeftover(place.socket)
    const redis = part('redis', findProgram('redis-server') ?? 'redis-server', redisArgs(place))
    redis.ask = () => ask(place.socket, 'SHUTDOWN', 10_000)
    await until(() => answers(place.socket), redis, 20_000, 'Redis did not answer')
    return path.relative(process.cwd(), place.socket)
  }

  const startWeb = async () => {
    const next = inRoot('node_modules/next/dist/bin/next')
    return part('web', pinnedNode(), [
      next,
      'start',
      '-H',
      settings.HOST,
      '-p',
      String(settings.PORT),
    ])
  }

  const startWorker = async () =>
    part('worker', pinnedNode(), [
      '-C',
      'production',
      '--enable-source-maps',
      '--no-warnings',
      inRoot('dist/worker.mjs'),
    ])

  /** In this order, so that nothing loses what it still writes to. */
  const stop = async () => {
    for (const name of ['worker', 'web', 'redis']) {
      for (const one of parts.filter((p) => p.name === name)) await one.stop({ ask: one.ask })
    }
  }

  return { startRedis, startWeb, startWorker, stop, parts, healthUrl: healthUrl(settings) }
}

const EVERYWHERE = new Set(['0.0.0.0', '::', ''])

export const healthUrl = ({ HOST, PORT }) => {
  const host = EVERYWHERE.has(HOST) ? '127.0.0.1' : HOST
  return `http://${host.includes(':') ? `[${host}]` : host}:${PORT}/api/health`
}

/** Waits for a state of `part`; gives up when it keeps dying. */
const until = async (isSo, part, ms, what) => {
  const end = Date.now() + ms
  while (!(await isSo())) {
    if (Date.now() > end || part.deaths() > 2) {
      const log = tailOf(part.logFile).map((line) => `| ${line}`)
      throw new Stop([
        `${what} (${part.deaths()} restarts).`,
        ...log,
        `The whole log: ${part.logFile}`,
      ])
    }
    await pause(200)
  }
}

const health = async (url) => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) })
    return { status: answer.status, text: (await answer.text()).slice(0, 300) }
  } catch (error) {
    return { status: 0, text: error.cause?.code ?? error.message }
  }
}

/** Levels at which the worker's word is not written. */
const QUIET = new Set(['warn', 'error', 'silent'])

/** With such a setting the worker's log tells nothing of how it goes. */
export const mayBeSilent = ({ LOG_LEVEL }) => QUIET.has(LOG_LEVEL)

/** Ready when the worker says that it listens; `worker.logFrom` is where this run's lines begin. */
export const untilListening = async (worker, settings, ms = 60_000) => {
  if (mayBeSilent(settings)) return
  const listens = () => textFrom(worker.logFile, worker.logFrom).includes('the worker listens')
  await until(listens, worker, ms, 'The worker did not become ready')
}

/** What a log holds from that byte on. */
export const textFrom = (file, from) => {
  try {
    const bytes = readFileSync(file)
    return bytes.subarray(Math.min(from, bytes.length)).toString('utf8')
  } catch {
    return ''
  }
}

const sizeOf = (file) => (existsSync(file) ? statSync(file).size : 0)

/** Ready when web says that the database answers; it asks nothing else. Redis answered before web was started. */
export const untilHealthy = async (url, web, ms = 90_000) => {
  let last = { status: 0, text: '' }
  const healthy = async () => {
    last = await health(url)
    return last.status === 200
  }
  await until(healthy, web, ms, 'The newsroom did not become ready').catch((error) => {
    error.lines?.push(`GET ${url}: ${last.status} ${last.text}`)
    throw error
  })
}
