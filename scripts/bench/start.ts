import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Resident memory of a process and all that came from it, in MiB. Linux only. */
const treeMib = (root: number): number => {
  const parents = new Map<number, number>()
  const resident = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8')
      parents.set(Number(name), Number(/PPid:\s+(\d+)/.exec(status)?.[1] ?? 0))
      resident.set(Number(name), Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
    } catch {
      // It ended while we looked.
    }
  }
  const isOurs = (pid: number): boolean =>
    pid === root || (parents.has(pid) && pid !== 0 && isOurs(parents.get(pid) ?? 0))
  return [...resident].filter(([pid]) => isOurs(pid)).reduce((sum, [, mib]) => sum + mib, 0)
}

/** Runs `npm start` until it says that it is ready, then stops it. */
const startOnce = async (folder: string): Promise<{ seconds: number; mib: number }> => {
  const from = Date.now()
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: {
      ...process.env,
      PORT: String(await freePort()),
      HOST: '127.0.0.1',
      NODE_ENV: 'production',
      DATA_DIR: '.data',
      MEDIA_DIR: 'media',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let most = 0
  const looking = setInterval(() => (most = Math.max(most, treeMib(child.pid ?? 0))), 500)
  let said = ''
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes('Ready after')) resolve()
    })
    child.once('exit', () => reject(new Error(`npm start ended:\n${said.slice(-2_000)}`)))
  })
  await ready.finally(() => clearInterval(looking))
  const seconds = (Date.now() - from) / 1_000
  child.removeAllListeners('exit')
  // Ctrl-C in a terminal: the whole group hears it. npm ends before the newsroom does, which closes the pipe last.
  const gone = new Promise((resolve) => child.once('close', resolve))
  process.kill(-(child.pid ?? 0), 'SIGINT')
  await gone
  return { seconds, mib: most }
}

/** (c) A fresh clone's first start and its second: seconds and peak memory of the whole process tree. */
export const benchStart = async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hoi-tu-fresh-'))
  try {
    execFileSync('git', ['clone', '--quiet', process.cwd(), folder])
    const first = await startOnce(folder)
    const second = await startOnce(folder)
    const memory = (mib: number) => `peak ${Math.round(mib)} MiB over all processes`
    return [
      {
        name: 'npm start, fresh clone (s)',
        ratio: first.seconds,
        limit: null,
        detail: memory(first.mib),
      },
      {
        name: 'npm start, second (s)',
        ratio: second.seconds,
        limit: 20,
        detail: memory(second.mib),
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
