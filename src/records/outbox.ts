import type { Payload } from 'payload'
import { nowMs } from '@/clock'
import { lineOf } from '@/errors'
import { logOf } from '@/log'
import type { JobName, Jobs } from '@/queue/jobs'
import { compareAndSet, findRow, findRows } from './db'
import { ring } from './bell'

const log = logOf('records')

/** After so many failures a row is parked for a person. */
const PATIENCE = 12

export type Listeners = { [N in JobName]: (payload: Jobs[N]) => Promise<void> }

/**
 * Hears one outbox row: runs its listener and marks it done. Listeners are idempotent, for this may run again
 * after a crash between the two. Throws what the listener threw, after counting it.
 */
export const hear = async (payload: Payload, key: string, listeners: Listeners): Promise<void> => {
  const row = await findRow({ payload, collection: 'outbox', where: { key: { equals: key } } })
  if (!row || row.done || row.parked) return
  try {
    const listener = listeners[row.job as JobName] as (payload: unknown) => Promise<void> // written by `settle`
    await listener(JSON.parse(row.payload))
  } catch (error) {
    const failures = (row.failures ?? 0) + 1
    const backoffMs = Math.min(60_000, 1_000 * 2 ** Math.min(failures, 6))
    await compareAndSet({
      payload,
      collection: 'outbox',
      id: row.id,
      expect: { done: false },
      set: {
        failures,
        parked: failures >= PATIENCE,
        notBefore: new Date(nowMs() + backoffMs).toISOString(),
        line: lineOf(error),
      },
    })
    log.error({ key, job: row.job, failures, err: lineOf(error) }, 'a job failed')
    throw error
  }
  await compareAndSet({ payload, collection: 'outbox', id: row.id, expect: { done: false }, set: { done: true } })
}

/** Rings again for every row that is not done and whose time has come. Returns how many. */
export const ringAgain = async (payload: Payload): Promise<number> => {
  const rows = await findRows({
    payload,
    collection: 'outbox',
    where: { and: [{ done: { equals: false } }, { parked: { equals: false } }] },
    limit: 500,
  })
  const due = rows.filter((row) => !row.notBefore || Date.parse(row.notBefore) <= nowMs())
  await Promise.all(due.map((row) => ring(payload, row.key)))
  return due.length
}
