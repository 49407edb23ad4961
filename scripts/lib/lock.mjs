import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inRoot } from './exec.mjs'
import { Stop } from './say.mjs'

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Does that process still run a command of ours? A number may have gone to somebody else since. */
const isOurs = (pid, { programs }) => {
  try {
    return programs.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
  } catch {
    return process.platform !== 'linux'
  }
}

/** Our own: this process, or the one with an older Node that handed over to us. */
const isSelf = (pid) => pid === process.pid || pid === process.ppid

const isTaken = (holder, kind) =>
  holder > 0 && !isSelf(holder) && isAlive(holder) && isOurs(holder, kind)

const NEWSROOM = {
  name: 'start.pid',
  programs: /start\.mjs/,
  words: (holder) =>
    `Hội Tụ already runs, or is being set up, from this folder (process ${holder}). Stop it first: kill ${holder}`,
}
const CHECKOUT = {
  name: 'set-up.pid',
  programs: /\b(start|test|check|build)\.mjs/,
  words: (holder) =>
    `Another command is installing packages or building in this checkout (process ${holder}). Run this one again when it is done.`,
}

const refuse = (kind, holder) => {
  throw new Stop(kind.words(holder))
}

const read = (file) => {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return 0
  }
}

const notTaken = (folder, kind) => {
  const holder = read(path.join(folder, kind.name))
  if (isTaken(holder, kind)) refuse(kind, holder)
}

/** Says so before any work when a newsroom already runs from this folder. */
export const notYetRunning = (dataDir) => notTaken(dataDir, NEWSROOM)

/** True when it stands now; false when somebody else's note was quicker. */
const linked = (from, to) => {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/**
 * Moves a dead process's note aside; should it turn out to be a living one's, newer than our look, it goes back, unless
 * a third one's stands there by now.
 */
const clear = (file, kind) => {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  const holder = read(aside)
  if (isTaken(holder, kind)) linked(aside, file)
  rmSync(aside)
  if (isTaken(holder, kind)) refuse(kind, holder)
}

const take = (folder, kind) => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, kind.name)
  notTaken(folder, kind)
  clear(file, kind)
  const mine = `${file}.new-${process.pid}`
  writeFileSync(mine, String(process.pid))
  try {
    if (!linked(mine, file)) refuse(kind, read(file))
  } finally {
    rmSync(mine, { force: true })
  }
  return () => {
    if (read(file) === process.pid) rmSync(file, { force: true })
  }
}

/**
 * One newsroom in one data folder, from the first package on: two set-ups at once would break each other's. Gives back
 * the function that frees it.
 */
export const lock = (dataDir) => take(dataDir, NEWSROOM)

/**
 * Packages and build belong to the checkout, whatever the data folder: what writes to node_modules or .next does so
 * alone, be it a start, a test, a check or a build.
 */
export const alone = async (work, folder = inRoot('.data')) => {
  const unlock = take(folder, CHECKOUT)
  try {
    return await work()
  } finally {
    unlock()
  }
}
