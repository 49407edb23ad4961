import type { Payload, Where } from 'payload'
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { nowMs } from '@/clock'
import { compareAndSet, findRow, findRows } from '@/records/db'
import { copyingDir } from './copy-files'
import { ageOf, isMediaRoot, ORPHAN_AFTER_MS, publicPrefix } from './media-root'
import type { EditionRow } from './snapshot'
import type { Hands } from './work'

/** Moves an edition on, if nobody was faster. */
export const moveEdition = (
  payload: Payload,
  row: EditionRow,
  set: Record<string, string | number | boolean> & { settled: boolean },
): Promise<EditionRow | null> =>
  compareAndSet({
    payload,
    collection: 'editions',
    id: row.id,
    expect: { revision: row.revision ?? 0, state: row.state },
    set: { ...set, revision: (row.revision ?? 0) + 1 },
  })

/** Older editions of the same page that still count as live. */
export const supersedeOlder = async (hands: Hands, row: EditionRow): Promise<void> => {
  const { payload } = hands
  const older = await findRows({
    payload,
    collection: 'editions',
    where: {
      and: [
        { path: { equals: row.path } },
        { state: { equals: 'live' } },
        { number: { less_than: row.number } },
      ],
    },
  })
  for (const one of older) {
    const moved = await moveEdition(payload, one, { state: 'superseded', settled: false })
    if (moved) await settleEdition(hands, moved)
  }
}

/**
 * What is left to do after a state was written: a live edition replaces the older ones; the files of one that is out
 * are removed. May be repeated, and by anybody: a process that died here is finished by the next sweep.
 */
export const settleEdition = async (hands: Hands, row: EditionRow): Promise<void> => {
  if (row.state === 'live') await supersedeOlder(hands, row)
  else await hands.store.remove(publicPrefix(row.mediaRoot))
  if (!row.settled) await moveEdition(hands.payload, row, { settled: true })
}

/** Copies whose delivery ended without them: it was cancelled or refused by somebody who could not tell us. */
const dropOver = async (hands: Hands, isOver: IsOver): Promise<void> => {
  const { payload } = hands
  const where = { state: { equals: 'staged' } }
  for (const row of await findRows({ payload, collection: 'editions', where })) {
    if (!(await isOver(row.delivery))) continue
    await moveEdition(payload, row, { state: 'withdrawn', settled: false })
  }
}

/** Has this delivery ended, so that it will never be shown? */
export type IsOver = (delivery: string) => Promise<boolean>

const ORPHANS_EVERY_MS = 10 * 60_000
let orphansAt = 0

/** Finishes what died half-way. Looking for folders without an edition lists the store, hence only now and then. */
export const sweepEditions = async (
  hands: Hands,
  options: { orphans?: boolean; isOver?: IsOver } = {},
): Promise<{ settled: number; removed: number }> => {
  if (options.isOver) await dropOver(hands, options.isOver)
  const unsettled = await findRows({
    payload: hands.payload,
    collection: 'editions',
    where: { settled: { equals: false } },
    limit: 100,
  })
  for (const row of unsettled) await settleEdition(hands, row)
  const due = options.orphans ?? nowMs() - orphansAt >= ORPHANS_EVERY_MS
  if (!due) return { settled: unsettled.length, removed: 0 }
  orphansAt = nowMs()
  return { settled: unsettled.length, removed: await removeOrphans(hands) }
}

const removeOrphans = async ({ payload, store }: Hands): Promise<number> => {
  const names = (await store.list('public/')).map((key) => key.split('/')[1] ?? '')
  const old = [...new Set(names)].filter(isLeftover)
  let removed = 0
  for (const mediaRoot of old) {
    const where: Where = {
      and: [{ mediaRoot: { equals: mediaRoot } }, { state: { in: ['live', 'staged'] } }],
    }
    if (await findRow({ payload, collection: 'editions', where })) continue
    await store.remove(publicPrefix(mediaRoot))
    removed += 1
  }
  const copying = await readdir(copyingDir()).catch(() => [])
  for (const name of copying.filter(isLeftover)) {
    await rm(path.join(copyingDir(), name), { recursive: true, force: true })
  }
  return removed
}

const isLeftover = (name: string) => isMediaRoot(name) && ageOf(name) > ORPHAN_AFTER_MS
