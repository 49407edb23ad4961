import type { Payload } from 'payload'
import { logOf } from '@/log'
import { findRow, findRows } from '@/records/db'
import { readSnapshot, type EditionRow, type Snapshot } from './snapshot'

export type Shown = { snapshot: Snapshot; digest: string }
export type AtPath = { is: 'live'; shown: Shown } | { is: 'gone' | 'absent' | 'tampered' }

/** All that the public doors know of the newsroom. It reads the edition rows each time: nothing is remembered. */
export type Reading = {
  at: (path: string) => Promise<AtPath>
  /** By the folder of its files. */
  byMediaRoot: (mediaRoot: string) => Promise<AtPath>
  /** Live editions, newest first; those that do not match their hash are left out. */
  latest: (args: { section?: string; limit: number }) => Promise<Shown[]>
}

const log = logOf('site')

const judged = (row: EditionRow | null): AtPath => {
  if (!row || row.state === 'staged') return { is: 'absent' }
  if (row.state !== 'live') return { is: 'gone' }
  const snapshot = readSnapshot(row)
  if (snapshot) return { is: 'live', shown: { snapshot, digest: row.digest } }
  log.error(
    { edition: row.id, path: row.path },
    'an edition does not match its hash and is not shown',
  )
  return { is: 'tampered' }
}

/** Where two editions of one page are live for a moment, the newer counts. */
const newestOfEach = (rows: EditionRow[]): EditionRow[] =>
  rows.filter((row) => !rows.some((one) => one.path === row.path && one.number > row.number))

export const readEditions = (payload: Payload): Reading => ({
  at: async (path) =>
    judged(
      await findRow({
        payload,
        collection: 'editions',
        where: { path: { equals: path } },
        sort: '-number',
      }),
    ),
  byMediaRoot: async (mediaRoot) =>
    judged(
      await findRow({
        payload,
        collection: 'editions',
        where: { mediaRoot: { equals: mediaRoot } },
      }),
    ),
  latest: async ({ section, limit }) => {
    const live = { state: { equals: 'live' } }
    const rows = await findRows({
      payload,
      collection: 'editions',
      where: section ? { and: [live, { section: { equals: section } }] } : live,
      sort: '-publishedAt',
      limit,
    })
    return newestOfEach(rows).flatMap((row) => {
      const found = judged(row)
      return found.is === 'live' ? [found.shown] : []
    })
  },
})
