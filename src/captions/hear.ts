import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'
import { filesOf } from '@/assets/desk-media'
import { renditionsOf } from '@/assets/main-asset'
import { nowIso, nowMs } from '@/clock'
import { env } from '@/env'
import { refuse, type Refusal } from '@/errors'
import { logOf } from '@/log'
import type { Cue } from '@/media/captions'
import { makeSpeech } from '@/media/speech'
import type { Store } from '@/media/store'
import { changeLatest } from '@/records/change'
import { compareAndSet, rowById, type Row } from '@/records/db'
import { MACHINE } from '@/records/event'
import { speechDraft } from './from-speech'
import { NO } from './refusals'
import type { CaptionRow } from './rows'
import { withScratch } from './scratch'
import type { Answered, Transcriber } from './transcriber'

const log = logOf('captions')
/** Begun so often at most: whether a worker died over it or the service was busy. */
const MOST_TRIES = 5

const GIVEN_UP = refuse('given-up', {
  vi: 'Đã thử năm lần mà dịch vụ chép lời không trả lời. Thử lại sau, hoặc gõ tay.',
  en: 'The transcription service did not answer five times over. Try again later, or type.',
})
const NO_COPY = refuse('no-copy', {
  vi: 'Tư liệu không có bản xem nhanh nên máy không có gì để nghe. Tạo bản xem rồi nhờ lại, hoặc gõ tay.',
  en: 'There is no quick copy for the machine to listen to. Have it made and ask again, or type.',
})

type Hands = {
  payload: Payload
  store: Store
  transcriber: Transcriber | null
  signal: AbortSignal
}
/** What is listened to: an asset, and where its sound lies in the store. */
type Source = { asset: Row<'assets'> | null; key: string | null }
type Held = Hands & { row: CaptionRow; holder: string; source: Source }

/** Takes the row, unless somebody works on it or it is not time yet. The instant is the lease's own revision. */
const take = (payload: Payload, row: CaptionRow, holder: string): Promise<CaptionRow | null> =>
  compareAndSet({
    payload,
    collection: 'captions',
    id: row.id,
    expect: { hearing: 'asked', leaseUntil: row.leaseUntil ?? 0 },
    set: {
      leaseBy: holder,
      leaseUntil: nowMs() + env.LEASE_MS,
      hearingTries: (row.hearingTries ?? 0) + 1,
    },
  })

/** Renews the lease while the work runs; `lost` aborts when it is somebody else's. */
const beating = ({ payload, row, holder }: Held) => {
  const lost = new AbortController()
  let until = row.leaseUntil ?? 0
  const beat = async () => {
    const next = nowMs() + env.LEASE_MS
    const expect = { leaseBy: holder, hearing: 'asked' }
    const set = { leaseUntil: next }
    const mine = await compareAndSet({ payload, collection: 'captions', id: row.id, expect, set })
    if (mine) until = next
    else lost.abort()
  }
  // A database that is slow once is no reason to stop; past the lease's time it may be another's already.
  const missed = () => {
    if (nowMs() >= until) lost.abort()
  }
  const timer = setInterval(() => void beat().catch(missed), env.LEASE_MS / 3)
  return { signal: lost.signal, stop: () => clearInterval(timer) }
}

const REST = { hearing: '', hearingHelp: '', hearingTries: 0, leaseBy: '', leaseUntil: 0 }

type Ending = { set: Record<string, string | number>; action: string; reason?: string }

/** Writes the end down, if it is still ours to write: of two that worked on it one draft comes. */
const end = async ({ payload, row, holder }: Held, how: (now: CaptionRow) => Ending) => {
  await changeLatest<'captions', 'lost'>({
    payload,
    collection: 'captions',
    id: row.id,
    decide: async (now) => {
      if (now.leaseBy !== holder || now.hearing !== 'asked') return { stop: 'lost' }
      const { set, action, reason } = how(now)
      const { asset, language } = now
      const event = { action, actor: MACHINE, at: nowIso(), detail: { asset, language } }
      return { set: { ...REST, ...set }, event: reason ? { ...event, reason } : event }
    },
  })
}

/** A draft where nobody has written meanwhile; beside what somebody wrote, when they have. */
const drafted = (draft: readonly Cue[], model: string) => (now: CaptionRow): Ending => {
  const cues = JSON.stringify(draft)
  const action = 'captions.heard'
  if ((now.count ?? 0) > 0 || now.state !== 'draft') return { set: { heard: cues, model }, action }
  const editedAt = nowIso()
  return { set: { cues, count: draft.length, origin: 'machine', model, heard: '', editedBy: '', editedByName: model, editedAt }, action } // prettier-ignore
} // prettier-ignore

