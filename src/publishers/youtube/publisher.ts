import type { Account, Answer, Context, Publisher, Work } from '../publisher'
import { youtubeAccepts } from './accepts'
import { call, isOpen, openYouTube } from './client'
import { memoOf } from './memo'
import { prepare } from './prepare'
import { amend, check, commit, find } from './publish'
import { retract, seen } from './retract'
import { readVideo } from './status'

const connect = async (ctx: Context): Promise<Answer<{ account: Account }>> => {
  const yt = openYouTube(ctx)
  if (!isOpen(yt)) return yt
  const listed = await call(yt, 'none', () =>
    yt.api.channels.list({ part: ['snippet'], mine: true }, yt.options),
  )
  if (!listed.ok) return listed.answer
  const channel = listed.value.data.items?.[0]
  if (!channel?.id) return { is: 'blocked', line: 'this account has no channel' }
  return { is: 'done', account: { id: channel.id, name: channel.snippet?.title ?? channel.id } }
}

const measure = async (ctx: Context, work: Work): Promise<Answer<{ views: number }>> => {
  const id = memoOf(work).videoId
  if (id === null) return { is: 'refused', code: 'not-prepared', line: 'there is no video' }
  const yt = openYouTube(ctx)
  if (!isOpen(yt)) return yt
  const read = await readVideo(yt, id)
  if (!read.ok) return read.answer
  if (!read.value) return { is: 'refused', code: 'videoNotFound', line: 'the video is gone' }
  return { is: 'done', views: Number(read.value.statistics?.viewCount ?? 0) }
}

/** YouTube. Uploaded private long before the hour; the commit is one update to public. */
export const youtubePublisher: Publisher = {
  name: 'youtube',
  accepts: youtubeAccepts,
  connect,
  prepare,
  commit,
  check,
  find,
  amend,
  retract,
  seen,
  measure,
}
