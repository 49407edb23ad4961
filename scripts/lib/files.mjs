import {
  closeSync,
  copyFileSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'

/** Waits until a file's bytes, or a folder's names, are on the disk and would outlive a power cut. */
export const toDisk = (place) => {
  const handle = openSync(place, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

export const copyToDisk = (from, to) => {
  copyFileSync(from, to)
  toDisk(to)
}

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
