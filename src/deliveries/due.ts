import { now, nowIso } from '@/clock'
import type { Refusal } from '@/errors'
import { no } from './refusals'

const A_YEAR_MS = 366 * 24 * 3600_000
/** A clock in a browser may be a little behind. */
const SLACK_MS = 60_000
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/

/** The hour as an ISO instant in UTC; 'now' is this instant. An hour without a zone is no hour. */
export const dueOf = (asked: unknown): { ok: true; dueAt: string } | Refusal => {
  if (asked === 'now') return { ok: true, dueAt: nowIso() }
  if (typeof asked !== 'string' || !ISO.test(asked) || Number.isNaN(Date.parse(asked)))
    return no('bad-time')
  const at = new Date(asked)
  const ahead = at.getTime() - now().getTime()
  if (ahead > A_YEAR_MS) return no('too-far')
  if (ahead < -SLACK_MS) return no('in-the-past')
  return { ok: true, dueAt: at.toISOString() }
}
