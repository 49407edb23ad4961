import type { Answer, Context, Found, Receipt, Work } from '../publisher'
import { youtubeAccepts } from './accepts'
import type { Tried, YouTube } from './client'
import { call, isOpen, openYouTube, watchUrl } from './client'
import type { NotDone } from './errors'
import { findUpload } from './find'
import type { Memo } from './memo'
import { asCheckpoint, keep, memoOf } from './memo'
import { snippetOf } from './resource'
import { probe } from './session'
import { readVideo, setStatus } from './status'

const nothing: NotDone = { is: 'refused', code: 'not-prepared', line: 'there is no video yet' }
const removed: NotDone = {
  is: 'refused',
  code: 'videoNotFound',
  line: 'the video is no longer there',
}

const receipt = (ctx: Context, memo: Memo, id: string): Receipt => ({
  externalId: id,
  url: watchUrl(ctx, id),
  checkpoint: asCheckpoint({ ...memo, videoId: id }),
})

const receiptPublic = (ctx: Context, memo: Memo, id: string): Receipt =>
  receipt(ctx, { ...memo, committed: true, timer: null, timerSet: false }, id)

/** Makes it public: one call, once. Without a clear answer its outcome is unknown. */
export const commit = async (ctx: Context, work: Work): Promise<Answer<Receipt>> => {
  const memo = memoOf(work)
  if (memo.videoId === null) return nothing
  const yt = openYouTube(ctx)
  if (!isOpen(yt)) return yt
  const want = { privacy: 'public', publishAt: null, effect: 'possible' } as const
  const set = await setStatus(yt, memo.videoId, want)
  if (!set.ok) return set.answer
  if (set.value.privacyStatus === 'public') {
    return { is: 'done', ...receiptPublic(ctx, memo, memo.videoId) }
  }
  // An unaudited project is answered 200 and kept private.
  return { is: 'blocked', line: `the platform kept it ${set.value.privacyStatus ?? 'as it was'}` }
}

/** Reads back with the account's own eyes. */
export const check = async (ctx: Context, work: Work): Promise<Answer<Receipt>> => {
  const memo = memoOf(work)
  if (memo.videoId === null) return nothing
  const yt = openYouTube(ctx)
  if (!isOpen(yt)) return yt
  const read = await readVideo(yt, memo.videoId)
  if (!read.ok) return read.answer
  if (!read.value) return removed
  if (read.value.status?.privacyStatus !== 'public')
    return { is: 'pending', line: 'it is not public' }
  return { is: 'done', ...receiptPublic(ctx, memo, memo.videoId) }
}

/** The video's id by whatever is left: what we know, the session, the list of uploads. */
const locate = async (
  yt: YouTube,
  work: Work,
  memo: Memo,
): Promise<Tried<string | null | 'lagging'>> => {
  if (memo.videoId !== null) return { ok: true, value: memo.videoId }
  if (memo.session === null) return { ok: true, value: null }
  const total = work.renditions[youtubeAccepts.rendition ?? '']?.[0]?.bytes ?? 0
  const asked = await probe(yt, memo.session, total)
  if (asked.ok)
    return { ok: true, value: asked.value.is === 'created' ? asked.value.videoId : null }
  if (asked.status !== 404 && asked.status !== 410) return asked
  const found = await findUpload(yt, work)
  if (!found.ok) return found
  if (found.value.is === 'there') return { ok: true, value: found.value.videoId }
  return { ok: true, value: 'lagging' }
}

const lineOf = (answer: NotDone): string => ('line' in answer ? answer.line : answer.is)

/** Is it out? A private video is not. */
export const find = async (ctx: Context, work: Work): Promise<Found> => {
  const yt = openYouTube(ctx)
  if (!isOpen(yt)) return { is: 'cannot-tell', line: lineOf(yt) }
  const memo = memoOf(work)
  const located = await locate(yt, work, memo)
  if (!located.ok) return { is: 'cannot-tell', line: lineOf(located.answer) }
  if (located.value === 'lagging') {
    return { is: 'cannot-tell', line: 'the session is gone and the list of uploads lags' }
  }
  if (located.value === null) return { is: 'absent' }
  const read = await readVideo(yt, located.value)
  if (!read.ok) return { is: 'cannot-tell', line: lineOf(read.answer) }
  if (read.value?.status?.privacyStatus !== 'public') return { is: 'absent' }
  return { is: 'there', receipt: receiptPublic(ctx, memo, located.value) }
}

/** Cancels the platform's timer (or keeps it as `work` says) and reads back that it is so. */
const amendTimer = async (
  yt: YouTube,
  ctx: Context,
  memo: Memo,
  id: string,
): Promise<Answer<Receipt>> => {
  const before = await readVideo(yt, id)
  if (!before.ok) return before.answer
  if (!before.value) return removed
  if (before.value.status?.privacyStatus === 'public') {
    return { is: 'refused', code: 'already-public', line: 'the platform made it public before' }
  }
  const want = { privacy: 'private', publishAt: null, effect: 'none' } as const
  // Fails when the work is somebody else's: who slept would make private what was published meanwhile.
  await keep(ctx, memo, {})
  const set = await setStatus(yt, id, want)
  if (!set.ok) return set.answer
  const after = await readVideo(yt, id)
  if (!after.ok) return after.answer
  const status = after.value?.status
  if (status?.privacyStatus !== 'private' || status.publishAt) {
    return { is: 'later', afterMs: 5_000, line: 'the timer is still there' }
  }
  return { is: 'done', ...receipt(ctx, { ...memo, timer: null, timerSet: false }, id) }
}

const amendText = async (
  yt: YouTube,
  given: { ctx: Context; work: Work; memo: Memo; id: string },
): Promise<Answer<Receipt>> => {
  const { ctx, work, memo, id } = given
  const requestBody = { id, snippet: snippetOf(ctx, work) }
  const sent = await call(yt, 'none', () =>
    yt.api.videos.update({ part: ['snippet'], requestBody }, yt.options),
  )
  return sent.ok ? { is: 'done', ...receipt(ctx, memo, id) } : sent.answer
}

/** Before the commit: disarms the timer. After it: sends the signed text again. Never makes public. */
export const amend = async (ctx: Context, work: Work): Promise<Answer<Receipt>> => {
  const memo = memoOf(work)
  // Nothing was uploaded, so no timer was set: it is set after the upload only.
  if (memo.videoId === null) return { is: 'done', externalId: '', url: '' }
  const yt = openYouTube(ctx)
  if (!isOpen(yt)) return yt
  return memo.committed
    ? amendText(yt, { ctx, work, memo, id: memo.videoId })
    : amendTimer(yt, ctx, memo, memo.videoId)
}
