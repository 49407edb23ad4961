import { nowMs } from '@/clock'
import { lineOf } from '@/errors'
import { logOf } from '@/log'
import { findRows } from '@/records/db'
import type { DeliveryDeps } from './deps'
import { disarmHeld } from './listen'
import { disarmLapsed } from './rights'
import { stepDelivery } from './step'
import { DRIVEN, type DeliveryState } from './states'

const log = logOf('deliveries')
const MOST = 200

/** What this process is at, by channel and kind of work. A new sweep leaves these alone and does not wait for them. */
export type Lanes = Map<string, Promise<void>>

const BEFORE: readonly DeliveryState[] = ['planned', 'preparing']

/** Copying and uploading may take long: what is due on the same channel must not wait for it. */
const KINDS = [
  { kind: 'prepare', states: DRIVEN.filter((state) => BEFORE.includes(state)) },
  { kind: 'go', states: DRIVEN.filter((state) => !BEFORE.includes(state)) },
] as const

type Kind = (typeof KINDS)[number]

/** Channels that are at this kind of work. Their rows would stand first in every look and hide the others. */
const busyAt = (kind: string, lanes?: Lanes): string[] =>
  [...(lanes?.keys() ?? [])]
    .filter((lane) => lane.endsWith(`:${kind}`))
    .map((lane) => lane.slice(0, -kind.length - 1))

/** What is due of one kind of work, by channel, but for the channels that are at it. */
const dueLanes = async (
  { payload }: DeliveryDeps,
  { kind, states }: Kind,
  lanes?: Lanes,
): Promise<Map<string, string[]>> => {
  const now = nowMs()
  const busy = busyAt(kind, lanes)
  const due = await findRows({
    payload,
    collection: 'deliveries',
    where: {
      and: [
        { state: { in: states } },
        { nextAt: { greater_than: 0 } },
        { nextAt: { less_than_equal: now } },
        { leaseUntil: { less_than_equal: now } },
        ...(busy.length > 0 ? [{ channel: { not_in: busy } }] : []),
      ],
    },
    sort: 'nextAt',
    limit: MOST,
  })
  const byLane = new Map<string, string[]>()
  for (const { id, channel } of due) {
    const lane = `${channel}:${kind}`
    byLane.set(lane, [...(byLane.get(lane) ?? []), id])
  }
  return byLane
}

/**
 * Drives every delivery whose time has come or whose worker died, from the rows alone: the queue may lose
 * everything. One sweeping process steps one at a time on a channel and kind of work, these side by side; a bell, or
 * another process, may step another beside it. What keeps one delivery from being stepped twice is its lease.
 * Returns how many are being stepped: once they are done, or at once when the caller keeps `lanes`.
 */
export const sweepDeliveries = async (
  deps: DeliveryDeps,
  signal?: AbortSignal,
  lanes?: Lanes,
): Promise<number> => {
  await disarmHeld(deps.payload)
  await disarmLapsed(deps.payload)
  const found = await Promise.all(KINDS.map((kind) => dueLanes(deps, kind, lanes)))
  const started = found.flatMap((byLane) => [...byLane]).filter(([lane]) => !lanes?.has(lane))
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
