import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'
import { nowIso, nowMs, wait } from '@/clock'
import { env } from '@/env'
import { change } from '@/records/change'
import { compareAndSet, rowById, type Row } from '@/records/db'
import { MACHINE, type RowEvent, type Telling } from '@/records/event'
import type { DeliveryDeps } from './deps'
import type { DeliveryState } from './states'

export type Delivery = Row<'deliveries'>
type Columns = Record<string, string | number | boolean | null>

/** One process at work on one delivery. `row` is what it last knew to be true. */
export type Session = {
  deps: DeliveryDeps
  row: Delivery
  me: string
  /** Ends when the lease is lost, when a person changed the row, or when the worker stops. */
  signal: AbortSignal
}

const FREE: Columns = { leaseBy: '', leaseUntil: 0 }

/** Takes the lease by compare-and-set; null when another process was first. */
const claim = async (
  payload: Payload,
  row: Delivery,
): Promise<{ row: Delivery; me: string } | null> => {
  const me = randomUUID()
  const taken = await compareAndSet({
    payload,
    collection: 'deliveries',
    id: row.id,
    expect: { revision: row.revision, leaseUntil: row.leaseUntil ?? 0 },
    set: { leaseBy: me, leaseUntil: nowMs() + env.LEASE_MS },
  })
  return taken ? { row: taken, me } : null
}

/** Renews the lease until told to stop; a lease that cannot be renewed ends the work. */
const keepAlive = async (
  session: Session,
  stop: AbortController,
  done: AbortSignal,
): Promise<void> => {
  while (await wait(env.LEASE_MS / 3, done)) {
    const { deps, row, me } = session
    const held = await compareAndSet({
      payload: deps.payload,
      collection: 'deliveries',
      id: row.id,
      // A takedown during the commit changes the revision and not the state: the answer is still waited for.
      expect: { state: row.state, leaseBy: me },
      set: { leaseUntil: nowMs() + env.LEASE_MS },
    }).catch(() => null)
    if (!held && !done.aborted && session.row.state === row.state) return stop.abort()
  }
}

/** Runs `work` under the lease of the row, and gives it back whatever happens. */
export const withLease = async (
  args: { deps: DeliveryDeps; row: Delivery; signal?: AbortSignal },
  work: (session: Session) => Promise<void>,
): Promise<'worked' | 'busy'> => {
  const { deps } = args
  const claimed = await claim(deps.payload, args.row)
  if (!claimed) return 'busy'
  const lost = new AbortController()
  const done = new AbortController()
  const signal = args.signal ? AbortSignal.any([args.signal, lost.signal]) : lost.signal
  const session: Session = { deps, ...claimed, signal }
  const alive = keepAlive(session, lost, done.signal)
  try {
    await work(session)
  } finally {
    done.abort()
    await alive
    await letGo(session)
  }
  return 'worked'
}

const letGo = (session: Session) =>
  compareAndSet({
    payload: session.deps.payload,
    collection: 'deliveries',
    id: session.row.id,
    expect: { leaseBy: session.me },
    set: FREE,
  })

/** Writes down how far a step came without making it an event: polls would flood the audit. */
export const note = async (session: Session, set: Columns): Promise<boolean> => {
  const { deps, row, me } = session
  const written = await compareAndSet({
    payload: deps.payload,
    collection: 'deliveries',
    id: row.id,
    expect: { revision: row.revision, leaseBy: me },
    set,
  })
  if (written) session.row = written
  return written !== null
}

export type Turn = {
  state?: DeliveryState
  action: string
  set?: Columns
  reason?: string
  detail?: RowEvent['detail']
  /** There is something to do at once. */
  tell?: boolean
}

export const stepOf = (delivery: string): Telling => ({
  job: 'delivery.step',
  payload: { delivery },
})

/** Changes the row as the machine, the event riding along. False when a person was faster. */
export const turn = async (session: Session, to: Turn): Promise<boolean> => {
  const { deps, row } = session
  const changed = await change({
    payload: deps.payload,
    collection: 'deliveries',
    id: row.id,
    revision: row.revision,
    set: {
      ...to.set,
      ...(to.state ? { state: to.state } : {}),
      // Waking the next step is of no use while this one holds the lease.
      ...(to.tell ? FREE : {}),
    },
    event: {
      action: to.action,
      actor: MACHINE,
      at: nowIso(),
      story: row.story,
      ...(to.reason ? { reason: to.reason } : {}),
      detail: { channel: row.channel, number: row.number, ...to.detail },
      ...(to.tell ? { tell: [stepOf(row.id)] } : {}),
    },
  })
  if (!changed.ok) return false
  session.row = changed.row
  return true
}

/** Is the lease still ours by our own clock, with time to spare? A process that slept must not act. */
export const stillMine = async (session: Session): Promise<boolean> => {
  if (session.signal.aborted) return false
  const row = await rowById(session.deps.payload, 'deliveries', session.row.id)
  return (
    row !== null && row.leaseBy === session.me && (row.leaseUntil ?? 0) - nowMs() > env.LEASE_MS / 4
  )
}
