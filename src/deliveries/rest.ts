import { nowMs } from '@/clock'
import { changeLatest } from '@/records/change'
import { nowIso } from '@/clock'
import { MACHINE } from '@/records/event'
import { note, turn, type Delivery, type Session } from './claim'
import { timingOf } from './deps'
import type { DeliveryState } from './states'

/** Where a delivery rests when it may not go on, and why. `nextAt` 0: a person or an event moves it. */
export type Rest = {
  state: 'planned' | 'held' | 'late' | 'refused' | 'cancelled'
  code: string
  line: string
  nextAt?: number
  /** The upload was made from words or bytes that no longer hold: it is thrown away. */
  fresh?: boolean
}

/** Anything of ours that lies on the platform, seen by nobody. */
export const leftBehind = (row: Delivery): boolean => Boolean(row.externalId || row.checkpoint)

export const CLEAN = {
  checkpoint: '',
  externalId: '',
  url: '',
  seal: '',
  sealDigest: '',
  attempt: '',
  absentAt: 0,
  tries: 0,
}

/** The columns of a rest: by way of `disarming` when the platform holds something that must go first. */
export const restColumns = (
  row: Delivery,
  to: Rest,
): { state: DeliveryState; [column: string]: string | number } => {
  const drop = (to.fresh === true || to.state === 'cancelled') && leftBehind(row)
  const why = { code: to.code, line: to.line }
  if (row.armed || drop) {
    // The goal keeps the rest's own hour in `nextAt`'s place: a disarmed delivery is looked at again soon.
    const goal = to.fresh && to.state === 'planned' ? 'fresh' : to.state
    return { ...why, state: 'disarming', goal, tries: 0, nextAt: nowMs() }
  }
  const clean = to.fresh ? CLEAN : {}
  return { ...why, ...clean, state: to.state, goal: '', tries: 0, nextAt: to.nextAt ?? 0 }
}

/** Rests the delivery as the machine. */
export const rest = async (session: Session, to: Rest): Promise<boolean> => {
  const { state, ...set } = restColumns(session.row, to)
  return turn(session, {
    state,
    set,
    action: `delivery.${to.state}`,
    reason: to.code,
    detail: { line: to.line },
    tell: state === 'disarming',
  })
}

/** Comes back later without a word in the audit. The pause doubles from poll to poll. */
export const later = async (
  session: Session,
  how: { line: string; code?: string; afterMs?: number; set?: Record<string, string | number> },
): Promise<void> => {
  const { pollMs, slowMs } = timingOf(session.deps)
  const tries = (session.row.tries ?? 0) + 1
  const afterMs = how.afterMs ?? Math.min(slowMs, pollMs * 2 ** Math.min(tries - 1, 12))
  await note(session, {
    tries,
    nextAt: nowMs() + Math.max(1, afterMs),
    line: how.line,
    ...(how.code === undefined ? {} : { code: how.code }),
    ...how.set,
  })
}

/** The platform no longer knows us: the whole channel waits until an administrator connects it again. */
export const holdChannel = async (session: Session, line: string): Promise<void> => {
  await changeLatest({
    payload: session.deps.payload,
    collection: 'channels',
    id: session.row.channel,
    decide: async (channel) =>
      channel.held
        ? { stop: 'held' as const }
        : {
            set: { held: true },
            event: { action: 'channel.reconnect', actor: MACHINE, at: nowIso(), reason: line },
          },
  })
}
