import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'
import { record } from '@/audit/record'
import { nowMs, wait } from '@/clock'
import { logOf } from '@/log'
import type { Store } from '@/media/store'
import { MACHINE } from '@/records/event'
import { compareAndSet, findRow, findRows, insertRow, rowById, type Row } from '@/records/db'
import { holdLease } from '@/records/lease'

const log = logOf('assets')

/**
 * Objects of the store that no row names. What is found is only written down at first; it goes a day later at the
 * earliest, and only if nothing names it then either. The site's `public/` is not looked at: the site clears that itself.
 */
const LOOKED_AT = ['originals/', 'renditions/'] as const
const DAY_MS = 24 * 3600 * 1000
const PAUSE_MS = 2_000

type Looking = { payload: Payload; store: Store; pauseMs?: number }
export type Found = { key: string; bytes: number }
type Report = {
  ok: true
  objects: number
  /** Named by nothing at this moment, those of earlier reports too. */
  orphans: Found[]
  /** Of them those that stood in a report a day ago: these `remove` would take. */
  due: Found[]
}
type Refused = { ok: false; line: string }

const isBusy = ({ state }: Pick<Row<'assets'>, 'state'>) => state !== 'ready' && state !== 'failed'

/** Says of any key whether a row names it. Read after the list, so that what came meanwhile is known. */
const namedBy = async (payload: Payload) => {
  const [assets, renditions] = await Promise.all([
    findRows({ payload, collection: 'assets', where: {}, select: { storeKey: true, state: true } }),
    // Without their lists of files, which together may be larger than the memory.
    findRows({ payload, collection: 'renditions', where: {}, select: { prefix: true } }),
  ])
  const originals = new Set(assets.map(({ storeKey }) => storeKey))
  const prefixes = new Set(renditions.map(({ prefix }) => prefix))
  // A worker that comes back writes on under the prefix it began, and names it then.
  const busy = assets.filter(isBusy).map(({ id }) => `renditions/${id}/`)
  const named = (key: string) =>
    originals.has(key) ||
    foldersOf(key).some((f) => prefixes.has(f)) ||
    busy.some((folder) => key.startsWith(folder))
  return { named, rows: assets.length + renditions.length }
}

