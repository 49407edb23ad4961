import type { Payload } from 'payload'
import { nowIso } from '@/clock'
import { refuse, type Outcome, type Refusal } from '@/errors'
import { compareAndSet, findRow, insertRow } from '@/records/db'
import { copiesRefused } from './copies'
import { newMediaRoot } from './media-root'
import { moveEdition, settleEdition, supersedeOlder } from './settle'
import { digestOfText, fileUrl, isSlug, readSnapshot, snapshotOf } from './snapshot'
import { stagedFiles, type EditionRow } from './snapshot'
import { editionOf, notAnyMore, sameStaging, stageAtLast, takenDown } from './stage'
import type { EditionState, EditionWork, FoundEdition, Hands, SavedEdition } from './work'

/** First parts of an address that belong to other doors of the house. */
const RESERVED = ['admin', 'api', 'tus', 'gui-tin', 'desk-media', 'm', 'js', 'fonts', '_next']
const TRIES = 5

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

type Saving = {
  work: EditionWork
  still?: () => Promise<boolean>
  /** What `verifyStaged` hashed a moment ago. Without it every copy is hashed here. */
  hashed?: string | undefined
}

/**
 * Stores the edition of a delivery: the files lie in its folder, one write makes it public, then the older edition
 * goes. The same delivery twice is one edition; one that was withdrawn never comes back.
 */
export const saveEdition = async (
  hands: Hands,
  { work, still, hashed }: Saving,
): Promise<Outcome<SavedEdition>> => {
  const known = await editionOf(hands.payload, work.deliveryId)
  if (known && known.state !== 'staged') return savedBefore(hands, known)
  const place = await pathFor(hands.payload, work)
  if (!place.ok) return place
  const staged = await stageAtLast(hands, { work })
  if (!staged.ok) return staged
  if (staged.row.state !== 'staged') return savedBefore(hands, staged.row)
  const problem = await copiesRefused(hands, staged.row, { work, hashed })
  if (problem) return movedOn(hands, staged.row, problem)
  const shown = await show(hands, { work, path: place.path, row: staged.row, still })
  return shown.ok ? savedBefore(hands, shown.row) : shown
}

const OUT = ['live', 'superseded']

/** Copies also go when another process shows, replaces or takes down the edition: then that is the answer. */
const movedOn = async (
  hands: Hands,
  row: EditionRow,
  problem: Refusal,
): Promise<Outcome<SavedEdition>> => {
  const now = await editionOf(hands.payload, row.delivery)
  if (now && OUT.includes(now.state)) return savedBefore(hands, now)
  if (problem.reason === 'bytes-differ') return problem
  if (now?.state === 'withdrawn') return takenDown()
  return sameStaging(row, now) ? problem : notAnyMore()
}

const savedBefore = async (hands: Hands, row: EditionRow): Promise<Outcome<SavedEdition>> => {
  if (row.state === 'withdrawn') return takenDown()
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

const tooMany = (): Refusal =>
  refuse('too-slow', {
    vi: 'Nhiều nơi khác đang đăng cùng tin. Chưa đăng gì; máy sẽ tự thử lại.',
    en: 'The story is being published elsewhere too. Nothing went out; it is tried again.',
  })

type Showing = {
  work: EditionWork
  path: string
  row: EditionRow
  still: (() => Promise<boolean>) | undefined
}

/** One compare-and-set from staged to live. Fails when the row moved, or when the number at the path was taken. */
const show = async (
  { payload }: Hands,
  { work, path, row: from, still }: Showing,
): Promise<Outcome<{ row: EditionRow }>> => {
  let row = from
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = await newest(payload, 'path', path)
    if (before && before.story !== work.storyId) return pathTaken(path)
    // This write makes it public: whether it may is asked here, not before.
    if (still && !(await still())) return notAnyMore()
    const revision = row.revision ?? 0
    const shown = await compareAndSet({
      payload,
      collection: 'editions',
      id: row.id,
      expect: { revision, state: 'staged' },
      set: { ...rowOf({ work, path, row }, before), revision: revision + 1 },
    })
    if (shown) return { ok: true, row: shown }
    const now = await editionOf(payload, work.deliveryId)
    if (!now) return notAnyMore()
    if (now.state !== 'staged') return { ok: true, row: now }
    if (!sameStaging(row, now)) return notAnyMore()
    row = now
  }
  return tooMany()
}

const rowOf = (made: Pick<Showing, 'work' | 'path' | 'row'>, before: EditionRow | null) => {
  const { work, path, row } = made
  const { mediaRoot } = row
  const publishedAt = nowIso()
  const earlier = before && readSnapshot(before)
  const number = (before?.number ?? 0) + 1
  const replaces = before && {
    publishedAt: before.publishedAt ?? publishedAt,
    reason: work.correction ?? null,
  }
  const firstPublishedAt = earlier?.firstPublishedAt ?? before?.publishedAt ?? publishedAt
  const dates = { firstPublishedAt, publishedAt, replaces }
  const snapshot = JSON.stringify(
    snapshotOf({ work, path, number, mediaRoot, files: stagedFiles(row), ...dates }),
  )
  return {
    ...{ key: `${path}#${number}`, path, number, seal: work.sealId },
    ...{ section: work.story.sectionSlug },
    ...{ snapshot, digest: digestOfText(snapshot), state: 'live', publishedAt, settled: false },
  }
}

/** Where the edition of a delivery stands; null when there never was one. */
export const findEdition = async (
  { payload }: Pick<Hands, 'payload'>,
  { deliveryId }: { deliveryId: string },
): Promise<FoundEdition | null> => {
  const row = await editionOf(payload, deliveryId)
  if (!row || row.state === 'staged') return null
  return { ...savedOf(row), state: stateOf(row), number: row.number }
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
