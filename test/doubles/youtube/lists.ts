import type { Asked, Reply } from './reply'
import { apiError, reply } from './reply'
import type { State } from './state'
import { isDeleted, visibilityOf } from './state'
import { partsOf } from './validate'

export const listChannels = (state: State, asked: Asked): Reply => {
  if (asked.url.searchParams.get('mine') !== 'true') {
    return apiError(400, 'missingRequiredParameter', 'No filter selected. Expected one of: mine')
  }
  const all: Record<string, unknown> = {
    snippet: { title: state.channel.title, description: '' },
    contentDetails: { relatedPlaylists: { likes: '', uploads: state.channel.uploads } },
  }
  const shown = Object.fromEntries(
    Object.entries(all).filter(([part]) => partsOf(asked).includes(part)),
  )
  return reply(200, {
    kind: 'youtube#channelListResponse',
    etag: 'etag-channels',
    pageInfo: { totalResults: 1, resultsPerPage: 5 },
    items: [{ kind: 'youtube#channel', etag: 'etag-channel', id: state.channel.id, ...shown }],
  })
}

/** The uploads playlist as its owner sees it: newest first, private ones too, and late (RULES 70-72). */
export const listPlaylistItems = (state: State, asked: Asked): Reply => {
  const params = asked.url.searchParams
  if (params.get('playlistId') !== state.channel.uploads) {
    return apiError(
      404,
      'playlistNotFound',
      'The playlist identified with the playlistId parameter cannot be found.',
    )
  }
  const size = Number(params.get('maxResults') ?? '5')
  const from = Number(params.get('pageToken')?.replace(/^page-/, '') ?? '0')
  if (!Number.isInteger(size) || size < 0 || size > 50) {
    return apiError(
      400,
      'invalidValue',
      "Invalid value '" + String(params.get('maxResults')) + "'.",
    )
  }
  if (!Number.isInteger(from)) return apiError(400, 'invalidPageToken', 'Invalid page token.')
  const now = state.clock.now().getTime()
  const listed = [...state.videos.values()]
    .filter((video) => !isDeleted(video) && now - video.uploadedAt >= state.settings.listLagMs)
    .reverse()
  const items = listed.slice(from, from + size).map((video) => {
    const all: Record<string, unknown> = {
      snippet: {
        title: video.parts.snippet?.title,
        playlistId: state.channel.uploads,
        resourceId: { kind: 'youtube#video', videoId: video.id },
      },
      contentDetails: { videoId: video.id },
      status: { privacyStatus: visibilityOf(video) },
    }
    const shown = Object.fromEntries(
      Object.entries(all).filter(([part]) => partsOf(asked).includes(part)),
    )
    return { kind: 'youtube#playlistItem', etag: 'etag-item', id: `item-${video.id}`, ...shown }
  })
  return reply(200, {
    kind: 'youtube#playlistItemListResponse',
    etag: 'etag-items',
    pageInfo: { totalResults: listed.length, resultsPerPage: size },
    ...(from + size < listed.length ? { nextPageToken: `page-${from + size}` } : {}),
    items,
  })
}