/** `a/b/c` lies in `a/` and in `a/b/`. */
const foldersOf = (key: string): string[] => {
  const parts = key.split('/').slice(0, -1)
  return parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/`)
}

const listAll = async (store: Store): Promise<string[]> =>
  (await Promise.all(LOOKED_AT.map((prefix) => store.list(prefix)))).flat()

/** Looks twice with a pause: what is on its way comes or goes between the two. */
const look = async ({ payload, store, pauseMs = PAUSE_MS }: Looking) => {
  const first = new Set(await listAll(store))
  await wait(pauseMs)
  const both = (await listAll(store)).filter((key) => first.has(key))
  const { named, rows } = await namedBy(payload)
  return { objects: both.length, rows, orphans: both.filter((key) => !named(key)) }
}

const EMPTY = [
  'Kho có tệp mà cơ sở dữ liệu không ghi tệp nào: đây là cơ sở dữ liệu của tòa soạn khác, hoặc còn trống. Không báo gì.',
  'The store holds files and the database names none: this is another newsroom’s database, or an empty one. Nothing is reported.',
].join(' · ')

/** Writes down what no row names, and says what a removal would take. Removes nothing. */
export const reportOrphans = async (looking: Looking): Promise<Report | Refused> => {
  const { payload, store } = looking
  const { objects, rows, orphans } = await look(looking)
  if (objects > 0 && rows === 0) return { ok: false, line: EMPTY }
  const known = await findRows({ payload, collection: 'orphans', where: {} })
  const byKey = new Map(known.map((row) => [row.key, row]))
  const found: (Found & { since: number })[] = []
  for (const key of orphans) {
    const bytes = (await store.stat(key))?.bytes ?? 0
    found.push({ key, bytes, since: await noteDown(payload, byKey.get(key), { key, bytes }) })
  }
  const still = new Set(orphans)
  for (const row of known)
    if (row.state === 'reported' && !still.has(row.key)) await settle(payload, row, 'kept')
  const due = found.filter(({ since }) => nowMs() - since >= DAY_MS)
  await say(payload, 'files.orphans', found, { objects, due: due.length })
  return { ok: true, objects, orphans: found, due }
}

const LEASE = 'orphans'

/**
 * Once a day, by whichever worker asks first; the first time a day after the first worker ever asked. Reports only: what
 * is removed is removed by hand (`npm run collect -- --remove`).
 */
export const reportOrphansDaily = async (looking: Looking): Promise<void> => {
  const { payload } = looking
  const before = await findRow({ payload, collection: 'leases', where: { name: { equals: LEASE } } }) // prettier-ignore
  // Another name each time, so that it is nobody's to renew: who gets it does the day's look.
  const day = { payload, name: LEASE, holder: randomUUID(), forMs: DAY_MS }
  if (!(await holdLease(day)) || !before) return
  const report = await reportOrphans(looking)
  if (!report.ok)
    return log.warn({ line: report.line }, 'no look at what the store holds for nobody')
  const files = report.orphans.length
  if (files > 0) log.warn({ files, due: report.due.length }, 'the store holds files for nobody')
}

/** Since when the key stands in the reports. */
const noteDown = async (
  payload: Payload,
  row: Row<'orphans'> | undefined,
  { key, bytes }: Found,
): Promise<number> => {
  if (row?.state === 'reported') return row.reportedAt
  const reportedAt = nowMs()
  if (row) {
    const set = { state: 'reported', bytes, reportedAt }
    await compareAndSet({ payload, collection: 'orphans', id: row.id, expect: { key }, set })
  } else {
    const data = { key, state: 'reported', bytes, reportedAt, removedAt: 0 }
    await insertRow({ payload, collection: 'orphans', data })
  }
  return reportedAt
}

const settle = (payload: Payload, row: Row<'orphans'>, state: 'kept' | 'removed') =>
  compareAndSet({
    payload,
    collection: 'orphans',
    id: row.id,
    expect: { state: 'reported' },
    set: { state, ...(state === 'removed' ? { removedAt: nowMs() } : {}) },
  })

/** Removes what was reported at least a day before and is named by nothing still. */
export const removeOrphans = async (looking: Looking): Promise<Report | Refused> => {
  const { payload, store } = looking
  const report = await reportOrphans(looking)
  if (!report.ok) return report
  const gone: Found[] = []
  for (const one of report.due) {
    const row = await findRow({
      payload,
      collection: 'orphans',
      where: { key: { equals: one.key } },
    })
    if (row?.state !== 'reported' || (await isNamed(payload, one.key))) continue
    await store.remove(one.key)
    await settle(payload, row, 'removed')
    gone.push(one)
  }
  if (gone.length > 0) await say(payload, 'files.orphans-removed', gone, {})
  return { ...report, due: gone }
}

/** Asked once more of the rows themselves, at the moment before the object goes. */
const isNamed = async (payload: Payload, key: string): Promise<boolean> => {
  const [asset, rendition] = await Promise.all([
    findRow({ payload, collection: 'assets', where: { storeKey: { equals: key } } }),
    findRow({ payload, collection: 'renditions', where: { prefix: { in: foldersOf(key) } } }),
  ])
  if (asset !== null || rendition !== null) return true
  const [, owner] = /^renditions\/([^/]+)\//.exec(key) ?? []
  const row = owner ? await rowById(payload, 'assets', owner) : null
  return row !== null && isBusy(row)
}

const SHOWN = 50

/** One audit line a run. The keys themselves stand in the rows of `orphans`; the first of them here too. */
const say = (
  payload: Payload,
  action: string,
  found: Found[],
  more: Record<string, number>,
): Promise<void> =>
  record({
    payload,
    actor: MACHINE,
    action,
    outcome: 'done',
    subject: 'orphans',
    subjectId: '',
    detail: {
      files: found.length,
      bytes: found.reduce((sum, { bytes }) => sum + bytes, 0),
      ...more,
      first: found
        .slice(0, SHOWN)
        .map(({ key }) => key)
        .join(' '),
    },
  })
