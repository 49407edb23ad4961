import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** Numbers from 0 to 1, the same for the same seed. */
export const dice = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}

export type Worker = {
  child: ChildProcess
  ended: Promise<void>
  /** Resolves when it listens; false when it ended before. */
  listens: Promise<boolean>
  said: () => string
}

/** The real worker, as `npm start` runs it, beside no Redis at all: the rows alone say what is to be done. */
export const startWorker = (more: Record<string, string>): Worker => {
  const child = spawn(
    process.execPath,
    ['-C', 'production', '--no-warnings', path.join(ROOT, 'dist/worker.mjs')],
    {
      // Neither test nor production: the schema is there already, it is not pushed and not migrated.
      env: {
        ...process.env,
        NODE_ENV: 'development',
        NODE_OPTIONS: '',
        LOG_LEVEL: 'info',
        ...more,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const listens = new Promise<boolean>((resolve) => {
    const hear = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000)
      if (said.includes('the worker listens')) resolve(true)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    void ended.then(() => resolve(false))
  })
  return { child, ended, listens, said: () => said }
}

const parentOf = (pid: string): number =>
  Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1])

/** The ffmpeg processes of this folder whose worker is not among the living. */
export const orphans = (folder: string, living: readonly number[]): string[] =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      const ours = /ff(mpeg|probe)/.test(words) && words.includes(folder)
      return ours && !living.includes(parentOf(pid))
    } catch {
      return false
    }
  })
