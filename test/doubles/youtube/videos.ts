import type { Asked, Reply } from './reply'
import { apiError, isReply, jsonBody, reply } from './reply'
import { MUTABLE } from './rules'
import type { Fields, State, Video } from './state'
import { isDeleted, show, visibilityOf, wasEverPublic } from './state'
import { badResource, badSnippet, partsOf, takePart } from './validate'

const processingOf = (
  state: State,
  video: Video,
): 'processing' | 'succeeded' | 'failed' | 'rejected' => {
  const { afterMs, end } = state.settings.processing
  if (end === 'never') return 'processing'
  if (state.clock.now().getTime() - video.uploadedAt < afterMs) return 'processing'
  return video.looksLikeVideo ? end : 'failed'
}

const statusPart = (state: State, video: Video): Fields => {
  const processing = processingOf(state, video)
  const ends: Record<typeof processing, Fields> = {
    processing: { uploadStatus: 'uploaded' },
    succeeded: { uploadStatus: 'processed' },
    failed: {
      uploadStatus: 'failed',
      failureReason: video.looksLikeVideo ? 'codec' : 'invalidFile',
    },
    rejected: { uploadStatus: 'rejected', rejectionReason: 'duplicate' },
  }
  const defaults = {
    license: 'youtube',
    embeddable: true,
    publicStatsViewable: true,
    madeForKids: false,
  }
  return {
    ...defaults,
    ...video.parts.status,
    privacyStatus: visibilityOf(video),
    ...ends[processing],
  }
}

const processingPart = (state: State, video: Video): Fields => {
  const at = processingOf(state, video)
  const ends: Record<typeof at, Fields> = {
    processing: {
      processingStatus: 'processing',
      processingProgress: { partsTotal: '100', partsProcessed: '40', timeLeftMs: '1000' },
    },
    succeeded: { processingStatus: 'succeeded' },
    failed: { processingStatus: 'failed', processingFailureReason: 'transcodeFailed' },
    rejected: { processingStatus: 'terminated' },
  }
  return ends[at]
}

/** A video as the API shows it to its owner: only the parts asked for (RULE 41). */
export const renderVideo = (state: State, video: Video, parts: string[]): Fields => {
  const all: Record<string, () => Fields> = {
    snippet: () => ({
      ...video.parts.snippet,
      publishedAt:
        video.history.find((visit) => visit.visibility === 'public')?.at ?? video.history[0]?.at,
      channelId: state.channel.id,
      channelTitle: state.channel.title,
      liveBroadcastContent: 'none',
    }),
    status: () => statusPart(state, video),
    processingDetails: () => processingPart(state, video),
    fileDetails: () => ({
      ...(video.fileName ? { fileName: video.fileName } : {}),
      fileSize: String(video.bytes),
      fileType: 'video',
    }),
    statistics: () => ({ viewCount: '0', likeCount: '0', favoriteCount: '0', commentCount: '0' }),
    recordingDetails: () => ({ ...video.parts.recordingDetails }),
  }
  const shown = parts
    .filter((part) => all[part])
    .map((part) => [part, all[part]?.() ?? {}] as const)
  return {
    kind: 'youtube#video',
    etag: `etag-${video.id}`,
    id: video.id,
    ...Object.fromEntries(shown),
  }
}

const notFound = (): Reply =>
  apiError(404, 'videoNotFound', 'The video that you are trying to reach cannot be found.')

export const listVideos = (state: State, asked: Asked): Reply => {
  const ids = asked.url.searchParams.getAll('id').flatMap((value) => value.split(','))
  if (ids.length === 0) return apiError(400, 'missingRequiredParameter', 'No filter selected.')
  if (ids.length > 50) return apiError(400, 'invalidFilters', 'Too many ids.')
  const items = ids
    .map((id) => state.videos.get(id))
    .filter((video) => video !== undefined)
    .filter((video) => !isDeleted(video))
    .map((video) => renderVideo(state, video, partsOf(asked)))
  return reply(200, {
    kind: 'youtube#videoListResponse',
    etag: 'etag-list',
    items,
    pageInfo: { totalResults: items.length, resultsPerPage: items.length },
  })
}

const badStatus = (video: Video, status: Fields): Reply | null => {
  if (status.publishAt === undefined) return null
  if (status.privacyStatus === 'private' && !wasEverPublic(video)) return null
  return apiError(
    400,
    'invalidPublishAt',
    'The request metadata specifies an invalid scheduled publishing time.',
  )
}

const applyStatus = (state: State, video: Video, status: Fields): void => {
  // RULE 37: an omitted privacyStatus goes back to the default, and the default is public.
  const wanted = status.privacyStatus ?? 'public'
  const to =
    !state.settings.audited || wanted === 'private'
      ? 'private'
      : wanted === 'public'
        ? 'public'
        : 'unlisted'
  video.parts.status = { ...status, privacyStatus: to }
  show(state, video, to, 'update')
}

/** Replaces whole parts; what a part leaves out is cleared (RULES 32, 37-39). */
export const updateVideo = (state: State, asked: Asked): Reply => {
  const body = jsonBody(asked)
  if (isReply(body)) return body
  const bad = badResource(body)
  if (bad) return bad
  const video = typeof body.id === 'string' ? state.videos.get(body.id) : undefined
  if (!video || isDeleted(video)) return notFound()
  const parts = partsOf(asked).filter((part) => MUTABLE[part])
  const snippet = takePart(body, 'snippet')
  const status = takePart(body, 'status')
  const refused =
    (parts.includes('snippet') ? badSnippet(snippet, 'update') : null) ??
    (parts.includes('status') ? badStatus(video, status) : null)
  if (refused) return refused
  for (const part of parts) video.parts[part] = takePart(body, part)
  if (parts.includes('status')) applyStatus(state, video, status)
  return reply(200, renderVideo(state, video, partsOf(asked)))
}

export const deleteVideo = (state: State, asked: Asked): Reply => {
  const video = state.videos.get(asked.url.searchParams.get('id') ?? '')
  if (!video || isDeleted(video)) return notFound()
  show(state, video, 'deleted', 'delete')
  return { status: 204, text: '' }
}
