import type { Payload } from 'payload'
import { compareAndSet, findRows, insertRow, type Row } from './db'
import type { RowEvent } from './event'
import { ring } from './bell'

/** Collections whose rows carry `revision`, `pending` and `pendingEvent` (see `fields.ts`). */
export const EVENTED = [
  'desk-items',
  'deliveries',
  'assets',
  'asset-notes',
  'uploads',
  'captions',
  'channels',
  'switches',
] as const
export type EventedSlug = (typeof EVENTED)[number]

/**
 * Copies a row's pending event to the audit and the outbox under the unique key (row, revision), then lets go of it.
 * May run twice, in two processes, or die half-way: the keys make the second time a no-op.
 */
export const settle = async <S extends EventedSlug>(args: {
  payload: Payload
  collection: S
  row: Row<S>
}): Promise<void> => {
  const { payload, collection, row } = args
  if (!row.pending || !row.pendingEvent) return
  const event = JSON.parse(row.pendingEvent) as RowEvent // written by `change` alone
  const key = `${collection}:${row.id}:${row.revision}`

  await insertRow({ payload, collection: 'audit-entries', data: auditRow(key, event, args) })
  const rung: string[] = []
  for (const [index, told] of (event.tell ?? []).entries()) {
    const outboxKey = `${key}:${index}`
    await insertRow({
      payload,
      collection: 'outbox',
      data: {
        key: outboxKey,
        job: told.job,
        payload: JSON.stringify(told.payload),
        done: false,
        parked: false,
        failures: 0,
        notBefore: '',
      },
    })
    rung.push(outboxKey)
  }
  await compareAndSet({
    payload,
    collection,
    id: row.id,
    expect: { revision: row.revision },
    set: { pending: false },
  })
  await Promise.all(rung.map((outboxKey) => ring(payload, outboxKey)))
}

const auditRow = (
  key: string,
  event: RowEvent,
  on: { collection: string; row: { id: string } },
) => ({
  key,
  at: event.at,
  actorId: event.actor.id,
  actorName: event.actor.name,
  actorRoles: event.actor.roles,
  action: event.action,
  outcome: 'done',
  subject: on.collection,
  subjectId: on.row.id,
  story: event.story ?? '',
  reason: event.reason ?? '',
  detail: JSON.stringify(event.detail ?? {}),
  linked: false,
})

/** Finds what a dead process left behind and settles it. Returns how many. */
export const settleAll = async (payload: Payload): Promise<number> => {
  let settled = 0
  for (const collection of EVENTED) {
    const rows = await findRows({
      payload,
      collection,
      where: { pending: { equals: true } },
      limit: 200,
    })
    for (const row of rows) await settle({ payload, collection, row })
    settled += rows.length
  }
  return settled
}
