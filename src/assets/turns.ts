/** Stills and sound are quick and must not wait behind an encode of an hour; each weight has its own slots. */
export type Weight = 'light' | 'heavy'

export const weightOf = (kind: string | null | undefined): Weight =>
  kind === 'image' || kind === 'audio' ? 'light' : 'heavy'

/** One clip that waits for a worker, as its rows say. */
export type Waiting = {
  /** The open outbox row that speaks of it. */
  key: string
  asset: string
  desk: string
  weight: Weight
  /** 0 when it is no breaking news. */
  urgentAt: number
  since: number
  /** Workers that died over it since something of it came out whole. */
  losses: number
}

/** What a desk has had: how many of its clips run now, and when the last one was begun. */
export type Served = { desk: string; running: number; startedAt: number }

/** What its workers die of stands behind what killed none, or it would be begun first for ever. */
const byLosses = (a: Waiting, b: Waiting) => a.losses - b.losses
const byAge = (a: Waiting, b: Waiting) =>
  byLosses(a, b) || a.since - b.since || (a.key < b.key ? -1 : 1)

const fairest = (heads: readonly Waiting[], served: ReadonlyMap<string, Served>) => {
  const of = (one: Waiting) => served.get(one.desk) ?? { running: 0, startedAt: 0 }
  return [...heads].sort((a, b) => {
    const [x, y] = [of(a), of(b)]
    return x.running - y.running || x.startedAt - y.startedAt || byAge(a, b)
  })[0]
}

/**
 * In whose turn what waits is begun. Breaking news first, the one called first before the next. Then desks in turn:
 * the one with fewest clips running, then the one served longest ago; within a desk the oldest first. So forty clips
 * of one desk hold up one clip of another by one clip. A clip that lost its worker goes behind its like that did not.
 */
export const inTurn = (waiting: readonly Waiting[], served: readonly Served[]): Waiting[] => {
  const urgent = waiting
    .filter(({ urgentAt }) => urgentAt > 0)
    .sort((a, b) => byLosses(a, b) || a.urgentAt - b.urgentAt || byAge(a, b))
  const desks = new Map<string, Waiting[]>()
  for (const one of waiting.filter(({ urgentAt }) => urgentAt === 0).sort(byAge))
    desks.set(one.desk, [...(desks.get(one.desk) ?? []), one])
  const had = new Map(served.map((one) => [one.desk, one]))
  let clock = Math.max(0, ...served.map(({ startedAt }) => startedAt))
  const order: Waiting[] = []
  for (;;) {
    const heads = [...desks.values()].flatMap(([first]) => (first ? [first] : []))
    const next = fairest(heads, had)
    if (!next) return [...urgent, ...order]
    order.push(next)
    desks.get(next.desk)?.shift()
    // As if it were begun now: whoever stands after it is judged by that.
    clock += 1
    const running = (had.get(next.desk)?.running ?? 0) + 1
    had.set(next.desk, { desk: next.desk, running, startedAt: clock })
  }
}
