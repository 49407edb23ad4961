import type { Payload } from 'payload'
import { nowIso } from '@/clock'
import { refuse, type Outcome, type Refusal } from '@/errors'
import { findRow, insertRow } from '@/records/db'
import { copyFiles } from './copy-files'
import { ageOf, newMediaRoot, publicPrefix, SAVE_AT_MOST_MS } from './media-root'
import { moveEdition, settleEdition, supersedeOlder } from './settle'
import { digestOfText, fileUrl, isSlug, readSnapshot, snapshotOf } from './snapshot'
import type { EditionRow, SnapshotFile } from './snapshot'
import type { EditionState, EditionWork, FoundEdition, Hands, SavedEdition } from './work'

/** First parts of an address that belong to other doors of the house. */
const RESERVED = ['admin', 'api', 'tus', 'gui-tin', 'desk-media', 'm', 'js', 'fonts', '_next']
const TRIES = 5

const editionOf = (payload: Payload, deliveryId: string) =>
  findRow({ payload, collection: 'editions', where: { delivery: { equals: deliveryId } } })

const newest = (payload: Payload, column: 'path' | 'story', value: string) =>
  findRow({
    payload,
    collection: 'editions',
    where: { and: [{ [column]: { equals: value } }, { number: { greater_than: 0 } }] },
    sort: '-number',
  })

const savedOf = (row: EditionRow): SavedEdition => {
  const snapshot = readSnapshot(row)
  const files = snapshot?.files ?? []
  return {
    path: `/${row.path}`,
    digest: row.digest,
    mediaPaths: files.map((file) => fileUrl(row.mediaRoot, file)),
  }
}

/**
 * Stores the edition of a delivery: first all the bytes, then the row that makes it public, then the older edition
 * goes. The same delivery twice is one edition; one that was withdrawn never comes back.
 */
export const saveEdition = async (
  hands: Hands,
  { work, still }: { work: EditionWork; still?: () => Promise<boolean> },
): Promise<Outcome<SavedEdition>> => {
  const known = await editionOf(hands.payload, work.deliveryId)
  if (known) return savedBefore(hands, known)
  const place = await pathFor(hands.payload, work)
  if (!place.ok) return place
  const mediaRoot = newMediaRoot()
  const copied = await copyFiles({ store: hands.store, work, mediaRoot })
  const inserted = copied.ok
    ? await insertNewest(hands, { work, path: place.path, mediaRoot, files: copied.files, still })
    : copied
  if (!inserted.ok || inserted.row.mediaRoot !== mediaRoot) {
    await hands.store.remove(publicPrefix(mediaRoot))
  }
  return inserted.ok ? savedBefore(hands, inserted.row) : inserted
}

const savedBefore = async (hands: Hands, row: EditionRow): Promise<Outcome<SavedEdition>> => {
  if (row.state === 'withdrawn') {
    return refuse('withdrawn', {
      vi: 'Lượt đăng này đã gỡ, không đăng lại được. Muốn đăng tiếp, hãy lập lượt đăng mới.',
      en: 'This delivery was taken down and does not come back. To publish again, plan a new delivery.',
    })
  }
  if (!row.settled) await settleEdition(hands, row)
  return { ok: true, ...savedOf(row) }
}

/** A story keeps the address it first had, also when its section changes. */
const pathFor = async (payload: Payload, work: EditionWork): Promise<Outcome<{ path: string }>> => {
  const before = await newest(payload, 'story', work.storyId)
  if (before) return { ok: true, path: before.path }
  const { sectionSlug, slug } = work.story
  if (!isSlug(sectionSlug) || !isSlug(slug) || RESERVED.includes(sectionSlug)) {
    return refuse('bad-path', {
      vi: `Địa chỉ “${sectionSlug}/${slug}” không dùng được. Hãy sửa tên chuyên mục hoặc tít.`,
      en: `The address “${sectionSlug}/${slug}” can not be used. Change the section's name or the title.`,
    })
  }
  return { ok: true, path: `${sectionSlug}/${slug}` }
}

const pathTaken = (path: string): Refusal =>
  refuse('path-taken', {
    vi: `Địa chỉ “${path}” đã thuộc về một tin khác. Hãy đổi tít.`,
    en: `The address “${path}” belongs to another story. Change the title.`,
  })

const tooSlow = (): Refusal =>
  refuse('too-slow', {
    vi: 'Chép tệp lâu quá hoặc có nơi khác đang đăng cùng tin. Chưa đăng gì; hãy lập lại lượt đăng.',
    en: 'Copying took too long, or the story is being published elsewhere too. Nothing went out; plan it again.',
  })

