import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Payload } from 'payload'
import { filesOf } from '@/assets/desk-media'
import { renditionsOf } from '@/assets/main-asset'
import { nowIso, nowMs } from '@/clock'
import { env } from '@/env'
import { refuse, type Refusal } from '@/errors'
import { logOf } from '@/log'
import { makeSpeech } from '@/media/speech'
import type { Store } from '@/media/store'
import { changeLatest } from '@/records/change'
import { compareAndSet, rowById } from '@/records/db'
import { MACHINE } from '@/records/event'
import { cuesFromSpeech } from './from-speech'
import { NO } from './refusals'
import type { CaptionRow } from './rows'
import type { Answered, Heard as Words, Transcriber } from './transcriber'

const log = logOf('captions')
/** Begun so often at most: whether a worker died over it or the service was busy. */
const MOST_TRIES = 5

const GIVEN_UP = refuse('given-up', {
  vi: 'Đã thử năm lần mà dịch vụ chép lời không trả lời. Thử lại sau, hoặc gõ tay.',
  en: 'The transcription service did not answer five times over. Try again later, or type.',
})

type Hands = {
  payload: Payload
  store: Store
  transcriber: Transcriber | null
  signal: AbortSignal
}
type Held = Hands & { row: CaptionRow; holder: string }

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
const drafted = (words: Words[], model: string, clipMs: number) => (now: CaptionRow): Ending => {
  const cues = JSON.stringify(cuesFromSpeech(words, clipMs))
  const action = 'captions.heard'
  if ((now.count ?? 0) > 0 || now.state !== 'draft') return { set: { heard: cues, model }, action }
  const count = (JSON.parse(cues) as unknown[]).length
  const editedAt = nowIso()
  return { set: { cues, count, origin: 'machine', model, heard: '', editedBy: '', editedByName: model, editedAt }, action } // prettier-ignore
} // prettier-ignore

const failed = (refusal: Refusal) => (): Ending => ({
  set: { hearing: 'failed', hearingHelp: JSON.stringify(refusal.help) },
  action: 'captions.failed',
  reason: refusal.reason,
})

const postponed = ({ payload, row, holder }: Held, afterMs: number) =>
  compareAndSet({
    payload,
    collection: 'captions',
    id: row.id,
    expect: { leaseBy: holder },
    set: { leaseBy: '', leaseUntil: nowMs() + afterMs },
  })

const isSounding = (name: string) => /\.(mp4|m4a|mp3)$/.test(name)

/** The small copy that the desk has: its sound is the clip's, and no original of gigabytes is fetched for it. */
const soundOf = async ({ payload, row }: Held): Promise<string | null> => {
  const rows = await renditionsOf(payload, row.asset)
  const found = ['audio', 'proxy', 'web-mp4'].flatMap(
    (recipe) =>
    rows
      .filter((one) => one.recipe === recipe)
      .flatMap((one) => filesOf(one).filter(({ path: name }) => isSounding(name)).map(({ path: name }) => one.prefix + name)), // prettier-ignore
  )
  return found[0] ?? null
}

const asked = async (held: Held, transcriber: Transcriber, signal: AbortSignal): Promise<Answered> => {
  const key = await soundOf(held)
  if (!key) return { is: 'later', afterMs: 10_000, line: 'the small copy is not there yet' }
  const scratch = path.join(env.DATA_DIR, 'work')
  await mkdir(scratch, { recursive: true })
  const cwd = await mkdtemp(path.join(scratch, 'speech-'))
  try {
    const copy = await held.store.localCopy(key, cwd)
    const asset = await rowById(held.payload, 'assets', held.row.asset)
    const seconds = asset?.durationSeconds ?? 0
    const file = await makeSpeech({ source: copy.file, cwd, seconds, signal })
    await copy.release()
    return await transcriber.transcribe({ file, language: held.row.language, signal })
  } finally {
    await rm(cwd, { recursive: true, force: true })
  }
} // prettier-ignore

const work = async (held: Held, transcriber: Transcriber): Promise<'later' | 'done'> => {
  const beat = beating(held)
  try {
    const signal = AbortSignal.any([held.signal, beat.signal])
    const answer = await asked(held, transcriber, signal)
    const line = answer.is === 'later' ? answer.line : ''
    log.info({ captions: held.row.id, is: answer.is, line }, 'the machine was asked for captions')
    if (answer.is === 'later') {
      await postponed(held, answer.afterMs)
      return 'later'
    }
    const asset = await rowById(held.payload, 'assets', held.row.asset)
    const clipMs = Math.round((asset?.durationSeconds ?? 0) * 1000)
    await end(held, answer.is === 'done' ? drafted(answer.heard, transcriber.model, clipMs) : failed(answer.refusal)) // prettier-ignore
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
  const holder = randomUUID()
  const taken = await take(payload, row, holder)
  if (!taken) return 'later'
  const held = { ...args, row: taken, holder }
  const hopeless = (row.hearingTries ?? 0) >= MOST_TRIES ? GIVEN_UP : null
  if (!transcriber || hopeless) {
    await end(held, failed(hopeless ?? NO.noMachine))
    return 'done'
  }
  return work(held, transcriber)
}
