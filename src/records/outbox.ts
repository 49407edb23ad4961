import type { Payload } from 'payload'
import { nowMs } from '@/clock'
import { lineOf } from '@/errors'
import { logOf } from '@/log'
import type { JobName, Jobs } from '@/queue/jobs'
import { ring } from './bell'
import { compareAndSet, findRow, findRows, type Row } from './db'

const log = logOf('records')

/** After so many failures a row is parked for a person. */
const PATIENCE = 12
/** A listener that found its row busy elsewhere is heard again after this. */
const BUSY_MS = 5_000

/**
 * A process that dies counts nothing, so for work that reads what strangers send the death is counted before: it weighs
 * as much as so many failures. Other jobs are not counted, for they die of their neighbours. A clip's deaths stand on
 * its own row (`asset.process`).
 */
const DEATH_WEIGHS: Partial<Record<JobName, number>> = { 'upload.arrived': 4 }

/** A listener may say `later`: somebody else holds the work, ask again. Anything else means done. */
export type Heard = 'later' | 'done' | void
export type Listeners = { [N in JobName]: (payload: Jobs[N]) => Promise<Heard> }

/**
 * Hears one outbox row: runs its listener and marks it done. Listeners are idempotent, for this may run again
 * after a crash between the two. Throws what the listener threw, after counting it.
 */
export const hear = async (payload: Payload, key: string, listeners: Listeners): Promise<void> => {
  const row = await findRow({ payload, collection: 'outbox', where: { key: { equals: key } } })
  if (!row || row.done || row.parked) return
  const weight = DEATH_WEIGHS[row.job as JobName] // written by `settle`
  if (!weight) return hearRow({ payload, row, listeners })
  const work = () => hearMortal({ payload, row, listeners, weight })
  // Under suspicion one at a time: of two that were in hand when a process died, only the guilty one dies again.
  return (row.failures ?? 0) > 0 ? alone(work) : work()
}

type Hearing = { payload: Payload; row: Row<'outbox'>; listeners: Listeners }

const hearRow = async (hearing: Hearing, later: Record<string, number> = {}): Promise<void> => {
  const { payload, row, listeners } = hearing
  try {
    const listener = listeners[row.job as JobName] as (payload: unknown) => Promise<Heard> // as above
    const heard = await listener(JSON.parse(row.payload))
    const set: Record<string, string | number | boolean> =
      heard === 'later' ? { ...later, notBefore: instantIn(BUSY_MS) } : { done: true }
    await compareAndSet({ payload, collection: 'outbox', id: row.id, expect: { done: false }, set })
  } catch (error) {
    await countFailure(payload, row, error)
    throw error
  }
}

const inHand = new Set<string>()

/** Counts a death that may come, then hears; what did not come is taken off again. */
const hearMortal = async (hearing: Hearing & { weight: number }): Promise<void> => {
  const { payload, row, weight } = hearing
  const failures = row.failures ?? 0
  if (inHand.has(row.id)) return
  inHand.add(row.id)
  try {
    const counted = { failures: failures + weight, notBefore: instantIn(pauseAfter(failures)) }
    const set = failures >= PATIENCE ? { parked: true, line: 'died too often' } : counted
    const expect = { done: false, parked: false, failures }
    const begun = await compareAndSet({ payload, collection: 'outbox', id: row.id, expect, set })
    if (begun?.parked) log.error({ key: row.key, job: row.job }, 'a job died too often')
    if (begun && !begun.parked) await hearRow(hearing, { failures })
  } finally {
    inHand.delete(row.id)
  }
}

let last: Promise<unknown> = Promise.resolve()
const alone = <T>(work: () => Promise<T>): Promise<T> => {
  const mine = last.then(work, work)
  last = mine.catch(() => undefined)
  return mine
}

const pauseAfter = (failures: number) => Math.min(60_000, 1_000 * 2 ** Math.min(failures, 6))

const instantIn = (ms: number): string => new Date(nowMs() + ms).toISOString()

const countFailure = async (
  payload: Payload,
  row: Row<'outbox'>,
  error: unknown,
): Promise<void> => {
  const failures = (row.failures ?? 0) + 1
  log.error({ key: row.key, job: row.job, failures, err: lineOf(error) }, 'a job failed')
  await compareAndSet({
    payload,
    collection: 'outbox',
    id: row.id,
    expect: { done: false },
    set: {
      failures,
      parked: failures >= PATIENCE,
      notBefore: instantIn(pauseAfter(failures)),
      line: lineOf(error),
    },
  })
}

/** Rings again for every row that is not done and whose time has come. Returns how many. */
export const ringAgain = async (payload: Payload): Promise<number> => {
  const rows = await findRows({
    payload,
    collection: 'outbox',
    where: {
      and: [
        { done: { equals: false } },
        { parked: { equals: false } },
        // Clips wait for hours, and their lanes look for them by themselves; here they would hide the others.
        { job: { not_equals: 'asset.process' } },
      ],
    },
    sort: 'createdAt',
    limit: 500,
  })
  const due = rows.filter((row) => !row.notBefore || Date.parse(row.notBefore) <= nowMs())
  await Promise.all(due.map((row) => ring(payload, row.key)))
  return due.length
}
