import { readdir, rm } from 'node:fs/promises'
import type { Payload } from 'payload'
import { nowMs } from '@/clock'
import { lineOf } from '@/errors'
import { logOf } from '@/log'
import type { Store } from '@/media/store'
import type { Telling } from '@/records/event'
import { ring } from '@/records/bell'
import { findRow, findRows, insertRow, rowById, type Row } from '@/records/db'
import { removeUnnamed } from './keep'
import { removeLosers } from './losers'
import { bytesInSpool, listSpool, removeFromSpool } from './spool'
import { liesHere } from './spool-home'
import { finishStop } from './stopped'
import { UNFINISHED_MS } from './tus'
import { markExpired, markReceived } from './uploads'
import { workFolder } from './work-folder'

const log = logOf('assets')

/** A request may be between its row and its file for so long, and not longer. */
const GRACE_MS = 60_000
const HOUR_MS = 3600 * 1000

/** Rings a worker again for work that no open outbox row speaks of any more. */
const tellAgain = async (payload: Payload, id: string, telling: Telling): Promise<void> => {
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

const age = (row: { createdAt: string }) => nowMs() - Date.parse(row.createdAt)

/** Whole files whose row was never moved on, unfinished ones past their time, and leftovers in the spool. */
export const sweepUploads = async (payload: Payload): Promise<void> => {
  const rows = await findRows({
    payload,
    collection: 'uploads',
    where: { state: { in: ['receiving', 'received'] } },
  })
  for (const row of rows) {
    // What lies in another machine's spool is that machine's, unless it stays away past the time.
    if ((await liesHere(row)) || age(row) > UNFINISHED_MS) await sweepUpload(payload, row)
  }
  const live = new Set(rows.map((row) => row.tusId))
  for (const { tusId, touchedAt } of await listSpool()) {
    if (live.has(tusId) || nowMs() - touchedAt < HOUR_MS) continue
    // Read once more: it may have begun after the rows were read.
    const row = await findRow({
      payload,
      collection: 'uploads',
      where: { tusId: { equals: tusId } },
    })
    if (row?.state !== 'receiving' && row?.state !== 'received') await removeFromSpool(tusId)
  }
}

const sweepUpload = async (payload: Payload, row: Row<'uploads'>): Promise<void> => {
  if (row.state === 'received') {
    if (!row.pending)
      await tellAgain(payload, row.id, { job: 'upload.arrived', payload: { upload: row.id } })
    return
  }
  const there = await bytesInSpool(row.tusId)
  if (there !== null && there === row.bytes) {
    await markReceived({ payload, row })
  } else if (age(row) > UNFINISHED_MS || (there === null && age(row) > GRACE_MS)) {
    await markExpired({ payload, row, why: 'expired' })
  }
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

/** One asset's trouble keeps no other waiting; it is looked at again by the next sweep. */
const alone = (asset: string, work: () => Promise<void>): Promise<void> =>
  work().catch((error: unknown) =>
    log.error({ asset, err: lineOf(error) }, 'an asset could not be swept'),
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
