import type { youtube_v3 } from 'googleapis/build/src/apis/youtube/index.js'
import type { Work } from '../publisher'
import type { Tried, YouTube } from './client'
import { call } from './client'
import { fileNameOf } from './memo'

export type Upload = { is: 'there'; videoId: string } | { is: 'absent' } | { is: 'cannot-tell' }

const PAGES = 4
const PAGE = 50

const uploadsPlaylist = async (yt: YouTube): Promise<Tried<string | null>> => {
  const listed = await call(yt, 'none', () =>
    yt.api.channels.list({ part: ['contentDetails'], mine: true }, yt.options),
  )
  if (!listed.ok) return listed
  return {
    ok: true,
    value: listed.value.data.items?.[0]?.contentDetails?.relatedPlaylists?.uploads ?? null,
  }
}

const videosOf = async (yt: YouTube, ids: string[]): Promise<Tried<youtube_v3.Schema$Video[]>> => {
  if (ids.length === 0) return { ok: true, value: [] }
  const listed = await call(yt, 'none', () =>
    yt.api.videos.list({ part: ['fileDetails'], id: [ids.join(',')] }, yt.options),
  )
  return listed.ok ? { ok: true, value: listed.value.data.items ?? [] } : listed
}

/** Looks for our file name among the newest uploads. The list lags: `absent` is no proof by itself. */
export const findUpload = async (yt: YouTube, work: Work): Promise<Tried<Upload>> => {
  const playlist = await uploadsPlaylist(yt)
  if (!playlist.ok) return playlist
  if (playlist.value === null) return { ok: true, value: { is: 'cannot-tell' } }
  const playlistId = playlist.value
  let pageToken: string | undefined
  let nameless = false
  for (let page = 0; page < PAGES; page += 1) {
    const listed = await call(yt, 'none', () =>
      yt.api.playlistItems.list(
        {
          part: ['contentDetails'],
          playlistId,
          maxResults: PAGE,
          ...(pageToken ? { pageToken } : {}),
        },
        yt.options,
      ),
    )
    if (!listed.ok) return listed
    const ids = (listed.value.data.items ?? []).flatMap(
      (item) => item.contentDetails?.videoId ?? [],
    )
    const videos = await videosOf(yt, ids)
    if (!videos.ok) return videos
    const ours = videos.value.find((video) => video.fileDetails?.fileName === fileNameOf(work))
    if (ours?.id) return { ok: true, value: { is: 'there', videoId: ours.id } }
    nameless ||= videos.value.some((video) => !video.fileDetails?.fileName)
    pageToken = listed.value.data.nextPageToken ?? undefined
    if (!pageToken) break
  }
  return { ok: true, value: { is: nameless || pageToken ? 'cannot-tell' : 'absent' } }
}
