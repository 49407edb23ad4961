import { createHash } from 'node:crypto'
import type { Asked, Reply } from './reply'
import { apiError, headerOf, reply } from './reply'
import type { State } from './state'
import { isDeleted } from './state'

const MAX_BYTES = 2 * 1024 * 1024
const ACCEPTED = ['image/jpeg', 'image/png', 'application/octet-stream']

const isPicture = (bytes: Buffer): boolean =>
  bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) ||
  bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]))

/** Sets the thumbnail; the same picture twice is the same thumbnail (RULES 45-48). */
export const setThumbnail = (state: State, asked: Asked): Reply => {
  const mime = headerOf(asked, 'content-type') ?? ''
  if (asked.body.length === 0) {
    return apiError(400, 'mediaBodyRequired', 'The request does not include the image content.')
  }
  if (!ACCEPTED.includes(mime))
    return apiError(400, 'badContent', `Media type '${mime}' is not supported.`)
  if (asked.body.length > MAX_BYTES) {
    return apiError(413, 'uploadTooLarge', 'Media is too large. Limit: 2097152')
  }
  if (!isPicture(asked.body)) {
    return apiError(400, 'invalidImage', 'The provided image content is invalid.')
  }
  const video = state.videos.get(asked.url.searchParams.get('videoId') ?? '')
  if (!video || isDeleted(video)) {
    return apiError(
      404,
      'videoNotFound',
      'The video that you are trying to insert a thumbnail image for cannot be found.',
    )
  }
  if (!state.settings.phoneVerified) {
    return apiError(
      403,
      'forbidden',
      "The authenticated user doesn't have permissions to upload and set custom video thumbnails.",
    )
  }
  video.thumbnail = {
    sha256: createHash('sha256').update(asked.body).digest('hex'),
    bytes: asked.body.length,
    mime,
  }
  const url = `${state.url}/vi/${video.id}/default.jpg`
  return reply(200, {
    kind: 'youtube#thumbnailSetResponse',
    etag: 'etag-thumbnail',
    items: [{ default: { url, width: 120, height: 90 } }],
  })
}
