import type { Route } from './rules'

/**
 * One planned misfortune at the nth call of a route, counted from the moment it is planned.
 * `-before`: nothing happened on the platform. `-after`: everything happened, only the answer is lost.
 */
export type Fault = {
  route: Route
  nth: number
  do:
    | 'drop-before'
    | 'drop-after'
    | 'fail-before'
    | 'fail-after'
    | 'unauthorized'
    | 'quota'
    | 'rate'
    | 'refuse'
    | 'keep-fewer'
    | 'delay'
  /** For fail-*, refuse: the HTTP status. */
  status?: number
  /** For refuse: the platform's reason word. */
  reason?: string
  /** For keep-fewer: how many bytes of the chunk are kept. */
  bytes?: number
  /** For delay. */
  ms?: number
}

export type FaultPlan = {
  plan: (faults: Fault[]) => void
  /** The faults of this call; counts it. */
  next: (route: Route) => Fault[]
  /** Faults planned that never came to pass: a test that planned them proved nothing. */
  unused: () => Fault[]
}

export const faultPlan = (first: Fault[]): FaultPlan => {
  let planned: Fault[] = []
  let used = new Set<Fault>()
  let counts = new Map<Route, number>()
  const plan = (faults: Fault[]) => {
    planned = faults
    used = new Set()
    counts = new Map()
  }
  plan(first)
  return {
    plan,
    next: (route) => {
      const nth = (counts.get(route) ?? 0) + 1
      counts.set(route, nth)
      const hits = planned.filter((fault) => fault.route === route && fault.nth === nth)
      for (const fault of hits) used.add(fault)
      return hits
    },
    unused: () => planned.filter((fault) => !used.has(fault)),
  }
}
