import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Stop } from './say.mjs'

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Does that process still run a start of ours? A number may have gone to somebody else since. */
const isOurs = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start.mjs')
  } catch {
    return process.platform !== 'linux'
  }
}

/** Our own: this process, or the one with an older Node that handed over to us. */
const isSelf = (pid) => pid === process.pid || pid === process.ppid

const isTaken = (holder) => holder > 0 && !isSelf(holder) && isAlive(holder) && isOurs(holder)

const refuse = (holder) => {
  throw new Stop(
    `Hội Tụ already runs, or is being set up, from this folder (process ${holder}). Stop it first: kill ${holder}`,
  )
}

const fileOf = (dataDir) => path.join(dataDir, 'start.pid')

const read = (file) => {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return 0
  }
}

/** Says so before any work when a newsroom already runs from this folder. */
export const notYetRunning = (dataDir) => {
  const holder = read(fileOf(dataDir))
  if (isTaken(holder)) refuse(holder)
}

/** Moves a dead start's note aside; should it turn out to be a living one's, newer than our look, it goes back. */
const clear = (file) => {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  const holder = read(aside)
  if (isTaken(holder)) {
    linkSync(aside, file)
    rmSync(aside)
    refuse(holder)
  }
  rmSync(aside)
}

/**
 * One newsroom in one data folder, from the first package on: two set-ups at once would break each other's. Gives back
 * the function that frees it.
 */
export const lock = (dataDir) => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = fileOf(dataDir)
  notYetRunning(dataDir)
  clear(file)
  const mine = `${file}.new-${process.pid}`
  writeFileSync(mine, String(process.pid))
  try {
    linkSync(mine, file)
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    refuse(read(file))
  } finally {
    rmSync(mine, { force: true })
  }
  return () => {
    if (read(file) === process.pid) rmSync(file, { force: true })
  }
}
