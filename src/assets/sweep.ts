import { readdir, rm } from 'node:fs/promises'
import type { Payload } from 'payload'
import { nowMs } from '@/clock'
import { lineOf } from '@/errors'
import { logOf } from '@/log'
import type { Store } from '@/media/store'
import type { Telling } from '@/records/event'
import { ring } from '@/records/bell'
import { findRow, findRows, insertRow, rowById } from '@/records/db'
import { removeUnnamed } from './keep'
import { removeLosers } from './losers'
import { finishStop } from './stopped'
import { workFolder } from './work-folder'

const log = logOf('assets')

/** The oldest first: a job whose word was lost is told of again when those before it are done. */
const SWEPT_AT_ONCE = 200

/** Rings a worker again for work that no open outbox row speaks of any more. */
export const tellAgain = async (payload: Payload, id: string, telling: Telling): Promise<void> => {
  const text = JSON.stringify(telling.payload)
  const open = await findRow({
    payload,
    collection: 'outbox',
    where: {
      and: [
        { job: { equals: telling.job } },
        { payload: { equals: text } },
        { done: { equals: false } },
        { parked: { equals: false } },
      ],
    },
  })
  if (open) return
  const key = `again:${id}:${nowMs()}`
  await insertRow({
    payload,
    collection: 'outbox',
    data: {
      key,
      job: telling.job,
      payload: text,
      done: false,
      parked: false,
      failures: 0,
      notBefore: '',
    },
  })
  await ring(payload, key)
}

/**
 * Assets that nobody works on, and work folders of those that are finished. Whoever has such a folder worked on the
 * asset and may have been overtaken, so its files in the store are looked through once more.
 */
export const sweepAssets = async (payload: Payload, store: Store): Promise<void> => {
  const rows = await findRows({
    payload,
    collection: 'assets',
    where: {
      and: [{ state: { in: ['stored', 'processing'] } }, { leaseUntil: { less_than: nowMs() } }],
    },
    sort: 'createdAt',
    limit: SWEPT_AT_ONCE,
  })
  for (const row of rows.filter(({ pending }) => !pending)) {
    const telling = { job: 'asset.process' as const, payload: { asset: row.id } }
    await alone(row.id, () => tellAgain(payload, row.id, telling))
  }
  await sweepStopped(payload, store)
  for (const asset of await readdir(workFolder('')).catch(() => [])) {
    await alone(asset, () => clearFolder({ payload, store, asset }))
  }
}

/** One row's trouble keeps no other waiting; it is looked at again by the next sweep. */
export const alone = (row: string, work: () => Promise<void>): Promise<void> =>
  work().catch((error: unknown) =>
    log.error({ row, err: lineOf(error) }, 'an upload or asset could not be swept'),
  )

/** Somebody asked for a stop and the worker died before it could say that it stopped. */
const sweepStopped = async (payload: Payload, store: Store): Promise<void> => {
  const rows = await findRows({
    payload,
    collection: 'assets',
    where: { and: [{ state: { equals: 'stopping' } }, { leaseUntil: { less_than: nowMs() } }] },
  })
  for (const { id } of rows)
    await alone(id, () => finishStop({ payload, store, asset: id, workdir: workFolder(id) }))
}

const clearFolder = async (args: {
  payload: Payload
  store: Store
  asset: string
}): Promise<void> => {
  const row = await rowById(args.payload, 'assets', args.asset)
  const over = !row || (['ready', 'failed'].includes(row.state) && (row.leaseUntil ?? 0) < nowMs())
  if (!over) return
  const workdir = workFolder(args.asset)
  if (row) await removeLosers(args)
  if (row?.state === 'failed') await removeUnnamed({ ...args, workdir })
  await rm(workdir, { recursive: true, force: true })
}
