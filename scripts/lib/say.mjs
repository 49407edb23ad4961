import { progress } from './progress.mjs'

/** Plain lines with a progress sign. A failure is a `Stop`: its lines are printed, never a stack. */

export class Stop extends Error {
  constructor(lines, code = 1) {
    const all = Array.isArray(lines) ? lines : [lines]
    super(all[0])
    this.lines = all
    this.code = code
  }
}

/** The sign that is turning now: a line said meanwhile must not be written into the middle of it. */
let turning

export const say = (line = '') => {
  turning?.clear()
  process.stdout.write(`${line}\n`)
}

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`

/** Shows that `work` goes on; it is handed `tell`, with which it says what it is doing just now. */
export const shown = async (title, work) => {
  const before = turning
  const mine = progress({ title })
  turning = mine
  try {
    return await work(mine.tell)
  } finally {
    mine.end()
    turning = before
  }
}

/**
 * Runs one step and says how it went: `work(tell)` returns a detail for the line, or `{ value, detail }` when the
 * caller needs something back.
 */
export const step = async (title, work) => {
  const since = Date.now()
  try {
    const result = await shown(title, work)
    const detail = typeof result === 'string' ? result : result?.detail
    say(`✓ ${title}${detail ? `: ${detail}` : ''} (${seconds(Date.now() - since)})`)
    return typeof result === 'object' ? result.value : undefined
  } catch (error) {
    say(`✗ ${title} (${seconds(Date.now() - since)})`)
    throw error
  }
}

/** What the system's own words mean to somebody who only typed `npm start`. */
const SYSTEM_WORDS = {
  ENOSPC: (where) => `The disk is full${where}. Make room and run the same command again.`,
  EDQUOT: (where) =>
    `This user's share of the disk is full${where}. Make room and run the same command again.`,
  EROFS: (where) => `The disk is read-only${where}. Copy the folder to a disk of yours.`,
  EACCES: (where) => `This user has no right to write there${where}. Is it another user's folder?`,
  EPERM: (where) => `This user has no right to write there${where}. Is it another user's folder?`,
}

const plain = (error) => {
  const words = SYSTEM_WORDS[error?.code]
  if (words) return words(error.path ? ` (${error.path})` : '')
  return String(error?.message ?? error).split('\n')[0]
}

/** The lines in which a failure is told. */
export const linesOfFailure = (error) => (error instanceof Stop ? error.lines : [plain(error)])

/** The last word of a script: its failure in plain lines and an exit status. */
export const sayFailure = (error) => {
  for (const line of linesOfFailure(error)) process.stderr.write(`  ${line}\n`)
  return error instanceof Stop ? error.code : 1
}
