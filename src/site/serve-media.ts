import { Readable } from 'node:stream'
import { logOf } from '@/log'
import type { Store } from '@/media/store'
import { isMediaRoot } from './media-root'
import { rangeOf, type Span } from '@/media/range'
import type { Reading } from './reading'
import { fileKey, type SnapshotFile } from './snapshot'

const log = logOf('site')

/** A minute: long enough for a player's many small reads, short enough that a takedown holds for what lies between. */
const CACHE = 'public, max-age=60, must-revalidate'

const no = (status: number, headers: Record<string, string> = {}) =>
  new Response(null, { status, headers: { 'Cache-Control': 'no-store', ...headers } })

const headersOf = (file: SnapshotFile) =>
  new Headers({
    'Content-Type': file.mime,
    'Cache-Control': CACHE,
    'Accept-Ranges': 'bytes',
    ETag: `"${file.sha256}"`,
    'X-Content-Type-Options': 'nosniff',
    // Opened by itself a file is only a file: nothing in it may run.
    'Content-Security-Policy': "default-src 'none'; media-src 'self'; sandbox",
  })

/** A span belongs to the bytes that the reader saw before; where those differ, the whole file is due. */
const spanFor = (request: Request, file: SnapshotFile): Span | 'whole' | 'refused' => {
  const held = request.headers.get('if-range')
  if (held !== null && held !== `"${file.sha256}"`) return 'whole'
  return rangeOf(request.headers.get('range'), file.bytes)
}

const STATUS = { absent: 404, gone: 410, tampered: 503 } as const

/** A file of a live edition, by `<mediaRoot>/<recipe>/<file>`: only what the edition's own list names. */
export const siteMedia = async (args: {
  reading: Reading
  store: Store
  request: Request
  segments: string[]
}): Promise<Response> => {
  const { reading, request, segments } = args
  const [mediaRoot = '', recipe, name] = segments
  if (segments.length !== 3 || !isMediaRoot(mediaRoot)) return no(404)
  const found = await reading.byMediaRoot(mediaRoot)
  if (found.is !== 'live') return no(STATUS[found.is])
  const { files } = found.shown.snapshot
  const file = files.find((one) => one.recipe === recipe && one.path === name)
  if (!file) return no(404)
  const etag = `"${file.sha256}"`
  if (request.headers.get('if-none-match')?.includes(etag)) {
    return new Response(null, { status: 304, headers: headersOf(file) })
  }
  return send({ ...args, file, key: fileKey(mediaRoot, file) })
}

const send = async (args: {
  store: Store
  request: Request
  file: SnapshotFile
  key: string
}): Promise<Response> => {
  const { store, request, file, key } = args
  const span = spanFor(request, file)
  if (span === 'refused') return no(416, { 'Content-Range': `bytes */${file.bytes}` })
  const headers = headersOf(file)
  const { start, end } = span === 'whole' ? { start: 0, end: file.bytes - 1 } : span
  headers.set('Content-Length', String(end - start + 1))
  if (span !== 'whole') headers.set('Content-Range', `bytes ${start}-${end}/${file.bytes}`)
  const status = span === 'whole' ? 200 : 206
  if (request.method === 'HEAD') return new Response(null, { status, headers })
  const body = await store.open(key, span === 'whole' ? {} : { start, end })
  if (!body) {
    log.error({ key }, 'a file of a live edition is not in the store')
    return no(404)
  }
  return new Response(asWeb(body), { status, headers })
}

/** A reader who goes away closes the file: cancelling the web stream destroys the Node one. */
const asWeb = (body: Readable): BodyInit => Readable.toWeb(body) as ReadableStream<Uint8Array> // Node's own type of the same thing
