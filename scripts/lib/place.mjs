import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ROOT } from './exec.mjs'
import { redisSocket } from './redis.mjs'
import { linesOfFailure, Stop } from './say.mjs'

/** The folder that the newsroom is to live in: may we write there, and is there room? Asked before any work. */

const GIB = 1024 ** 3
const MIB = 1024 ** 2

/** Free room on the disk of `folder`, in bytes. */
export const freeBytes = (folder = ROOT) => {
  const disk = statfsSync(folder)
  return disk.bavail * disk.bsize
}

/** What is still to come, measured 2026-11-21: packages 1.5 GB and npm's own store 0.6, the build 0.5. */
export const roomNeeded = ({ installed, built }) => {
  if (!installed) return 3 * GIB
  return built ? 200 * MIB : GIB
}

const size = (bytes) =>
  bytes >= GIB ? `${(bytes / GIB).toFixed(1)} GB` : `${Math.floor(bytes / MIB)} MB`

export const diskRoom = (free, needed) => {
  if (free >= needed) return `${size(free)} free`
  throw new Stop(
    `The disk is nearly full: ${size(free)} free, at least ${size(needed)} needed. Make room and run the same command again.`,
  )
}

const who = () => {
  try {
    return os.userInfo().username
  } catch {
    return 'this user'
  }
}

const forget = (file) => {
  try {
    rmSync(file, { force: true })
  } catch {
    // It was never there.
  }
}

/** Writes a byte and takes it away again: rights, read-only disks and full ones all show here. */
export const writable = (folder) => {
  const file = path.join(folder, `.write-test-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, 'x')
    rmSync(file)
  } catch (error) {
    forget(file)
    const { code, message } = error
    throw new Stop([`${who()} cannot write in ${folder}.`, ...linesOfFailure({ code, message })])
  }
}

/** `settings` are the raw ones: nothing is checked yet, and `.env` may not even be there. */
export const folders = (settings) => {
  const data = path.resolve(ROOT, settings.DATA_DIR || '.data')
  if (!settings.REDIS_URL) redisSocket(data)
  writable(ROOT)
  mkdirSync(data, { recursive: true, mode: 0o700 })
  writable(data)
  if (!settings.S3_ENDPOINT) writable(path.resolve(ROOT, settings.MEDIA_DIR || 'media'))
  return ROOT
}
