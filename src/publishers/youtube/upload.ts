import type { Hash } from 'node:crypto'
import type { Context, SealedFile, Work } from '../publisher'
import { chunksOf, hashOfPrefix } from './bytes'
import type { YouTube } from './client'
import type { NotDone } from './errors'
import { findUpload } from './find'
import type { Memo } from './memo'
import { asCheckpoint, keep } from './memo'
import { openSession, probe, putChunk } from './session'

type Job = { yt: YouTube; ctx: Context; work: Work; file: SealedFile; memo: Memo }
type Step =
  | { is: 'created'; videoId: string }
  | { is: 'at'; offset: number }
  | { is: 'stop'; answer: NotDone }

const CHUNK = 8 * 1024 * 1024
const GRAIN = 256 * 1024
/** How often one call may be told that fewer bytes were kept before it gives the worker back. */
const ROUNDS = 20
/** How long the uploads list is asked before a lost session counts as never finished. */
const LOST_MS = 15 * 60_000
const LOST_AGAIN_MS = 60_000

const stop = (answer: NotDone): Step => ({ is: 'stop', answer })

/** The caller keeps a checkpoint that comes with an answer; it is the same one that was kept on the way. */
const withMemo = (answer: NotDone, memo: Memo): NotDone =>
  answer.is === 'later' || answer.is === 'pending'
    ? { ...answer, checkpoint: asCheckpoint(memo) }
    : answer

const chunkSize = (ctx: Context): number => {
  const wanted = Number(ctx.settings.chunkBytes ?? CHUNK)
  return Number.isInteger(wanted / GRAIN) && wanted > 0 ? wanted : CHUNK
}

const differ = (): Step =>
  stop({
    is: 'refused',
    code: 'bytes-differ',
    line: 'the file is not the one that was signed; its last bytes were not sent',
  })

const open = async (job: Job): Promise<Step> => {
  const opened = await openSession(job)
  if (!opened.ok) return stop(opened.answer)
  // On disk before the first byte: from here on a video can come to be, and this is how to find it.
  await keep(job.ctx, job.memo, { session: opened.value, sent: 0, sentSha: '', lostAt: null })
  return { is: 'at', offset: 0 }
}

/** The session is gone. Was it finished first? Only the list of uploads can tell, and it lags. */
const afterLoss = async (job: Job): Promise<Step> => {
  if (job.memo.sent < job.file.bytes) return open(job)
  const found = await findUpload(job.yt, job.work)
  if (!found.ok) return stop(found.answer)
  if (found.value.is === 'there') return { is: 'created', videoId: found.value.videoId }
  const now = job.ctx.now().getTime()
  const since = job.memo.lostAt ?? job.ctx.now().toISOString()
  if (job.memo.lostAt === null) await keep(job.ctx, job.memo, { lostAt: since })
  const line = 'the upload session is gone; the list of uploads is being asked'
  if (found.value.is === 'cannot-tell' || now - Date.parse(since) < LOST_MS) {
    return stop({ is: 'later', afterMs: LOST_AGAIN_MS, line })
  }
  return open(job)
}

const whereItStands = async (job: Job): Promise<Step> => {
  if (job.memo.session === null) return open(job)
  const asked = await probe(job.yt, job.memo.session, job.file.bytes)
  if (asked.ok) return asked.value
  if (asked.status === 404 || asked.status === 410) return afterLoss(job)
  return stop(asked.answer)
}

/** Sends from `offset` until the video exists, something is refused, or fewer bytes were kept. */
const sendFrom = async (job: Job, offset: number): Promise<Step> => {
  const { ctx, file, memo } = job
  const before = await hashOfPrefix(file, offset, { upTo: memo.sent, sha: memo.sentSha })
  if (!before) return differ()
  let hash: Hash = before
  let at = offset
  for await (const chunk of chunksOf(await file.open(at), chunkSize(ctx))) {
    const end = at + chunk.bytes.length
    if (end > file.bytes || chunk.last !== (end === file.bytes)) return differ()
    const next = hash.copy().update(chunk.bytes)
    const sha = next.copy().digest('hex')
    if (chunk.last && sha !== file.sha256) return differ()
    await keep(ctx, memo, { sent: end, sentSha: sha })
    const put = await putChunk(job.yt, memo.session ?? '', {
      bytes: chunk.bytes,
      start: at,
      total: file.bytes,
    })
    if (!put.ok) {
      // Whatever became of these bytes, the session knows; it is asked first when we come back.
      return put.status === 404 || put.status === 410
        ? stop({ is: 'later', afterMs: 0, line: 'the upload session is gone' })
        : stop(put.answer)
    }
    if (put.value.is === 'created' || put.value.offset !== end) return put.value
    hash = next
    at = end
  }
  return differ()
}

/** Brings the file up, from wherever an earlier call stopped. There is one video at the end, never two. */
export const uploadFile = async (
  job: Job,
): Promise<{ ok: true; videoId: string } | { ok: false; answer: NotDone }> => {
  let step = await whereItStands(job)
  for (let round = 0; step.is === 'at' && round < ROUNDS; round += 1) {
    step = await sendFrom(job, step.offset)
  }
  if (step.is === 'stop') return { ok: false, answer: withMemo(step.answer, job.memo) }
  if (step.is === 'at') {
    const line = `the platform kept ${step.offset} of ${job.file.bytes} bytes`
    return { ok: false, answer: withMemo({ is: 'later', afterMs: 10_000, line }, job.memo) }
  }
  await keep(job.ctx, job.memo, { videoId: step.videoId })
  return { ok: true, videoId: step.videoId }
}
