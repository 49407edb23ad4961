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

/**
 * Drives every delivery whose time has come or whose worker died, from the rows alone: the queue may lose
 * everything. One at a time on a channel, channels side by side. Returns how many were stepped.
 */
export const sweepDeliveries = async (
  deps: DeliveryDeps,
  signal?: AbortSignal,
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
  const byChannel = new Map<string, string[]>()
  for (const row of due) byChannel.set(row.channel, [...(byChannel.get(row.channel) ?? []), row.id])
  await Promise.all([...byChannel.values()].map((ids) => oneByOne(deps, ids, signal)))
  return due.length
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
