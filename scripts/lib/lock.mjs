import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

const refuseIfRunning = (file) => {
  const holder = Number(read(file))
  if (!(holder > 0) || holder === process.pid || !isAlive(holder) || !isOurs(holder)) return
  throw new Stop(
    `Hội Tụ already runs from this folder (process ${holder}). Stop it first: kill ${holder}`,
  )
}

const fileOf = (dataDir) => path.join(dataDir, 'start.pid')

/** Says so before any work when a newsroom already runs from this folder. */
export const notYetRunning = (dataDir) => {
  refuseIfRunning(fileOf(dataDir))
}

/** One newsroom in one data folder. Gives back the function that frees it. */
export const lock = (dataDir) => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = fileOf(dataDir)
  refuseIfRunning(file)
  writeFileSync(file, String(process.pid))
  return () => rmSync(file, { force: true })
}

const read = (file) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
