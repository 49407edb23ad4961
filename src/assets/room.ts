import { mkdir, stat, statfs } from 'node:fs/promises'
import type { Payload, Where } from 'payload'
import { nowMs } from '@/clock'
import { env } from '@/env'
import type { Person } from '@/people/person'
import { findRows, type Row } from '@/records/db'
import { REFUSED, type TusRefusal } from './refusals'
import { bytesInSpool } from './spool'
import { inThisSpool } from './spool-home'

/**
 * A file needs room three times: in the spool, then in the store, then for its renditions. The last two lie in the
 * media folder, or with a bucket in the work folder, where the worker has its copy and makes them.
 */
type Place = { folder: string; disk: number; free: number; times: number; inSpool: boolean }
type UnderWay = { bytes: number; there: number }

const placeOf = async (folder: string, times: number, inSpool: boolean): Promise<Place> => {
  await mkdir(folder, { recursive: true })
  const [{ dev }, disk] = await Promise.all([stat(folder), statfs(folder)])
  return { folder, disk: dev, free: disk.bavail * disk.bsize, times, inSpool }
}

let asking: Promise<Place[]> | null = null
/** Asked once at a time: a disk that never answers must not take one thread of the process after another. */
const places = (): Promise<Place[]> => {
  asking ??= Promise.all([
    placeOf(env.SPOOL_DIR, 1, true),
    placeOf(env.onS3 ? env.DATA_DIR : env.MEDIA_DIR, 2, false),
  ]).finally(() => (asking = null))
  return asking
}

/**
 * The first disk that has not the room for a file of `size` beside all that is under way; null when all have.
 * What others were let in for counts as taken, though their bytes are still to come.
 */
export const lacking = (
  all: readonly Pick<Place, 'disk' | 'free' | 'times' | 'inSpool'>[],
  underWay: readonly UnderWay[],
  size: number,
): { needed: number; free: number } | null => {
  const promised = (times: number, inSpool: boolean) =>
    underWay.reduce((sum, one) => sum + times * one.bytes - (inSpool ? one.there : 0), 0)
  for (const disk of new Set(all.map((place) => place.disk))) {
    const here = all.filter((place) => place.disk === disk)
    const free = Math.min(...here.map((place) => place.free))
    const needed = here.reduce(
      (sum, { times, inSpool }) => sum + times * size + promised(times, inSpool),
      0,
    )
    if (needed > free) return { needed, free }
  }
  return null
}

const LIVE: Where = { state: { in: ['receiving', 'received'] } }
const DAY_MS = 24 * 3600 * 1000
const sum = (rows: Row<'uploads'>[]) => rows.reduce((total, row) => total + (row.bytes ?? 0), 0)

/** What one person has under way, and what arrived of theirs within a day: who fills a store does it by arriving. */
const usedBy = async (payload: Payload, person: Person): Promise<number> => {
  const since = new Date(nowMs() - DAY_MS).toISOString()
  const arrived: Where = {
    and: [{ state: { equals: 'accepted' } }, { createdAt: { greater_than: since } }],
  }
  const where: Where = { and: [{ owner: { equals: person.id } }, { or: [LIVE, arrived] }] }
  return sum(await findRows({ payload, collection: 'uploads', where }))
}

/** Quotas and the disk, asked before the first byte; the sizes are said. */
export const roomFor = async (args: {
  payload: Payload
  person: Person
  size: number
}): Promise<TusRefusal | null> => {
  const { payload, person, size } = args
  const used = await usedBy(payload, person)
  if (used + size > env.UPLOAD_QUOTA_BYTES) return REFUSED.quota(used, env.UPLOAD_QUOTA_BYTES)
  const live = await findRows({ payload, collection: 'uploads', where: LIVE })
  const total = sum(live)
  if (total + size > env.UPLOAD_TOTAL_BYTES) return REFUSED.total(total, env.UPLOAD_TOTAL_BYTES)
  const here = await inThisSpool(live)
  const underWay = await Promise.all(
    here.map(async (row) => ({
      bytes: row.bytes ?? 0,
      there: (await bytesInSpool(row.tusId)) ?? 0,
    })),
  )
  const short = lacking(await places(), underWay, size)
  return short ? REFUSED.disk(short.needed, short.free) : null
}
