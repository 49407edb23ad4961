import type { Payload, Where } from 'payload'
import { nowMs } from '@/clock'
import { findRows, type Row } from '@/records/db'
import { inTurn, weightOf, type Served, type Waiting, type Weight } from './turns'

const RECENT = 200
/** So many of the oldest jobs are looked at for a free slot; whatever was called breaking news beside them. */
const LOOKED_AT = 300

/** The desk of each asset: the section of the story that its newest accepted upload came for, or none. */
export const desksOf = async (
  payload: Payload,
  assets: readonly string[],
): Promise<Map<string, string>> => {
  const uploads = await findRows({
    payload,
    collection: 'uploads',
    where: { and: [{ asset: { in: [...assets] } }, { state: { equals: 'accepted' } }] },
    sort: 'createdAt',
  })
  const ids = [...new Set(uploads.flatMap(({ story }) => (story ? [story] : [])))]
  const stories =
    ids.length === 0
      ? []
      : await findRows({ payload, collection: 'stories', where: { id: { in: ids } } })
  const sections = new Map(stories.map(({ id, section }) => [id, idOf(section)]))
  return new Map(uploads.map(({ asset, story }) => [asset ?? '', sections.get(story ?? '') ?? '']))
}

const idOf = (section: unknown): string => {
  if (typeof section === 'object' && section !== null && 'id' in section) return String(section.id)
  return section === null || section === undefined ? '' : String(section)
}

type Open = { key: string; asset: string }

const openRows = (payload: Payload, ...more: Where[]) =>
  findRows({
    payload,
    collection: 'outbox',
    where: {
      and: [
        { job: { equals: 'asset.process' } },
        { done: { equals: false } },
        { parked: { equals: false } },
        ...more,
      ],
    },
    sort: 'createdAt',
    limit: LOOKED_AT,
  })

const urgentRows = async (payload: Payload) => {
  const urgent = await findRows({
    payload,
    collection: 'assets',
    where: {
      and: [{ urgentAt: { greater_than: 0 } }, { state: { in: ['stored', 'processing'] } }],
    },
    limit: LOOKED_AT,
  })
  if (urgent.length === 0) return []
  return openRows(payload, {
    payload: { in: urgent.map(({ id }) => JSON.stringify({ asset: id })) },
  })
}

/** What the outbox says is still to be transcoded, each asset once. */
const openJobs = async (payload: Payload): Promise<Open[]> => {
  const rows = [...(await urgentRows(payload)), ...(await openRows(payload))]
  const due = rows.filter((row) => !row.notBefore || Date.parse(row.notBefore) <= nowMs())
  const open = due.map(({ key, payload: text }) => ({
    key,
    asset: String((JSON.parse(text) as { asset?: string }).asset ?? ''), // written by `settle`
  }))
  return open.filter((one, at) => open.findIndex(({ asset }) => asset === one.asset) === at)
}

/** How each desk was served lately, counted over the clips of one weight. */
const servedLately = async (payload: Payload, weight: Weight): Promise<Served[]> => {
  const recent = await findRows({
    payload,
    collection: 'assets',
    where: { startedAt: { greater_than: 0 } },
    sort: '-startedAt',
    limit: RECENT,
  })
  const served = new Map<string, Served>()
  for (const row of recent.filter(({ kind }) => weightOf(kind) === weight)) {
    const desk = row.desk ?? ''
    const known = served.get(desk) ?? { desk, running: 0, startedAt: 0 }
    const running = known.running + Number((row.leaseUntil ?? 0) > nowMs())
    served.set(desk, { desk, running, startedAt: Math.max(known.startedAt, row.startedAt ?? 0) })
  }
  return [...served.values()]
}

const isFree = (row: Row<'assets'>) =>
  (row.leaseUntil ?? 0) < nowMs() && (row.waitUntil ?? 0) <= nowMs()

/**
 * What waits, in its turn. Decided over rows alone at the moment of the claim: the queue in Redis only rings, so
 * breaking news that was called a second ago is first, and an emptied Redis changes no order.
 */
export const waitingInTurn = async (payload: Payload, weight: Weight): Promise<Waiting[]> => {
  const open = await openJobs(payload)
  if (open.length === 0) return []
  const ids = open.map(({ asset }) => asset)
  const [rows, desks, served] = await Promise.all([
    findRows({ payload, collection: 'assets', where: { id: { in: ids } } }),
    desksOf(payload, ids),
    servedLately(payload, weight),
  ])
  const free = new Map(rows.filter(isFree).map((row) => [row.id, row]))
  const waiting = open.flatMap(({ key, asset }) => {
    const row = free.get(asset)
    if (!row || weightOf(row.kind) !== weight) return []
    const since = Date.parse(row.createdAt)
    const desk = desks.get(asset) ?? ''
    // A name that was left on the lease is of a worker that died: the loss that nobody counted yet.
    const losses = (row.losses ?? 0) + (row.leaseBy ? 1 : 0)
    return [{ key, asset, desk, weight, urgentAt: row.urgentAt ?? 0, since, losses }]
  })
  return inTurn(waiting, served)
}

/** The outbox row that a worker with a free slot hears next, those that it hears already left out. */
export const nextInTurn = async (
  payload: Payload,
  weight: Weight,
  busy: ReadonlySet<string>,
): Promise<string | null> =>
  (await waitingInTurn(payload, weight)).find(({ key }) => !busy.has(key))?.key ?? null