const notAnyMore = (): Refusal =>
  refuse('not-any-more', {
    vi: 'Trong lúc chép tệp, lượt đăng đã bị dừng hoặc ấn đã mất hiệu lực. Chưa đăng gì.',
    en: 'While the files were copied the delivery was stopped or its seal voided. Nothing went out.',
  })

type Making = { work: EditionWork; path: string; mediaRoot: string; files: SnapshotFile[] }

/** When the answer of an insert is lost, the row may be there: nothing is removed then, the sweep looks later. */
const insertNewest = async (
  { payload }: Hands,
  { still, ...made }: Making & { still?: (() => Promise<boolean>) | undefined },
): Promise<Outcome<{ row: EditionRow }>> => {
  const { work, path, mediaRoot } = made
  for (let tries = 0; tries < TRIES && ageOf(mediaRoot) < SAVE_AT_MOST_MS; tries += 1) {
    const before = await newest(payload, 'path', path)
    if (before && before.story !== work.storyId) return pathTaken(path)
    // This row makes it public, and the copying took its time: whether it may is asked here, not before.
    if (still && !(await still())) return notAnyMore()
    const inserted = await insertRow({ payload, collection: 'editions', data: rowOf(made, before) })
    if (inserted.ok) return inserted
    const mine = await editionOf(payload, work.deliveryId)
    if (mine) return { ok: true, row: mine }
  }
  return tooSlow()
}

const rowOf = (made: Making, before: EditionRow | null) => {
  const { work, path, mediaRoot } = made
  const publishedAt = nowIso()
  const earlier = before && readSnapshot(before)
  const number = (before?.number ?? 0) + 1
  const replaces = before && {
    publishedAt: before.publishedAt ?? publishedAt,
    reason: work.correction ?? null,
  }
  const firstPublishedAt = earlier?.firstPublishedAt ?? before?.publishedAt ?? publishedAt
  const snapshot = JSON.stringify(
    snapshotOf({ ...made, number, firstPublishedAt, publishedAt, replaces }),
  )
  return {
    ...{ delivery: work.deliveryId, story: work.storyId, seal: work.sealId },
    ...{ key: `${path}#${number}`, path, number, mediaRoot, section: work.story.sectionSlug },
    ...{ snapshot, digest: digestOfText(snapshot), state: 'live', publishedAt },
    ...{ settled: false, revision: 0 },
  }
}

/** Where the edition of a delivery stands; null when there never was one. */
export const findEdition = async (
  { payload }: Pick<Hands, 'payload'>,
  { deliveryId }: { deliveryId: string },
): Promise<FoundEdition | null> => {
  const row = await editionOf(payload, deliveryId)
  return row && { ...savedOf(row), state: stateOf(row), number: row.number }
}

const stateOf = ({ state }: EditionRow): EditionState =>
  state === 'live' || state === 'superseded' ? state : 'withdrawn'

/**
 * Takes the edition down: from the moment its state is written every web process answers 410, then the files go.
 * Where nothing was saved yet, a row is left that forbids it: a takedown that overtakes the publishing holds.
 */
export const withdrawEdition = async (
  hands: Hands,
  { deliveryId, storyId }: { deliveryId: string; storyId: string },
): Promise<{ ok: true; path: string; mediaPaths: string[] }> => {
  const { payload } = hands
  const row = (await editionOf(payload, deliveryId)) ?? (await forbid(payload, deliveryId, storyId))
  if (!row) return withdrawEdition(hands, { deliveryId, storyId })
  const { path, mediaPaths } = savedOf(row)
  if (row.state !== 'withdrawn') {
    // An older edition that a dead process left live must not come back to light.
    if (row.state === 'live') await supersedeOlder(hands, row)
    const set = { state: 'withdrawn', settled: false, withdrawnAt: nowIso() } as const
    const gone = await moveEdition(payload, row, set)
    if (!gone) return withdrawEdition(hands, { deliveryId, storyId })
    await settleEdition(hands, gone)
  } else if (!row.settled) await settleEdition(hands, row)
  return { ok: true, path, mediaPaths }
}

/** Null when the edition was saved a moment ago after all. */
const forbid = async (payload: Payload, deliveryId: string, storyId: string) => {
  const never = `-${deliveryId}`
  const inserted = await insertRow({
    payload,
    collection: 'editions',
    data: {
      ...{ delivery: deliveryId, story: storyId, seal: '-', key: never, path: never, number: 0 },
      ...{ mediaRoot: newMediaRoot(), snapshot: '{}', digest: digestOfText('{}') },
      ...{ state: 'withdrawn', withdrawnAt: nowIso(), settled: true, revision: 0 },
    },
  })
  return inserted.ok ? inserted.row : null
}
