import { refuse, type Outcome, type Refusal } from '@/errors'
import { compareAndSet, findRow, insertRow } from '@/records/db'
import { boundFiles, copyFile } from './copy-files'
import { newMediaRoot, publicPrefix } from './media-root'
import { moveEdition, settleEdition } from './settle'
import { digestOfText, stagedFiles, type EditionRow, type SnapshotFile } from './snapshot'
import type { EditionWork, Hands } from './work'

const TRIES = 5

export const editionOf = (payload: Hands['payload'], deliveryId: string) =>
  findRow({ payload, collection: 'editions', where: { delivery: { equals: deliveryId } } })

export const notAnyMore = (): Refusal =>
  refuse('not-any-more', {
    vi: 'Lượt đăng đã bị dừng hoặc ấn đã mất hiệu lực. Chưa đăng gì.',
    en: 'The delivery was stopped or its seal voided. Nothing went out.',
  })

export const takenDown = (): Refusal =>
  refuse('withdrawn', {
    vi: 'Lượt đăng này đã gỡ, không đăng lại được. Muốn đăng tiếp, hãy lập lượt đăng mới.',
    en: 'This delivery was taken down and does not come back. To publish again, plan a new delivery.',
  })

/** Nothing of it was ever shown: it may be staged again, from what was signed last. */
const neverOut = (row: EditionRow) => row.state === 'withdrawn' && row.number === 0

const filesColumns = (files: SnapshotFile[]) => {
  const snapshot = JSON.stringify({ files })
  return { snapshot, digest: digestOfText(snapshot) }
}

/** While it is staged the row names the seal by its digest: that is what the copies were made from. */
const emptyRow = (work: EditionWork) => ({
  ...{ state: 'staged', seal: work.sealDigest, mediaRoot: newMediaRoot(), ...filesColumns([]) },
  ...{ settled: true, withdrawnAt: '' },
})

/** The row comes before the first byte: a folder without one belongs to nobody. One folder for a delivery. */
const insertStaged = async ({ payload }: Hands, work: EditionWork): Promise<EditionRow | null> => {
  const never = `-${work.deliveryId}`
  const place = { delivery: work.deliveryId, story: work.storyId, key: never, path: never }
  const data = { ...place, ...emptyRow(work), number: 0, revision: 0 }
  const inserted = await insertRow({ payload, collection: 'editions', data })
  return inserted.ok ? inserted.row : editionOf(payload, work.deliveryId)
}

/** The row to copy for; what was staged under another seal, or dropped, begins anew in another folder. */
const openRow = async (
  hands: Hands,
  work: EditionWork,
  tries = TRIES,
): Promise<EditionRow | null> => {
  const { payload } = hands
  const row = (await editionOf(payload, work.deliveryId)) ?? (await insertStaged(hands, work))
  if (!row || tries === 0) return null
  if (row.state === 'staged' && row.seal !== work.sealDigest) {
    await dropStaged(hands, row)
    return openRow(hands, work, tries - 1)
  }
  if (!neverOut(row)) return row
  if (!row.settled) await settleEdition(hands, row) // the older files go before their folder is forgotten
  const fresh = await editionOf(payload, work.deliveryId)
  if (fresh && neverOut(fresh)) await moveEdition(payload, fresh, emptyRow(work))
  return openRow(hands, work, tries - 1)
}

/** What was copied and never shown goes away. */
export const dropStaged = async (hands: Hands, row: EditionRow): Promise<void> => {
  const gone = await moveEdition(hands.payload, row, { state: 'withdrawn', settled: false })
  if (gone) await settleEdition(hands, gone)
}

/**
 * Brings the files of a delivery to where the edition will have them, seen by nobody: the media door answers for live
 * editions only. Each file that has arrived is written on the row, so a copy that was cut off goes on at the next one.
 * `alive` throws when the work is somebody else's by now.
 */
export const stageEdition = async (hands: Hands, args: Staging): Promise<Staged> =>
  copyMissing(hands, args, await openRow(hands, args.work))

/**
 * The same at the commit, where as a rule nothing is left to copy. It begins nothing anew: a takedown or another
 * signature that came meanwhile holds.
 */
export const stageAtLast = async (hands: Hands, args: Staging): Promise<Staged> => {
  const { payload } = hands
  const row =
    (await editionOf(payload, args.work.deliveryId)) ?? (await insertStaged(hands, args.work))
  const other = row?.state === 'staged' && row.seal !== args.work.sealDigest
  return copyMissing(hands, args, other ? null : row)
}

type Staging = { work: EditionWork; alive?: () => Promise<void> }
type Staged = Outcome<{ row: EditionRow }>

/** Copies what the row does not name yet. */
const copyMissing = async (
  hands: Hands,
  args: Staging,
  from: EditionRow | null,
): Promise<Staged> => {
  if (!from) return notAnyMore()
  if (from.state === 'withdrawn') return takenDown()
  if (from.state !== 'staged') return { ok: true, row: from }
  const missing = (row: EditionRow) => {
    const here = stagedFiles(row)
    return boundFiles(args.work).find(
      ({ recipe, file }) => !here.some((one) => one.recipe === recipe && one.path === file.path),
    )
  }
  let row = from
  for (let bound = missing(row); bound; bound = missing(row)) {
    await args.alive?.()
    const copied = await copyFile({ store: hands.store, bound, mediaRoot: row.mediaRoot })
    if (!copied.ok) {
      await dropStaged(hands, row)
      return copied
    }
    const next = await noteFile(hands, row, copied.file)
    if (!next) return lost(hands, row)
    row = next
  }
  return { ok: true, row }
}

/** Is this still the same staging, though its revision moved? */
export const sameStaging = (row: EditionRow, now: EditionRow | null): now is EditionRow =>
  now?.state === 'staged' && now.mediaRoot === row.mediaRoot && now.seal === row.seal

/** Writes down that a file has arrived. Where another process copies the same, its row is gone on with. */
const noteFile = async (
  { payload }: Hands,
  row: EditionRow,
  file: SnapshotFile,
): Promise<EditionRow | null> => {
  const revision = row.revision ?? 0
  const noted = await compareAndSet({
    payload,
    collection: 'editions',
    id: row.id,
    expect: { revision, state: 'staged' },
    set: { ...filesColumns([...stagedFiles(row), file]), revision: revision + 1 },
  })
  if (noted) return noted
  const now = await editionOf(payload, row.delivery)
  return sameStaging(row, now) ? now : null
}

/** Somebody else moved the row on. What was put into a folder that nobody has any more is taken away again. */
const lost = async (hands: Hands, row: EditionRow): Promise<Staged> => {
  const now = await editionOf(hands.payload, row.delivery)
  const kept = now?.mediaRoot === row.mediaRoot && now.state !== 'withdrawn'
  if (now && kept) return now.state === 'staged' ? notAnyMore() : { ok: true, row: now }
  await hands.store.remove(publicPrefix(row.mediaRoot))
  return now?.state === 'withdrawn' ? takenDown() : notAnyMore()
}
