import { NEWSROOM_ZONE } from '@/clock'
import type { Help } from '@/errors'

/** On what ground the newsroom may use an original. */
export const BASES = {
  own: { vi: 'Tự sản xuất', en: 'Own production' },
  agency: { vi: 'Hãng tin, đối tác', en: 'Agency or partner' },
  licence: { vi: 'Mua hoặc thuê bản quyền', en: 'Bought or leased' },
  permission: { vi: 'Được cho phép', en: 'By permission' },
  official: { vi: 'Cơ quan cung cấp', en: 'Handed out by an authority' },
} as const satisfies Record<string, Help>

export type Basis = keyof typeof BASES
export const isBasis = (word: unknown): word is Basis =>
  typeof word === 'string' && Object.hasOwn(BASES, word)

/** Worst first: of an original and what it was cut from, the worst counts. */
export const RIGHTS = ['expired', 'not-yet', 'expiring', 'valid', 'unknown'] as const
export type RightsState = (typeof RIGHTS)[number]

export type Rights = {
  basis?: string | null
  /** Days as YYYY-MM-DD, both included; empty where there is no bound. */
  leaseFrom?: string | null
  leaseTo?: string | null
}

export const SOON_DAYS = 14
const DAY_MS = 24 * 60 * 60 * 1000

const zoned = new Intl.DateTimeFormat('en-CA', { timeZone: NEWSROOM_ZONE, dateStyle: 'short' })

/** The newsroom's day of an instant, as YYYY-MM-DD: a lease ends with a day here, not in Greenwich. */
export const dayOf = (instant: Date | string | number): string => zoned.format(new Date(instant))

/** Days from one to the other; both are dates without an hour, so that no clock change bends them. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)

const one = ({ basis, leaseFrom, leaseTo }: Rights, day: string): RightsState => {
  if (leaseTo && leaseTo < day) return 'expired'
  if (leaseFrom && leaseFrom > day) return 'not-yet'
  if (leaseTo && daysBetween(day, leaseTo) <= SOON_DAYS) return 'expiring'
  return basis || leaseFrom || leaseTo ? 'valid' : 'unknown'
}

/**
 * How the rights stand on a day. `chain` is what was said of the original and of all that it was cut from: nothing that
 * was cut out may be used longer than the whole. What says nothing of itself stands as the whole does.
 */
export const rightsOn = (chain: readonly Rights[], day: string): RightsState => {
  const states = chain.map((said) => one(said, day))
  return RIGHTS.find((state) => states.includes(state)) ?? 'unknown'
}

/** The bounds that hold for all of the chain together: the latest beginning and the earliest end. */
export const boundsOf = (chain: readonly Rights[]): { from: string; to: string } => {
  const froms = chain.flatMap(({ leaseFrom }) => (leaseFrom ? [leaseFrom] : [])).sort()
  const tos = chain.flatMap(({ leaseTo }) => (leaseTo ? [leaseTo] : [])).sort()
  return { from: froms.at(-1) ?? '', to: tos[0] ?? '' }
}

/** Why nothing of it may go out on that day; null when it may, and also while nobody said anything. */
export const blockedOn = (
  chain: readonly Rights[],
  day: string,
): 'rights-expired' | 'rights-not-yet' | null => {
  const state = rightsOn(chain, day)
  if (state === 'expired') return 'rights-expired'
  return state === 'not-yet' ? 'rights-not-yet' : null
}
