import { Readable } from 'node:stream'
import { limitProblems } from '../check-limits'
import type { Answer, Context, Prepared, SealedFile, Work } from '../publisher'
import { THUMBNAIL_MAX_BYTES, THUMBNAIL_MIMES, youtubeAccepts } from './accepts'
import { readSealed } from './bytes'
import type { YouTube } from './client'
import { call, isOpen, openYouTube } from './client'
import type { NotDone } from './errors'
import type { Memo } from './memo'
import { asCheckpoint, keep, memoOf } from './memo'
import { readVideo, setStatus } from './status'
import { uploadFile } from './upload'

const POLL_MS = 5_000
/** The platform's timer goes off this long after our hour: it insures against our outage, it does not race. */
export const INSURANCE_AFTER_MS = 10 * 60_000

const refused = (code: string, line: string): NotDone => ({ is: 'refused', code, line })

const theFile = (work: Work): SealedFile | null => {
  const files = work.renditions[youtubeAccepts.rendition ?? ''] ?? []
  return files.length === 1 ? (files[0] ?? null) : null
}

const limitsRefused = (work: Work, file: SealedFile): NotDone | null => {
  const [problem] = limitProblems(youtubeAccepts, {
    variant: work.variant,
    facts: work.facts,
    bytes: file.bytes,
  })
  return problem ? refused(`${problem.field}-${problem.code}`, problem.help.en) : null
}

const setThumbnail = async (
  yt: YouTube,
  videoId: string,
  picture: SealedFile,
): Promise<NotDone | null> => {
  if (!THUMBNAIL_MIMES.includes(picture.mime) || picture.bytes > THUMBNAIL_MAX_BYTES) {
    return refused('thumbnail-unfit', 'the thumbnail must be JPEG or PNG of at most 2 MB')
  }
  const bytes = await readSealed(picture)
  if (!bytes) return refused('bytes-differ', 'the thumbnail is not the one that was signed')
  const set = await call(yt, 'none', () =>
    yt.api.thumbnails.set(
      { videoId, media: { mimeType: picture.mime, body: Readable.from([bytes]) } },
      yt.options,
    ),
  )
  if (set.ok) return null
  // A video this young may not be known everywhere yet.
  if (set.status === 404)
    return { is: 'later', afterMs: POLL_MS, line: 'the video is not yet known' }
  return set.answer
}

/** Whether the platform has finished with the file, and whether its own timer was faster than we are. */
const processing = async (
  yt: YouTube,
  videoId: string,
): Promise<NotDone | 'private' | 'public'> => {
  const read = await readVideo(yt, videoId)
  if (!read.ok) return read.answer
  const status = read.value?.status
  // Absent right after the upload is the platform's own lag, not a failure.
  if (!status) return { is: 'pending', line: 'the video is not listed yet' }
  if (status.uploadStatus === 'uploaded')
    return { is: 'pending', line: 'the platform is processing' }
  if (status.uploadStatus === 'processed') {
    return status.privacyStatus === 'public' ? 'public' : 'private'
  }
  const why = status.failureReason ?? status.rejectionReason ?? status.uploadStatus ?? 'unknown'
  return refused(`processing-${why}`, `the platform refused the file: ${why}`)
}

const setTimer = async (yt: YouTube, job: Job, videoId: string): Promise<NotDone | null> => {
  const { ctx, work, memo } = job
  const at = new Date(Date.parse(work.dueAt) + INSURANCE_AFTER_MS)
  const wanted = work.insurance && at.getTime() > ctx.now().getTime() ? at.toISOString() : null
  if (memo.timer === wanted && (memo.timerSet || wanted === null)) return null
  // Remembered before it is asked for: a timer that we forgot could not be cancelled. And asked in any case, for the
  // keeping fails when the work is somebody else's: who slept would make private what was published meanwhile.
  await keep(ctx, memo, wanted ? { timer: wanted, timerSet: false } : {})
  const set = await setStatus(yt, videoId, {
    privacy: 'private',
    publishAt: wanted,
    effect: 'none',
  })
  if (!set.ok) return set.answer
  await keep(ctx, memo, { timer: wanted, timerSet: wanted !== null })
  return null
}

type Job = { ctx: Context; work: Work; memo: Memo }

const afterUpload = async (yt: YouTube, job: Job, videoId: string): Promise<NotDone | null> => {
  const { ctx, work, memo } = job
  if (work.thumbnail && !memo.thumbnail) {
    const problem = await setThumbnail(yt, videoId, work.thumbnail)
    if (problem) return problem
    await keep(ctx, memo, { thumbnail: true })
  }
  const stands = await processing(yt, videoId)
  // What is out already is not made private to be put out again: that would be twice.
  if (stands === 'public') return null
  return stands === 'private' ? setTimer(yt, job, videoId) : stands
}

/** Uploads private, sets the thumbnail, waits for the processing, sets the insurance. Repeatable at will. */
export const prepare = async (ctx: Context, work: Work): Promise<Answer<Prepared>> => {
  const file = theFile(work)
  if (!file || file.bytes === 0)
    return refused('no-rendition', 'there is no signed file for this platform')
  const limits = limitsRefused(work, file)
  if (limits) return limits
  const yt = openYouTube(ctx)
  if (!isOpen(yt)) return yt
  const memo = memoOf(work)
  if (memo.videoId === null) {
    const uploaded = await uploadFile({ yt, ctx, work, file, memo })
    if (!uploaded.ok) return uploaded.answer
  }
  const videoId = memo.videoId ?? ''
  const unfinished = await afterUpload(yt, { ctx, work, memo }, videoId)
  if (unfinished?.is === 'pending' || unfinished?.is === 'later') {
    return { ...unfinished, checkpoint: asCheckpoint(memo) }
  }
  return unfinished ?? { is: 'done', checkpoint: asCheckpoint(memo), externalId: videoId }
}
