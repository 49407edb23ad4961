import type { Payload } from 'payload'
import { nowMs } from '@/clock'
import { compareAndSet, findRow, insertRow } from './db'

/**
 * Takes or renews the named lease for `forMs`. True while the holder is the one. A lease that ran out may be
 * taken by anybody; only one of those who try gets it.
 */
export const holdLease = async (args: {
  payload: Payload
  name: string
  holder: string
  forMs: number
}): Promise<boolean> => {
  const { payload, name, holder } = args
  const row = await findRow({ payload, collection: 'leases', where: { name: { equals: name } } })
  const until = nowMs() + args.forMs
  if (!row) {
    const made = await insertRow({
      payload,
      collection: 'leases',
      data: { name, holder, until, revision: 0 },
    })
    return made.ok
  }
  const free = row.holder === holder || (row.until ?? 0) < nowMs()
  if (!free) return false
  const revision = row.revision ?? 0
  const taken = await compareAndSet({
    payload,
    collection: 'leases',
    id: row.id,
    expect: { revision },
    set: { holder, until, revision: revision + 1 },
  })
  return taken !== null
}
