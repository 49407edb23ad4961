import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Payload } from 'payload'
import { nowIso, nowMs } from '@/clock'
import { env } from '@/env'
import { lineOf, NewsroomError } from '@/errors'
import { logOf } from '@/log'
import { changeLatest } from '@/records/change'
import { compareAndSet, rowById } from '@/records/db'
import { MACHINE } from '@/records/event'
import type { Heard } from '@/records/outbox'
import { failureCells } from './failure-words'
import { outsideOf, outsideWords, wordsOf, type Outside } from './outside'

const log = logOf('assets')
const MOST_FAILURES = 3
/** Trying again changes nothing about these. */
const PERMANENT = ['ffmpeg-bad-input', 'ffmpeg-output-too-big']

const FAILED = {
  vi: 'Không chuyển mã được tệp này. Hãy xuất lại MP4 (H.264, AAC) rồi gửi lại.',
  en: 'This file could not be transcoded. Export it as MP4 (H.264, AAC) and send it again.',
}

export const tooManyLost = (losses: number) =>
  new NewsroomError({
    code: 'workers-lost',
    message: `${losses} workers died over this clip`,
    help: {
      vi: `Máy chuyển mã ngừng đột ngột ${losses} lần liền khi đang làm tệp này. Báo quản trị xem bộ nhớ của máy, rồi bấm Chuyển mã lại; nếu vẫn vậy, xuất lại tệp nhẹ hơn.`,
      en: `The transcoding machine stopped suddenly ${losses} times running while it worked on this file. Have the administrator look at its memory, then press Transcode again; if it happens again, export a lighter file.`,
    },
  })

/**
 * What becomes of work that ended with an error. What lies outside is waited for; the clip's own failures are counted,
 * and thrown on so that it is tried again later, until one is permanent or it is the third: then the clip is parked
 * with words, and a person tries again or sends another file.
 */
export const noteFailure = async (args: {
  payload: Payload
  asset: string
  workdir: string
  error: unknown
}): Promise<Heard> => {
  const { payload, asset, error } = args
  const outside = outsideOf(error)
  if (outside) return waitOutside({ ...args, outside })
  const row = await rowById(payload, 'assets', asset)
  const failures = (row?.failures ?? 0) + 1
  const code = error instanceof NewsroomError ? error.code : 'unexpected'
  log.error({ asset, failures, code, err: lineOf(error) }, 'processing failed')
  if (![...PERMANENT, 'workers-lost'].includes(code) && failures < MOST_FAILURES) {
    await compareAndSet({
      payload,
      collection: 'assets',
      id: asset,
      expect: { state: 'processing' },
      set: { failures },
    })
    throw error
  }
  await markFailed(payload, asset, { failures, code, error })
  return 'done'
}

const waitOutside = async (args: {
  payload: Payload
  asset: string
  workdir: string
  outside: Outside
  error: unknown
}): Promise<Heard> => {
  const { payload, asset, outside } = args
  log.warn({ asset, outside, err: lineOf(args.error) }, 'a clip waits')
  // The copy of the source is the biggest thing here, and is fetched again in a moment.
  await rm(path.join(args.workdir, 'source'), { recursive: true, force: true })
  await compareAndSet({
    payload,
    collection: 'assets',
    id: asset,
    expect: { state: 'processing' },
    set: {
      waitUntil: nowMs() + env.LEASE_MS,
      ...failureCells(outsideWords(outside)),
      pass: '',
      secondsLeft: null,
    },
  })
  return 'later'
}

const markFailed = (
  payload: Payload,
  asset: string,
  { failures, code, error }: { failures: number; code: string; error: unknown },
) =>
  changeLatest<'assets', 'moved'>({
    payload,
    collection: 'assets',
    id: asset,
    decide: async (row) => {
      if (row.state !== 'processing') return { stop: 'moved' }
      const words = failureCells(wordsOf(error, FAILED))
      return {
        set: { state: 'failed', failures, pass: '', secondsLeft: null, ...words },
        event: {
          action: 'asset.failed',
          actor: MACHINE,
          at: nowIso(),
          reason: code,
          detail: { line: lineOf(error), failures },
        },
      }
    },
  })
