import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setImmediate as next } from 'node:timers/promises'

/** What the system says that process runs; for an instant after it began, nothing. */
const lineOf = (pid: number | undefined) => {
  if (process.platform !== 'linux') return 'start.mjs'
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
}

/** A process that looks like another start of ours, from the moment that it can be seen to be one. */
export const anotherStart = async (): Promise<ChildProcess> => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'scripts/start.mjs'])
  while (!lineOf(child.pid).includes('start.mjs')) await next()
  return child
}
