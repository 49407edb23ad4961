import type { youtube_v3 } from 'googleapis/build/src/apis/youtube/index.js'
import type { Tried, YouTube } from './client'
import { call } from './client'
import { statusOf } from './resource'

/** The video as its owner sees it; null when the platform does not list it. */
export const readVideo = async (
  yt: YouTube,
  videoId: string,
): Promise<Tried<youtube_v3.Schema$Video | null>> => {
  const listed = await call(yt, 'none', () =>
    yt.api.videos.list({ part: ['status', 'snippet', 'statistics'], id: [videoId] }, yt.options),
  )
  return listed.ok ? { ok: true, value: listed.value.data.items?.[0] ?? null } : listed
}

/** Sets the whole status part and gives what the platform says it is now. */
export const setStatus = async (
  yt: YouTube,
  videoId: string,
  want: { privacy: 'private' | 'public'; publishAt: string | null; effect: 'none' | 'possible' },
): Promise<Tried<youtube_v3.Schema$VideoStatus>> => {
  const status = statusOf(want.privacy, want.publishAt ?? undefined)
  const updated = await call(yt, want.effect, () =>
    yt.api.videos.update({ part: ['status'], requestBody: { id: videoId, status } }, yt.options),
  )
  return updated.ok ? { ok: true, value: updated.value.data.status ?? {} } : updated
}
