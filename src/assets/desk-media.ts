import { Readable } from 'node:stream'
import type { Payload } from 'payload'
import { z } from 'zod'
import type { Store } from '@/media/store'
import { desk } from '@/people/access'
import { holds, personOf, type Person } from '@/people/person'
import { findRows, rowById, type Row } from '@/records/db'
import { rangeOf } from '@/media/range'
import { isOfNow } from './main-asset'
import { mayLookUnder, noteLook } from './under-cover'

const listed = z.array(
  z.object({ path: z.string(), bytes: z.number(), sha256: z.string(), mime: z.string() }),
)
export type ListedFile = z.infer<typeof listed>[number]

/** The files of a rendition, as its row lists them. */
export const filesOf = (row: Pick<Row<'renditions'>, 'files'>): ListedFile[] =>
  listed.parse(JSON.parse(row.files))

/** What a reporter may see of their own clip before it is out. */
const FOR_ITS_SENDER = ['proxy', 'poster', 'sprite', 'peaks']

const mayWatch = async (
  payload: Payload,
  person: Person,
  row: Row<'renditions'>,
): Promise<boolean> => {
  if (holds(person, ...desk, 'inspector')) return true
  if (!FOR_ITS_SENDER.includes(row.recipe)) return false
  const uploads = await findRows({
    payload,
    collection: 'uploads',
    where: { and: [{ asset: { equals: row.asset } }, { state: { equals: 'accepted' } }] },
  })
  if (uploads.some((upload) => upload.owner === person.id)) return true
  const items = await findRows({
    payload,
    collection: 'desk-items',
    where: {
      and: [
        { story: { in: uploads.map(({ story }) => story) } },
        { author: { equals: person.id } },
      ],
    },
    limit: 1,
  })
  return items.length > 0
}

const SAFE = {
  'Cache-Control': 'private, no-store',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // What a sender made must not run as a page of ours.
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Robots-Tag': 'noindex',
}

const plain = (status: number, more: Record<string, string> = {}) =>
  new Response(null, { status, headers: { ...SAFE, ...more } })

/** Serves one file of a rendition to the desk, by spans of bytes, so that a player may seek. */
export const serveDeskMedia = async (args: {
  payload: Payload
  store: Store
  request: Request
  rendition: string
  path: string
}): Promise<Response> => {
  const { payload, store, request } = args
  const { user } = await payload.auth({ headers: request.headers })
  const person = personOf(user)
  if (!person || person.kind !== 'person') return plain(401)
  const row = await rowById(payload, 'renditions', args.rendition)
  const file = row ? filesOf(row).find(({ path }) => path === args.path) : undefined
  // What one may not see and what is not there look the same.
  if (!row || !file) return plain(404)
  const ofNow = isOfNow(row, await rowById(payload, 'assets', row.asset))
  if (!(ofNow ? await mayWatch(payload, person, row) : mayLookUnder(person))) return plain(404)
  if (!ofNow) await noteLook({ payload, person, row })
  return send({ store, request, file, key: row.prefix + file.path })
}

const send = async (args: {
  store: Store
  request: Request
  file: ListedFile
  key: string
}): Promise<Response> => {
  const { store, request, file, key } = args
  const etag = `"${file.sha256}"`
  const headers = { ...SAFE, ETag: etag, 'Content-Type': file.mime, 'Accept-Ranges': 'bytes' }
  if (request.headers.get('if-none-match') === etag) return plain(304, headers)
  const current = [null, etag].includes(request.headers.get('if-range'))
  const span = rangeOf(current ? request.headers.get('range') : null, file.bytes)
  if (span === 'refused') return plain(416, { 'Content-Range': `bytes */${file.bytes}` })
  const { start, end } = span === 'whole' ? { start: 0, end: file.bytes - 1 } : span
  const sized = {
    ...headers,
    'Content-Length': String(end - start + 1),
    ...(span === 'whole' ? {} : { 'Content-Range': `bytes ${start}-${end}/${file.bytes}` }),
  }
  const status = span === 'whole' ? 200 : 206
  if (request.method === 'HEAD') return new Response(null, { status, headers: sized })
  const bytes = await store.open(key, { start, end })
  if (!bytes) return plain(404)
  return new Response(Readable.toWeb(bytes) as ReadableStream, { status, headers: sized }) // Node's own type of the same thing
}
