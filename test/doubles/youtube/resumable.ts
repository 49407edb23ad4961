import { createHash, randomBytes } from 'node:crypto'
import type { Asked, Reply } from './reply'
import { apiError, headerOf, isReply, jsonBody, reply } from './reply'
import type { Session, State, Video } from './state'
import { show } from './state'
import { badResource, badSnippet, partsOf, takePart } from './validate'
import { renderVideo } from './videos'

export const GRAIN = 256 * 1024
const MAX_BYTES = 274_877_906_944

/** Opens a resumable session (RULES 10-12). Nothing exists on the channel yet. */
export const startSession = (state: State, asked: Asked): Reply => {
  if (asked.url.searchParams.get('uploadType') !== 'resumable') {
    return apiError(400, 'badRequest', 'This double speaks uploadType=resumable only.')
  }
  const total = Number(headerOf(asked, 'x-upload-content-length') ?? Number.NaN)
  const mime = headerOf(asked, 'x-upload-content-type') ?? ''
  if (!Number.isInteger(total) || total < 1 || total > MAX_BYTES) {
    return apiError(400, 'mediaBodyRequired', 'The request does not include the video content.')
  }
  if (!/^video\//.test(mime) && mime !== 'application/octet-stream') {
    return apiError(400, 'badContent', `Media type '${mime}' is not supported.`)
  }
  const body = jsonBody(asked)
  if (isReply(body)) return body
  const bad = badResource(body)
  if (bad) return bad
  const wanted = partsOf(asked)
  const parts = Object.fromEntries(
    ['snippet', 'status', 'recordingDetails']
      .filter((part) => wanted.includes(part))
      .map((part) => [part, takePart(body, part)]),
  )
  const badText = badSnippet(parts.snippet ?? {}, 'insert')
  if (badText) return badText
  const status = parts.status ?? {}
  if (status.publishAt !== undefined && status.privacyStatus !== 'private') {
    return apiError(
      400,
      'invalidPublishAt',
      'The request metadata specifies an invalid scheduled publishing time.',
    )
  }
  const id = randomBytes(24).toString('base64url')
  state.sessions.set(id, {
    id,
    total,
    mime,
    fileName: headerOf(asked, 'slug') ?? null,
    parts,
    received: 0,
    hash: createHash('sha256'),
    head: Buffer.alloc(0),
    createdAt: state.clock.now().getTime(),
    videoId: null,
  })
  const location = `${state.url}/upload/youtube/v3/videos?${asked.url.searchParams.toString()}&upload_id=${id}`
  return { status: 200, headers: { location, 'x-guploader-uploadid': id }, text: '' }
}

const incomplete = (session: Session): Reply => ({
  status: 308,
  headers: session.received > 0 ? { range: `bytes=0-${session.received - 1}` } : {},
  text: '',
})

const badRange = (line: string): Reply => apiError(400, 'badRequest', line)

const keep = (session: Session, bytes: Buffer): void => {
  session.hash.update(bytes)
  if (session.head.length < 12) session.head = Buffer.concat([session.head, bytes]).subarray(0, 12)
  session.received += bytes.length
}

const finish = (state: State, session: Session): Video => {
  state.counter += 1
  const id = `vid${String(state.counter).padStart(8, '0')}`
  const video: Video = {
    id,
    fileName: session.fileName,
    mime: session.mime,
    bytes: session.total,
    sha256: session.hash.digest('hex'),
    looksLikeVideo: session.head.subarray(4, 8).toString('latin1') === 'ftyp',
    uploadedAt: state.clock.now().getTime(),
    parts: { ...session.parts, snippet: { categoryId: '22', ...session.parts.snippet } },
    thumbnail: null,
    history: [],
  }
  const asked = video.parts.status?.privacyStatus ?? 'public'
  const visibility =
    !state.settings.audited || asked === 'private'
      ? 'private'
      : asked === 'public'
        ? 'public'
        : 'unlisted'
  video.parts.status = { ...video.parts.status, privacyStatus: visibility }
  state.videos.set(id, video)
  show(state, video, visibility, 'upload')
  session.videoId = id
  return video
}

const completed = (state: State, session: Session, status: number): Reply => {
  const video = session.videoId ? state.videos.get(session.videoId) : undefined
  if (!video) return apiError(404, 'notFound', 'Not Found')
  return reply(status, renderVideo(state, video, ['id', ...Object.keys(session.parts)]))
}

/** One PUT to the session: a chunk, or the question how far it came (RULES 13-22). */
export const putSession = (state: State, asked: Asked, keepAtMost: number | null): Reply => {
  const session = state.sessions.get(asked.url.searchParams.get('upload_id') ?? '')
  const aged =
    session && state.clock.now().getTime() - session.createdAt > state.settings.sessionTtlMs
  if (!session || aged) return apiError(404, 'notFound', 'Upload session not found.')
  const range =
    headerOf(asked, 'content-range') ?? `bytes 0-${asked.body.length - 1}/${asked.body.length}`
  const probe = range.match(/^bytes \*\/(\d+)$/)
  const chunk = range.match(/^bytes (\d+)-(\d+)\/(\d+)$/)
  if (!probe && !chunk) return badRange(`Failed to parse Content-Range header: ${range}`)
  if (Number(probe?.[1] ?? chunk?.[3]) !== session.total)
    return badRange('Content-Range total differs.')
  if (session.videoId) return completed(state, session, 200)
  if (probe) return asked.body.length > 0 ? badRange('A probe has no body.') : incomplete(session)
  const [start, end] = [Number(chunk?.[1]), Number(chunk?.[2])]
  if (start !== session.received)
    return badRange(`Expected byte ${session.received}, got ${start}.`)
  if (end < start || end >= session.total) return badRange('Content-Range leaves the file.')
  const last = end + 1 === session.total
  if (!last && (end + 1 - start) % GRAIN !== 0)
    return badRange('Chunk is not a multiple of 256 KiB.')
  if (asked.whole && asked.body.length !== end + 1 - start)
    return badRange('Body differs from Content-Range.')
  const cut =
    keepAtMost === null && asked.whole
      ? asked.body.length
      : Math.min(keepAtMost ?? asked.body.length, asked.body.length)
  const kept = cut === end + 1 - start ? cut : Math.floor(cut / GRAIN) * GRAIN
  keep(session, asked.body.subarray(0, kept))
  if (session.received < session.total) return incomplete(session)
  finish(state, session)
  return completed(state, session, 201)
}
