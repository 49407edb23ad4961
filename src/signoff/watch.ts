import type { Payload, Where } from 'payload'
import { nowMs } from '@/clock'
import { refuse, type Outcome } from '@/errors'
import type { Person } from '@/people/person'
import { compareAndSet, findRow, insertRow, type Row } from '@/records/db'
import { WATCHED_RECIPE } from './material'

export type Span = [number, number]

/** Nobody is believed to have seen more than this many seconds a second of our clock… */
const FASTEST = 1.25
/** …and this much besides, once: what is taken of it must be waited for before it is given again. */
const GRACE_SECONDS = 1
/** After a long pause no more than this is owed. */
const LONGEST_BEAT_SECONDS = 15
const TRIES = 5

/** Adds a span to those seen; they stay sorted and apart. */
export const addSpan = (spans: readonly Span[], added: Span): Span[] => {
  const sorted = [...spans, added].sort((a, b) => a[0] - b[0])
  return sorted.reduce<Span[]>((merged, [from, to]) => {
    const last = merged.at(-1)
    if (!last || from > last[1] + 0.05) return [...merged, [from, to]]
    return [...merged.slice(0, -1), [last[0], Math.max(last[1], to)]]
  }, [])
}

export const secondsOf = (spans: readonly Span[]): number =>
  spans.reduce((sum, [from, to]) => sum + to - from, 0)

/** What of `whole` seconds is not seen yet. */
export const gapsIn = (spans: readonly Span[], whole: number): Span[] => {
  const edges: Span[] = [...spans.map(([from, to]): Span => [from, to]), [whole, whole]]
  return edges.flatMap(([from], index): Span[] => {
    const before = edges[index - 1]?.[1] ?? 0
    return from - before > 0.25 ? [[before, from]] : []
  })
}

const keyOf = (person: string, digest: string) => `${person}:${digest}`

export const watchedOf = async (args: {
  payload: Payload
  person: string
  rendition: Pick<Row<'renditions'>, 'sha256' | 'durationSeconds'>
}): Promise<{ seconds: number; gaps: Span[] }> => {
  const { payload, person, rendition } = args
  const key = keyOf(person, rendition.sha256)
  const row = await findRow({ payload, collection: 'watches', where: { key: { equals: key } } })
  const spans = spansIn(row)
  return { seconds: secondsOf(spans), gaps: gapsIn(spans, rendition.durationSeconds ?? 0) }
}

const spansIn = (row: Pick<Row<'watches'>, 'spans'> | null): Span[] =>
  row?.spans ? (JSON.parse(row.spans) as Span[]) : [] // written by `beat` alone

/** How much of a beat our clock allows, and what stays owed. `lastBeatAt` lies ahead while grace is owed. */
export const allowedOf = (
  lastBeatAt: number,
  now: number,
  wanted: number,
): { seconds: number; lastBeatAt: number } => {
  const elapsed = Math.min(LONGEST_BEAT_SECONDS, (now - lastBeatAt) / 1000)
  const seconds = Math.min(wanted, Math.max(0, elapsed * FASTEST + GRACE_SECONDS))
  const owed =
    Math.max(0, seconds - Math.max(0, elapsed) * FASTEST) + Math.max(0, -elapsed) * FASTEST
  return { seconds, lastBeatAt: now + (owed / FASTEST) * 1000 }
}

const help = (vi: string, en: string) => ({ vi, en })

/** One heartbeat of the player. A beat from and to the same second starts the clock and counts nothing. */
export const beat = async (args: {
  payload: Payload
  person: Person
  digest: string
  from: number
  to: number
}): Promise<Outcome<{ watchedSeconds: number; needSeconds: number; gaps: Span[] }>> => {
  const { payload, person, digest, from } = args
  const where: Where = {
    and: [{ sha256: { equals: digest } }, { recipe: { equals: WATCHED_RECIPE } }],
  }
  const rendition = await findRow({ payload, collection: 'renditions', where })
  if (!rendition) return refuse('absent', help('Không có bản này.', 'There is no such rendition.'))
  const whole = rendition.durationSeconds ?? 0
  const to = Math.min(args.to, whole)
  if (!(from >= 0 && args.to >= from && from <= whole)) return refuse('bad-span', help('Nhịp xem không hợp lệ.', 'The span makes no sense.')) // prettier-ignore
  for (let left = TRIES; left > 0; left--) {
    const spans = await countBeat({
      payload,
      person: person.id,
      digest,
      from,
      to: Math.max(from, to),
    })
    if (!spans) continue
    return {
      ok: true,
      watchedSeconds: secondsOf(spans),
      needSeconds: whole,
      gaps: gapsIn(spans, whole),
    }
  }
  return refuse('stale', help('Đang mở ở nhiều nơi. Chỉ xem ở một cửa sổ.', 'It is open in several places. Watch in one window.')) // prettier-ignore
}

/** The spans after this beat; null when another beat was faster. */
const countBeat = async (args: {
  payload: Payload
  person: string
  digest: string
  from: number
  to: number
}): Promise<Span[] | null> => {
  const { payload, person, digest, from, to } = args
  const key = keyOf(person, digest)
  const row = await findRow({ payload, collection: 'watches', where: { key: { equals: key } } })
  const now = nowMs()
  const allowed = allowedOf(row?.lastBeatAt ?? now, now, to - from)
  const before = spansIn(row)
  const spans = allowed.seconds > 0 ? addSpan(before, [from, from + allowed.seconds]) : before
  const set = {
    spans: JSON.stringify(spans),
    lastBeatAt: allowed.lastBeatAt,
    lastPosition: from + allowed.seconds,
    revision: (row?.revision ?? 0) + 1,
  }
  if (!row) {
    const data = { key, person, rendition: digest, ...set }
    const made = await insertRow({ payload, collection: 'watches', data })
    return made.ok ? spans : null
  }
  const kept = await compareAndSet({ payload, collection: 'watches', id: row.id, expect: { revision: row.revision ?? 0 }, set }) // prettier-ignore
  return kept ? spans : null
}
