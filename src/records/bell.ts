import type { Payload } from 'payload'
import { logOf } from '@/log'
import { findRow } from './db'

/** Something that wakes a worker for one outbox row. Handed in at boot; losing it loses nothing but time. */
export type Bell = (row: { key: string; job: string }) => Promise<void>

const bells = new WeakMap<Payload, Bell>()
const log = logOf('records')

export const hangBell = (payload: Payload, bell: Bell): void => {
  bells.set(payload, bell)
}

/** Rings for one row. Never fails: the sweeper finds what was not heard. */
export const ring = async (payload: Payload, key: string): Promise<void> => {
  const bell = bells.get(payload)
  if (!bell) return
  try {
    const row = await findRow({ payload, collection: 'outbox', where: { key: { equals: key } } })
    if (row && !row.done) await bell({ key, job: row.job })
  } catch (error) {
    log.warn({ key, err: String(error) }, 'the bell did not ring; the sweeper will')
  }
}
