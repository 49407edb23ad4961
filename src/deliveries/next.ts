import type { DeliveryState } from './states'

export type Step =
  | 'prepare'
  | 'wait'
  | 'arm'
  | 'late'
  | 'check'
  | 'ask'
  | 'look'
  | 'recheck'
  | 'disarm'
  | 'withdraw'
  | 'none'

export type Standing = {
  state: string
  dueAt: string
  nextAt?: number | null
  leaseUntil?: number | null
  externalId?: string | null
  url?: string | null
}

/** A delivery this much later than its hour is held for a person: after an outage nothing fires in a burst. */
export const LATE_MS = 15 * 60_000

export const isLate = (row: Standing, now: number, lateMs = LATE_MS): boolean =>
  now - Date.parse(row.dueAt) > lateMs

/** The one thing to do now. Pure: the sweeper, the worker and the tests ask the same question. */
export const nextStep = (row: Standing, now: number, lateMs = LATE_MS): Step => {
  if ((row.leaseUntil ?? 0) > now) return 'none'
  const nextAt = row.nextAt ?? 0
  // A commit whose lease ran out: whoever made it is dead or has lost the answer. Asking is all that is left.
  if (row.state === 'committing') return 'ask'
  if (nextAt === 0) return 'none'
  if (row.state !== 'ready' && nextAt > now) return 'wait'
  switch (row.state as DeliveryState) {
    case 'planned':
    case 'preparing':
      return 'prepare'
    case 'ready':
      if (now < Date.parse(row.dueAt) || nextAt > now) return 'wait'
      return isLate(row, now, lateMs) ? 'late' : 'arm'
    case 'held':
      return 'recheck'
    case 'unconfirmed':
      return 'ask'
    case 'confirming':
      return row.externalId || row.url ? 'look' : 'check'
    case 'withdrawing':
      return 'withdraw'
    case 'disarming':
      return 'disarm'
    default:
      return 'none'
  }
}
