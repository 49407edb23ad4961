import type { Payload } from 'payload'
import type { RowEvent } from './event'
import { compareAndSet, rowById, type Row } from './db'
import { settle, type EventedSlug } from './settle'

/**
 * The one way to change an evented row: compare-and-set from `revision` to `revision + 1`, the event riding along.
 * `stale` when somebody else was first: read again and decide again.
 */
export const change = async <S extends EventedSlug>(args: {
  payload: Payload
  collection: S
  id: string
  revision: number
  set: Record<string, string | number | boolean | null>
  event: RowEvent
}): Promise<{ ok: true; row: Row<S> } | { ok: false; reason: 'stale' | 'absent' }> => {
  const { payload, collection, id, revision } = args
  const before = await rowById(payload, collection, id)
  if (!before) return { ok: false, reason: 'absent' }
  if (before.revision !== revision) return { ok: false, reason: 'stale' }
  // The last event first: it must not be written over before it is copied out.
  if (before.pending) await settle({ payload, collection, row: before })

  const row = await compareAndSet({
    payload,
    collection,
    id,
    expect: { revision },
    set: {
      ...args.set,
      revision: revision + 1,
      pending: true,
      pendingEvent: JSON.stringify(args.event),
    },
  })
  if (!row) return { ok: false, reason: 'stale' }
  await settle({ payload, collection, row })
  return { ok: true, row }
}

/** Reads, decides and changes until nobody was faster, at most `tries` times. */
export const changeLatest = async <S extends EventedSlug, R>(args: {
  payload: Payload
  collection: S
  id: string
  decide: (
    row: Row<S>,
  ) => Promise<
    { set: Record<string, string | number | boolean | null>; event: RowEvent } | { stop: R }
  >
  tries?: number
}): Promise<
  { ok: true; row: Row<S> } | { ok: false; stop: R } | { ok: false; reason: 'stale' | 'absent' }
> => {
  for (let left = args.tries ?? 8; left > 0; left--) {
    const row = await rowById(args.payload, args.collection, args.id)
    if (!row) return { ok: false, reason: 'absent' }
    const decided = await args.decide(row)
    if ('stop' in decided) return { ok: false, stop: decided.stop }
    const changed = await change({ ...args, revision: row.revision, ...decided })
    if (changed.ok || changed.reason === 'absent') return changed
  }
  return { ok: false, reason: 'stale' }
}
