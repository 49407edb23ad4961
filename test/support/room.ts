import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'

export type Part = 'web' | 'worker' | 'redis'

/** A whole newsroom of processes on folders of its own. A test may kill it part by part; what is killed is started again. */
export type Room = {
  base: string
  dataDir: string
  /** SIGKILL, then a new process. */
  kill: (part: Part) => Promise<void>
  /** SIGKILL to Redis, its data deleted, then an empty one. */
  wipeRedis: () => Promise<void>
  stop: () => Promise<void>
  logOf: (part: Part) => string
}

const ROOT = path.resolve(import.meta.dirname, '../..')
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })

const settingsFor = (
  folder: string,
  port: number,
  more: Record<string, string>,
): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NODE_ENV: 'production',
  NEXT_TELEMETRY_DISABLED: '1',
  HOST: '127.0.0.1',
  PORT: String(port),
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  DATA_DIR: path.join(folder, 'data'),
  MEDIA_DIR: path.join(folder, 'media'),
  PAYLOAD_SECRET: 'a-secret-for-tests-only-0123456789abcdef',
  VAULT_KEY: '1'.repeat(64),
  DEMO_PLATFORMS: '1',
  // Short, so that what a dead worker held is taken over within the test.
  LEASE_MS: '3000',
  SWEEP_MS: '500',
  ...more,
})

const commandOf = (part: Part, env: NodeJS.ProcessEnv): [string, string[]] => {
  const data = env.DATA_DIR ?? ''
  if (part === 'redis') {
    mkdirSync(path.join(data, 'redis'), { recursive: true })
    const where = ['--dir', path.join(data, 'redis'), '--unixsocket', path.join(data, 'redis.sock')]
    return [
      'redis-server',
      ['--port', '0', ...where, '--unixsocketperm', '700', '--appendonly', 'yes'],
    ]
  }
  const worker = ['-C', 'production', '--no-warnings', path.join(ROOT, 'dist/worker.mjs')]
  const web = [
    path.join(ROOT, 'node_modules/next/dist/bin/next'),
    'start',
    '-H',
    '127.0.0.1',
    '-p',
    env.PORT ?? '',
  ]
  return [process.execPath, part === 'worker' ? worker : web]
}

const runScript = (file: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(ROOT, 'scripts/run.mjs'), file, ...args], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.once('exit', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`${file} ended with ${code}: ${said.slice(-1_000)}`)),
    )
  })

type Opening = { settings?: Record<string, string>; demoStories?: boolean }

export const openRoom = async ({
  settings = {},
  demoStories = false,
}: Opening = {}): Promise<Room> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hoi-tu-room-'))
  const env = settingsFor(folder, await freePort(), settings)
  const dataDir = env.DATA_DIR ?? ''
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  mkdirSync(env.MEDIA_DIR ?? '', { recursive: true })
  const children = new Map<Part, ChildProcess>()
  const logFile = (part: Part) => path.join(folder, `${part}.log`)

  const launch = (part: Part) => {
    const log = openSync(logFile(part), 'a')
    const [program, args] = commandOf(part, env)
    // A group of its own: Next's own children die with it.
    children.set(
      part,
      spawn(program, args, { cwd: ROOT, env, detached: true, stdio: ['ignore', log, log] }),
    )
  }
  const end = async (part: Part) => {
    const child = children.get(part)
    if (!child?.pid) return
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It ended by itself.
    }
    await ended(child)
  }

  await runScript('scripts/migrate.ts', [], env)
  await runScript('scripts/seed.ts', demoStories ? ['--demo'] : ['--demo', '--no-stories'], env)
  for (const part of ['redis', 'web', 'worker'] as const) launch(part)
  return {
    base: env.PUBLIC_URL ?? '',
    dataDir,
    kill: async (part) => {
      await end(part)
      launch(part)
    },
    wipeRedis: async () => {
      await end('redis')
      rmSync(path.join(dataDir, 'redis'), { recursive: true, force: true })
      launch('redis')
    },
    stop: async () => {
      for (const part of ['worker', 'web', 'redis'] as const) await end(part)
      rmSync(folder, { recursive: true, force: true })
    },
    logOf: (part) =>
      existsSync(logFile(part)) ? readFileSync(logFile(part), 'utf8').slice(-2_000) : '',
  }
}
