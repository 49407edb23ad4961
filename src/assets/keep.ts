import { randomBytes } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Payload } from 'payload'
import { digestOf } from '@/media/digest'
import { RECIPE_VERSION } from '@/media/facts'
import type { Made } from '@/media/make'
import type { Store } from '@/media/store'
import { compareAndSet, findRow, findRows, insertRow } from '@/records/db'
import { renditionKey } from './main-asset'
import { folderFor } from './losers'

type Keeping = {
  payload: Payload
  store: Store
  asset: string
  workdir: string
  made: Made
  /** What was done to the clip when this was made. */
  dressing: string
  signal: AbortSignal
}

/**
 * Puts a rendition's files into the store, then writes its row: nobody sees it before its bytes are all there.
 * Of two workers that made the same one, the second takes its own files away again.
 */
export const keepRendition = async (args: Keeping): Promise<void> => {
  const { payload, store, asset, made, dressing } = args
  const key = renditionKey(asset, made.recipe, RECIPE_VERSION, dressing)
  const byKey = () =>
    findRow({ payload, collection: 'renditions', where: { key: { equals: key } } })
  if (await byKey()) return
  const files = [...made.files].sort((a, b) => (a.path < b.path ? -1 : 1))
  const sha256 = digestOf(files)
  const prefix = await prefixFor({
    workdir: args.workdir,
    folder: folderFor(key),
    name: `${made.recipe}-${sha256.slice(0, 16)}`,
  })
  for (const file of files) {
    args.signal.throwIfAborted()
    await store.putFile(prefix + file.path, path.join(made.dir, file.path), { mime: file.mime })
  }
  args.signal.throwIfAborted()
  const kept = await insertRow({
    payload,
    collection: 'renditions',
    data: {
      key,
      asset,
      recipe: made.recipe,
      dressing,
      prefix,
      files: JSON.stringify(files),
      sha256,
      bytes: files.reduce((sum, file) => sum + file.bytes, 0),
      width: made.width,
      height: made.height,
      durationSeconds: made.durationSeconds,
      loudness: made.loudness?.integrated ?? null,
      peak: made.loudness?.truePeak ?? null,
    },
  })
  if (kept.ok) return forgetLosses(payload, asset)
  const theirs = await byKey()
  if (theirs && theirs.prefix !== prefix) await store.remove(prefix)
}

/** Something came out whole: the workers that died over this clip do not count any more. */
const forgetLosses = async (payload: Payload, asset: string): Promise<void> => {
  await compareAndSet({ payload, collection: 'assets', id: asset, expect: {}, set: { losses: 0 } })
}

/** The prefixes that this machine began to write under, by its work folder. */
const notedPrefixes = async (workdir: string): Promise<string[]> => {
  const names = await readdir(workdir).catch(() => [])
  const notes = names.filter((name) => name.startsWith('prefix-'))
  return Promise.all(notes.map((name) => readFile(path.join(workdir, name), 'utf8')))
}

/**
 * For work that was given up: takes away what was put under a noted prefix that no row names. Only for who holds the
 * asset's lease, or found it run out: while somebody works, a prefix without a row is one whose row is still to come.
 */
export const removeUnnamed = async (args: {
  payload: Payload
  store: Store
  asset: string
  workdir: string
}): Promise<void> => {
  const { payload, store, asset } = args
  const noted = await notedPrefixes(args.workdir)
  if (noted.length === 0) return
  const rows = await findRows({
    payload,
    collection: 'renditions',
    where: { asset: { equals: asset } },
  })
  const mine = noted.filter((prefix) => prefix.startsWith(`renditions/${asset}/`))
  for (const prefix of mine) {
    if (!rows.some((row) => row.prefix === prefix)) await store.remove(prefix)
  }
}

/**
 * A random prefix in the folder of the row to be, remembered in the work folder: a worker that dies after the first file
 * and comes back writes on under the same one. Named by content too, since a key never gets other bytes.
 */
const prefixFor = async (args: {
  workdir: string
  folder: string
  name: string
}): Promise<string> => {
  const note = path.join(args.workdir, `prefix-${args.name}`)
  const fresh = `${args.folder}${randomBytes(16).toString('hex')}/`
  await writeFile(note, fresh, { flag: 'wx' }).catch(() => undefined)
  const noted = await readFile(note, 'utf8')
  if (noted.startsWith(args.folder) && noted.length === fresh.length) return noted
  // Died between making the file and filling it, or noted by an older release.
  await writeFile(note, fresh)
  return fresh
}
