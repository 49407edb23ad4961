import { createHash, randomUUID } from 'node:crypto'
import { constants, type Dirent } from 'node:fs'
import {
  copyFile,
  link,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  rmdir,
  stat,
  unlink,
} from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { nowMs } from '../../clock'
import { lineOf } from '../../errors'
import { hashFile } from '../digest'
import { bytesChanged, checkKey, checkPrefix, keyAbsent, keyTaken, looksLikeKey } from './keys'
import type { Store } from './store'

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
const absent = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes(codeOf(error))

/**
 * Files in a folder. Bytes are first made whole and flushed in `.partial/`, then `link` gives them their name:
 * unlike `rename`, it refuses a name that is taken. Copies are real copies (reflinks where the file system has
 * them), never hard links: a byte flipped in one must not show in the other.
 */
export const diskStore = ({ root }: { root: string }): Store => {
  const scratch = path.join(root, '.partial')
  const at = (key: string) => path.join(root, ...checkKey(key).split('/'))
  const fresh = async () => {
    await mkdir(scratch, { recursive: true })
    return path.join(scratch, randomUUID())
  }

  const give = async (whole: string, key: string, sha256?: string): Promise<void> => {
    const place = at(key)
    try {
      if (sha256 && (await hashFile(whole)).sha256 !== sha256) throw bytesChanged(key)
      await linkInto(whole, place)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
      const [mine, theirs] = await Promise.all([hashFile(whole), hashFile(place)])
      if (mine.sha256 !== theirs.sha256) throw keyTaken(key)
    } finally {
      await rm(whole, { force: true })
    }
  }

  /** A file in the scratch room, filled by `fill`; gone when that fails, for a full disk must not stay full of it. */
  const whole = async (fill: (file: string) => Promise<void>): Promise<string> => {
    const file = await fresh()
    try {
      await fill(file)
      return file
    } catch (error) {
      await rm(file, { force: true })
      throw error
    }
  }

  const take = async (file: string, key: string, sha256?: string) => {
    const mine = await fresh()
    try {
      await rename(file, mine)
      await flush(mine)
    } catch (error) {
      if (codeOf(error) !== 'EXDEV') throw error
      const copied = await whole((to) => copyWhole(file, to))
      await unlink(file)
      return give(copied, key, sha256)
    }
    await give(mine, key, sha256)
  }

  const openRead: Store['open'] = async (key, range = {}) => {
    try {
      const handle = await open(at(key), constants.O_RDONLY | constants.O_NOFOLLOW)
      const { start = 0, end } = range
      const { size } = await handle.stat()
      if (start < size)
        return handle.createReadStream({ start, ...(end === undefined ? {} : { end }) })
      await handle.close()
      return Readable.from([])
    } catch (error) {
      if (absent(error)) return null
      throw error
    }
  }

  const remove: Store['remove'] = async (keyOrPrefix) => {
    const isPrefix = keyOrPrefix.endsWith('/')
    const place = at(isPrefix ? checkPrefix(keyOrPrefix).slice(0, -1) : keyOrPrefix)
    const isFolder = await stat(place).then(
      (s) => s.isDirectory(),
      () => undefined,
    )
    if (isFolder === undefined || isFolder !== isPrefix) return
    // One rename makes the whole prefix unreadable at once; the deleting may then take its time.
    const gone = await fresh()
    await rename(place, gone)
    await rm(gone, { recursive: true, force: true })
    await prune(path.dirname(place), root)
  }

  return {
    name: 'disk',
    putFile: async (key, file, { move = false, sha256 }) => {
      checkKey(key)
      if (move) return take(file, key, sha256)
      await give(await whole((to) => copyWhole(file, to)), key, sha256)
    },
    putBytes: async (key, bytes) => {
      checkKey(key)
      await give(await whole((to) => writeWhole(to, bytes)), key)
    },
    open: openRead,
    stat: async (key) => {
      try {
        const found = await stat(at(key))
        return found.isFile() ? { bytes: found.size } : null
      } catch (error) {
        if (absent(error)) return null
        throw error
      }
    },
    copy: async (from, to) => {
      checkKey(to)
      try {
        const copied = await whole((file) => copyWhole(at(from), file))
        await give(copied, to)
        return true
      } catch (error) {
        if (absent(error)) return false
        throw error
      }
    },
    remove,
    list: async (prefix) => {
      const top = path.join(root, ...checkPrefix(prefix).split('/'))
      return (await filesBelow(top))
        .map((file) => prefix + file)
        .filter(looksLikeKey)
        .sort()
    },
    localCopy: async (key, folder) => {
      await mkdir(folder, { recursive: true })
      const file = path.join(folder, randomUUID())
      try {
        // A second name for the same bytes costs nothing and survives a removal; ffmpeg only reads it.
        await link(at(key), file)
      } catch (error) {
        if (absent(error)) throw keyAbsent(key)
        await copyFile(at(key), file, constants.COPYFILE_FICLONE).catch(async (failed: unknown) => {
          await rm(file, { force: true })
          throw failed
        })
      }
      return { file, release: () => rm(file, { force: true }) }
    },
    tidy: (olderThanMs) => tidy(scratch, olderThanMs),
    ready: async () => {
      try {
        const probe = await fresh()
        await writeWhole(probe, Buffer.from(createHash('sha256').digest()))
        await rm(probe)
        return { ok: true }
      } catch (error) {
        return { ok: false, line: `the folder ${root} is not writable: ${lineOf(error)}` }
      }
    },
  }
}

/** By the instant of the last change to the file itself: one that was moved in keeps its old time of writing. */
const tidy = async (scratch: string, olderThanMs: number): Promise<number> => {
  const names = await readdir(scratch).catch(() => [])
  let gone = 0
  for (const name of names) {
    const file = path.join(scratch, name)
    const found = await stat(file).catch(() => null)
    if (!found || nowMs() - found.ctimeMs < olderThanMs) continue
    await rm(file, { recursive: true, force: true })
    gone += 1
  }
  return gone
}

const flush = async (file: string) => {
  const handle = await open(file, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const copyWhole = async (from: string, to: string) => {
  await copyFile(from, to, constants.COPYFILE_FICLONE)
  await flush(to)
}

const writeWhole = async (file: string, bytes: Uint8Array) => {
  const handle = await open(file, 'wx', 0o640)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A removal beside us may prune the folder between `mkdir` and `link`, hence the second and third try. */
const linkInto = async (whole: string, place: string, tries = 3): Promise<void> => {
  await mkdir(path.dirname(place), { recursive: true })
  try {
    await link(whole, place)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || tries <= 1) throw error
    await linkInto(whole, place, tries - 1)
  }
}

const prune = async (folder: string, root: string): Promise<void> => {
  if (folder === root || !folder.startsWith(root + path.sep)) return
  const emptied = await rmdir(folder).then(
    () => true,
    () => false,
  )
  if (emptied) await prune(path.dirname(folder), root)
}

const filesBelow = async (folder: string): Promise<string[]> => {
  const entries: Dirent[] = await readdir(folder, { withFileTypes: true }).catch(
    (error: unknown) => {
      if (absent(error)) return []
      throw error
    },
  )
  const found = await Promise.all(
    entries.map(async (entry) => {
      if (entry.isFile()) return [entry.name]
      if (!entry.isDirectory() || entry.name === '.partial') return []
      const below = await filesBelow(path.join(folder, entry.name))
      return below.map((name) => `${entry.name}/${name}`)
    }),
  )
  return found.flat()
}
