import type { Reply } from './reply'
import { apiError } from './reply'
import type { Method } from './rules'
import type { State } from './state'

/** The quota day turns at midnight Pacific (RULE 60). */
const pacificDay = (at: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' }).format(at)

export const quotaExceeded = (): Reply =>
  apiError(
    403,
    'quotaExceeded',
    'The request cannot be completed because you have exceeded your quota.',
  )

/** Charges the call, or refuses it. Inserts have their own daily bucket (RULES 61-63). */
export const charge = (state: State, method: Method): Reply | null => {
  const day = pacificDay(state.clock.now())
  if (state.quota.day !== day) state.quota = { day, units: 0, inserts: 0 }
  if (method.route === 'session.start') {
    if (state.quota.inserts >= state.settings.quotaInserts) return quotaExceeded()
    state.quota.inserts += 1
    return null
  }
  if (state.quota.units + method.cost > state.settings.quotaUnits) return quotaExceeded()
  state.quota.units += method.cost
  return null
}
