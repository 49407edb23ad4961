import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** Writes a file whole or not at all: killed or out of room half-way, the old one (or none) stands. */
export const writeWhole = (file, text, mode = 0o644) => {
  const half = `${file}.${process.pid}.tmp`
  try {
    const handle = openSync(half, 'w', mode)
    try {
      writeFileSync(handle, text)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(half, file)
  } catch (error) {
    rmSync(half, { force: true })
    throw error
  }
}