const failed = (refusal: Refusal) => (): Ending => ({
  set: { hearing: 'failed', hearingHelp: JSON.stringify(refusal.help) },
  action: 'captions.failed',
  reason: refusal.reason,
})

const postponed = ({ payload, row, holder, signal }: Held, afterMs: number) =>
  compareAndSet({
    payload,
    collection: 'captions',
    id: row.id,
    expect: { leaseBy: holder },
    set: {
      leaseBy: '',
      leaseUntil: nowMs() + afterMs,
      // That we are stopped ourselves is no try of the service's.
      hearingTries: (row.hearingTries ?? 0) - (signal.aborted ? 1 : 0),
    },
  })

const isSounding = (name: string) => /\.(mp4|m4a|mp3)$/.test(name)

/** The small copy that the desk has: its sound is the clip's, and no original of gigabytes is fetched for it. */
const sourceOf = async (payload: Payload, id: string): Promise<Source> => {
  // The asset first: what is ready then has its files, what is not may have them a moment later.
  const asset = await rowById(payload, 'assets', id)
  const rows = await renditionsOf(payload, id)
  const found = ['audio', 'proxy', 'web-mp4'].flatMap(
    (recipe) =>
    rows
      .filter((one) => one.recipe === recipe)
      .flatMap((one) => filesOf(one).filter(({ path: name }) => isSounding(name)).map(({ path: name }) => one.prefix + name)), // prettier-ignore
  )
  return { asset, key: found[0] ?? null }
}

const isComing = ({ asset, key }: Source): boolean =>
  key === null && asset !== null && !['ready', 'failed'].includes(asset.state)

const asked = async (held: Held, transcriber: Transcriber, signal: AbortSignal) => {
  const { asset, key } = held.source
  if (key === null) return { is: 'refused', refusal: NO_COPY } as const
  return withScratch(async (cwd): Promise<Answered> => {
    const copy = await held.store.localCopy(key, cwd)
    const seconds = asset?.durationSeconds ?? 0
    const file = await makeSpeech({ source: copy.file, cwd, seconds, signal })
    await copy.release()
    return transcriber.transcribe({ file, language: held.row.language, signal })
  })
}

/** What is written for an answer. */
const endingOf = (answer: Exclude<Answered, { is: 'later' }>, model: string, clipMs: number) => {
  if (answer.is === 'refused') return failed(answer.refusal)
  const draft = speechDraft(answer.heard, clipMs)
  return draft.ok ? drafted(draft.cues, model) : failed(draft)
}

const STOPPED: Answered = { is: 'later', afterMs: 0, line: 'the worker is stopped' }

const work = async (held: Held, transcriber: Transcriber): Promise<'later' | 'done'> => {
  const beat = beating(held)
  try {
    const signal = AbortSignal.any([held.signal, beat.signal])
    const answer = await asked(held, transcriber, signal).catch((error: unknown) => {
      if (held.signal.aborted) return STOPPED
      throw error
    })
    const line = answer.is === 'later' ? answer.line : ''
    log.info({ captions: held.row.id, is: answer.is, line }, 'the machine was asked for captions')
    if (answer.is === 'later') {
      await postponed(held, answer.afterMs)
      return 'later'
    }
    const clipMs = Math.round((held.source.asset?.durationSeconds ?? 0) * 1000)
    await end(held, endingOf(answer, transcriber.model, clipMs))
    return 'done'
  } finally {
    beat.stop()
  }
}

/** Hears that somebody asked the machine: a draft comes of it, or words that say why not. The row says how far it is. */
export const hearCaptions = async (
  args: Hands & { captions: string },
): Promise<'later' | 'done'> => {
  const { payload, transcriber, captions } = args
  const row = await rowById(payload, 'captions', captions)
  if (!row || row.hearing !== 'asked') return 'done'
  if ((row.leaseUntil ?? 0) > nowMs()) return 'later'
  const hopeless = !transcriber ? NO.noMachine : (row.hearingTries ?? 0) >= MOST_TRIES ? GIVEN_UP : null // prettier-ignore
  const source = await sourceOf(payload, row.asset)
  // Nobody was asked yet, so this is no try: a clip may wait for its encode for hours.
  if (!hopeless && isComing(source)) return 'later'
  const holder = randomUUID()
  const taken = await take(payload, row, holder)
  if (!taken) return 'later'
  const held = { ...args, row: taken, holder, source }
  if (!transcriber || hopeless) {
    await end(held, failed(hopeless ?? NO.noMachine))
    return 'done'
  }
  return work(held, transcriber)
}
