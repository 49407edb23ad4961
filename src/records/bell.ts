import type { Payload } from 'payload'
import { wait } from '@/clock'
import { lineOf } from '@/errors'
import { logOf } from '@/log'
import { findRow } from './db'

/** Something that wakes a worker for one outbox row. Handed in at boot; losing it loses nothing but time. */
export type Bell = (row: { key: string; job: string }) => Promise<void>

const log = logOf('records')
/** A bell that does not answer in this time is left ringing; nobody waits for Redis. */
const BELL_PATIENCE_MS = 1_000
/** Next may load this module twice in one process; the bell hangs where both copies find it. */
const HOOK = Symbol.for('hoi-tu.bell')
const hall = globalThis as { [HOOK]?: Bell }

export const hangBell = (bell: Bell): void => {
  hall[HOOK] = bell
}

/** Rings for one row. Never fails and never waits long: the sweeper finds what was not heard. */
export const ring = async (payload: Payload, key: string): Promise<void> => {
  const bell = hall[HOOK]
  if (!bell) return
  try {
    const row = await findRow({ payload, collection: 'outbox', where: { key: { equals: key } } })
    if (row && !row.done) await Promise.race([bell({ key, job: row.job }), wait(BELL_PATIENCE_MS)])
  } catch (error) {
    log.warn({ key, err: lineOf(error) }, 'the bell did not ring; the sweeper will')
  }
}
