import { nowMs } from '@/clock'
import { lineOf } from '@/errors'
import { logOf } from '@/log'
import { findRows } from '@/records/db'
import type { DeliveryDeps } from './deps'
import { disarmHeld } from './listen'
import { stepDelivery } from './step'
import { DRIVEN } from './states'

const log = logOf('deliveries')
const MOST = 200

/** What this process is at, by channel and kind of work. A new sweep leaves these alone and does not wait for them. */
export type Lanes = Map<string, Promise<void>>

/** Copying and uploading may take long: what is due on the same channel must not wait for it. */
const laneOf = (row: { channel: string; state: string }): string =>
  `${row.channel}:${row.state === 'planned' || row.state === 'preparing' ? 'prepare' : 'go'}`

/**
 * Drives every delivery whose time has come or whose worker died, from the rows alone: the queue may lose
 * everything. One at a time on a channel, channels side by side, and what is being prepared beside what is due.
 * Returns how many are being stepped: once they are done, or at once when the caller keeps `lanes`.
 */
export const sweepDeliveries = async (
  deps: DeliveryDeps,
  signal?: AbortSignal,
  lanes?: Lanes,
): Promise<number> => {
  await disarmHeld(deps.payload)
  const now = nowMs()
  const due = await findRows({
    payload: deps.payload,
    collection: 'deliveries',
    where: {
      and: [
        { state: { in: [...DRIVEN] } },
        { nextAt: { greater_than: 0 } },
        { nextAt: { less_than_equal: now } },
        { leaseUntil: { less_than_equal: now } },
      ],
    },
    sort: 'nextAt',
    limit: MOST,
  })
  const byLane = new Map<string, string[]>()
  for (const row of due) byLane.set(laneOf(row), [...(byLane.get(laneOf(row)) ?? []), row.id])
  const started = [...byLane].filter(([lane]) => !lanes?.has(lane))
  const running = started.map(([lane, ids]) => {
    const work = oneByOne(deps, ids, signal).finally(() => lanes?.delete(lane))
    lanes?.set(lane, work)
    return work
  })
  if (!lanes) await Promise.all(running)
  return started.reduce((sum, [, ids]) => sum + ids.length, 0)
}

const oneByOne = async (deps: DeliveryDeps, ids: string[], signal?: AbortSignal): Promise<void> => {
  for (const delivery of ids) {
    if (signal?.aborted) return
    try {
      await stepDelivery({ deps, delivery, ...(signal ? { signal } : {}) })
    } catch (error) {
      log.error({ delivery, err: lineOf(error) }, 'a delivery could not be stepped')
    }
  }
}
