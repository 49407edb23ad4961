import type { Payload } from 'payload'
import { nowMs } from '@/clock'
import { env } from '@/env'
import { findRow, findRows, type Row } from '@/records/db'
import { REFUSED } from './refusals'
import { inSpool, listSpool, removeFromSpool } from './spool'
import { liesHere, spoolStands } from './spool-home'
import { alone, tellAgain } from './sweep'
import { markExpired, markReceived, markRefused } from './uploads'

const HOUR_MS = 3600 * 1000
/** Unfinished uploads live this long after their last byte. */
const UNFINISHED_MS = env.UPLOAD_KEEP_HOURS * HOUR_MS
/** A request may be between its row and its file for so long, and a network disk may hide a file for so long. */
const GRACE_MS = 60_000
const HIDDEN_MS = 5 * 60_000

/** What can be seen of an upload from here. Times are how long ago. */
export type Seen = {
  state: 'receiving' | 'received'
  bytes: number
  /** Its spool is ours. */
  here: boolean
  /** Bytes that lie in the spool; null when there is no file. */
  there: number | null
  begunMs: number
  /** Since its last byte, or since it was begun. */
  idleMs: number
  /** Since its row last changed. */
  changedMs: number
  /** The check was given up after its last try. */
  givenUp: boolean
}
export type Next = 'wait' | 'whole' | 'expire' | 'tell' | 'lost' | 'stuck'

/** What becomes of an upload that nobody speaks of. An end without a person is always in words. */
export const nextOf = (seen: Seen): Next =>
  seen.state === 'received' ? nextOfWhole(seen) : nextOfPart(seen)

const nextOfWhole = ({ here, there, bytes, changedMs, givenUp }: Seen): Next => {
  // What lies in another machine's spool is that machine's, unless it stays away past the time.
  if (!here) return changedMs > UNFINISHED_MS ? 'lost' : 'wait'
  if (givenUp) return 'stuck'
  if (there === bytes) return 'tell'
  return changedMs > HIDDEN_MS ? 'lost' : 'wait'
}

const nextOfPart = ({ here, there, bytes, begunMs, idleMs }: Seen): Next => {
  // Only that machine sees its last byte.
  if (!here) return begunMs > 2 * UNFINISHED_MS ? 'expire' : 'wait'
  if (there === bytes) return 'whole'
  if (there === null) return begunMs > GRACE_MS ? 'expire' : 'wait'
  // It holds room for bytes of which none came: its sender never heard that it was begun.
  if (there === 0 && begunMs > HOUR_MS) return 'expire'
  return idleMs > UNFINISHED_MS ? 'expire' : 'wait'
}

const ago = (iso: string) => nowMs() - Date.parse(iso)
const tellingOf = (row: Row<'uploads'>) => ({
  job: 'upload.arrived' as const,
  payload: { upload: row.id },
})

const isGivenUp = async (payload: Payload, row: Row<'uploads'>): Promise<boolean> => {
  if (row.state !== 'received') return false
  const { job, payload: what } = tellingOf(row)
  const parked = await findRow({
    payload,
    collection: 'outbox',
    where: {
      and: [
        { job: { equals: job } },
        { payload: { equals: JSON.stringify(what) } },
        { parked: { equals: true } },
      ],
    },
  })
  return parked !== null
}

const look = async (payload: Payload, row: Row<'uploads'>): Promise<Seen> => {
  const here = await liesHere(row)
  const found = here ? await inSpool(row.tusId) : null
  const begunMs = ago(row.createdAt)
  return {
    state: row.state === 'received' ? 'received' : 'receiving',
    bytes: row.bytes ?? 0,
    here,
    there: found?.bytes ?? null,
    begunMs,
    idleMs: found ? Math.min(begunMs, nowMs() - found.touchedAt) : begunMs,
    changedMs: ago(row.updatedAt),
    givenUp: await isGivenUp(payload, row),
  }
}

const ACTS: Record<Next, (payload: Payload, row: Row<'uploads'>) => Promise<unknown>> = {
  wait: async () => undefined,
  whole: (payload, row) => markReceived({ payload, row }),
  expire: (payload, row) => markExpired({ payload, row, why: 'expired' }),
  tell: async (payload, row) => {
    if (!row.pending) await tellAgain(payload, row.id, tellingOf(row))
  },
  lost: (payload, row) => markRefused({ payload, upload: row.id, refusal: REFUSED.lost() }),
  stuck: (payload, row) => markRefused({ payload, upload: row.id, refusal: REFUSED.stuck() }),
}

const sweepUpload = async (payload: Payload, row: Row<'uploads'>): Promise<void> => {
  const seen = await look(payload, row)
  const next = nextOf(seen)
  // The disk may have gone away since this sweep began; then nothing that was seen says anything.
  if (seen.here && seen.there !== seen.bytes && !(await spoolStands())) return
  await ACTS[next](payload, row)
}

/** Whole files whose row was never moved on, unfinished ones past their time, and leftovers in the spool. */
export const sweepUploads = async (payload: Payload): Promise<void> => {
  // A network disk that is not mounted looks like an empty spool.
  if (!(await spoolStands())) return
  const rows = await findRows({
    payload,
    collection: 'uploads',
    where: { state: { in: ['receiving', 'received'] } },
  })
  for (const row of rows) await alone(row.id, () => sweepUpload(payload, row))
  const live = new Set(rows.map((row) => row.tusId))
  for (const { tusId, touchedAt } of await listSpool()) {
    if (live.has(tusId) || nowMs() - touchedAt < HOUR_MS) continue
    // Read once more: it may have begun after the rows were read.
    const row = await findRow({
      payload,
      collection: 'uploads',
      where: { tusId: { equals: tusId } },
    })
    if (row?.state !== 'receiving' && row?.state !== 'received') await removeFromSpool(tusId)
  }
}
