import { randomBytes } from 'node:crypto'
import type { Payload } from 'payload'
import { filesOf } from '@/assets/desk-media'
import { folderFor, removeLosers } from '@/assets/losers'
import { renditionsOf } from '@/assets/main-asset'
import { captionFiles, type CaptionFile } from '@/media/captions-hls'
import { digestOf } from '@/media/digest'
import type { Store } from '@/media/store'
import { findRow, insertRow, rowById, type Row } from '@/records/db'
import type { Heard } from '@/records/outbox'
import { acceptedTracks, CAPTIONS_RECIPE, captionsRenditionKey } from './accepted'

const MASTER = 'master.m3u8'
const MOST_MASTER_BYTES = 100_000

const masterOf = async (store: Store, stream: Row<'renditions'>): Promise<string> => {
  const bytes = await store.open(`${stream.prefix}${MASTER}`, { start: 0, end: MOST_MASTER_BYTES })
  if (!bytes) throw new Error('the master playlist is not in the store')
  const parts: Buffer[] = []
  for await (const part of bytes) parts.push(Buffer.from(part as Uint8Array)) // a byte stream
  return Buffer.concat(parts).toString('utf8')
}

const isMedia = (stream: Row<'renditions'>) => filesOf(stream).some(({ path }) => path === MASTER)

/** Files first, then the row that names them, as for every rendition: nobody sees it before its bytes are there. */
const keep = async (args: {
  payload: Payload
  store: Store
  key: string
  stream: Row<'renditions'>
  files: CaptionFile[]
}): Promise<void> => {
  const { payload, store, key, stream } = args
  const prefix = `${folderFor(key)}${randomBytes(12).toString('hex')}/`
  for (const { path, bytes, mime } of args.files) await store.putBytes(prefix + path, bytes, { mime }) // prettier-ignore
  const files = args.files.map(({ path, bytes, sha256, mime }) => ({ path, bytes: bytes.length, sha256, mime })) // prettier-ignore
  await insertRow({
    payload,
    collection: 'renditions',
    data: {
      key,
      asset: stream.asset,
      recipe: CAPTIONS_RECIPE,
      prefix,
      files: JSON.stringify(files),
      sha256: digestOf(files),
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      durationSeconds: stream.durationSeconds ?? 0,
    },
  })
}

/**
 * Hears that captions were accepted: makes their files when the stream is there. May run twice and any time: what is made
 * is named by what is accepted and by the stream, and the same twice is one row.
 */
export const makeCaptions = async (args: {
  payload: Payload
  store: Store
  asset: string
}): Promise<Heard> => {
  const { payload, store, asset } = args
  const tracks = await acceptedTracks(payload, asset)
  const row = await rowById(payload, 'assets', asset)
  if (tracks.length === 0 || !row || row.kind !== 'video') return 'done'
  const stream = (await renditionsOf(payload, asset)).find(({ recipe }) => recipe === 'web-hls')
  if (!stream || !isMedia(stream)) return 'later'
  const key = captionsRenditionKey(asset, tracks, stream.sha256)
  const there = () =>
    findRow({ payload, collection: 'renditions', where: { key: { equals: key } } })
  if (await there()) return 'done'
  const master = await masterOf(store, stream)
  const seconds = stream.durationSeconds ?? row.durationSeconds ?? 0
  await keep({ payload, store, key, stream, files: captionFiles({ tracks, master, seconds }) })
  await removeLosers({ payload, store, asset })
  return 'done'
}
