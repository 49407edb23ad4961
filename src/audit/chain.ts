import { createHash } from 'node:crypto'
import type { Payload } from 'payload'
import { compareAndSet, findRow, findRows, insertRow, type Row } from '@/records/db'
import { holdLease } from '@/records/lease'

export const GENESIS = '0'.repeat(64)
const LEASE_MS = 15_000
const BATCH = 500

type Entry = Row<'audit-entries'>

/** SHA-256 over the link before and every column of the entry that means something, in one fixed order. */
export const linkHash = (prev: string, entry: Entry): string => {
  const columns = [
    entry.key,
    entry.at,
    entry.actorId ?? '',
    entry.actorName ?? '',
    entry.actorRoles ?? '',
    entry.action,
    entry.outcome,
    entry.subject ?? '',
    entry.subjectId ?? '',
    entry.story ?? '',
    entry.reason ?? '',
    entry.detail ?? '',
  ]
  return createHash('sha256')
    .update(JSON.stringify([prev, ...columns]))
    .digest('hex')
}

/** The last link, or none in a new house. */
export const headOf = (payload: Payload): Promise<Row<'audit-links'> | null> =>
  findRow({ payload, collection: 'audit-links', where: { seq: { greater_than: 0 } }, sort: '-seq' })

/**
 * Links what is not linked yet, oldest first. One leaseholder at a time does it; should two, the unique `seq` lets
 * one of them go on. Returns how many entries were linked.
 */
export const linkEntries = async (payload: Payload, holder: string): Promise<number> => {
  if (!(await holdLease({ payload, name: 'audit-chain', holder, forMs: LEASE_MS }))) return 0
  const entries = await findRows({
    payload,
    collection: 'audit-entries',
    where: { linked: { equals: false } },
    sort: 'at',
    limit: BATCH,
  })
  let head = await headOf(payload)
  let linked = 0
  for (const entry of entries) {
    const next = await linkOne(payload, entry, head)
    if (next === 'lost') return linked
    head = next
    linked += 1
  }
  return linked
}

const linkOne = async (
  payload: Payload,
  entry: Entry,
  head: Row<'audit-links'> | null,
): Promise<Row<'audit-links'> | null | 'lost'> => {
  const prev = head?.hash ?? GENESIS
  const made = await insertRow({
    payload,
    collection: 'audit-links',
    data: { seq: (head?.seq ?? 0) + 1, entryKey: entry.key, prev, hash: linkHash(prev, entry) },
  })
  if (!made.ok) {
    const already = await findRow({
      payload,
      collection: 'audit-links',
      where: { entryKey: { equals: entry.key } },
    })
    if (!already) return 'lost' // another holder took this number
  }
  await compareAndSet({
    payload,
    collection: 'audit-entries',
    id: entry.id,
    expect: { linked: false },
    set: { linked: true },
  })
  return made.ok ? made.row : head
}
