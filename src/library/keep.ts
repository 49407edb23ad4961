import type { Payload } from 'payload'
import { nowMs } from '@/clock'
import type { Row } from '@/records/db'
import { byDay } from './find'
import { assetCard, noteCard, readAll, readSince, storyCard, uploadCard } from './read'
import { openSearchIndex, type SearchIndex } from './search-index'
import { emptyShelf, entryOf, withCuts, type Entry, type Shelf } from './shelf'

/** How often the rows are asked what is new. What one has just written oneself is asked for at once. */
const POLL_MS = 1_000
/** Clocks of several machines differ, and a write may land after its own time: so far back it is read again. */
const OVERLAP_MS = 30_000

export type Library = {
  shelf: Shelf
  entries: Map<string, Entry>
  index: SearchIndex
  ordered: () => readonly Entry[]
}

type Kept = Library & {
  /** When the last look, or the building, began: what was written after may have been missed by it. */
  lookedAt: number
  looking: Promise<void> | null
  dirty: boolean
}

type Touched = Set<string>

const putAsset = (shelf: Shelf, row: Row<'assets'>, touched: Touched): void => {
  const card = assetCard(row)
  const known = shelf.assets.get(card.id)
  // A worker's beat writes the row each second; none of it is looked for.
  if (known && JSON.stringify(known) === JSON.stringify(card)) return
  shelf.assets.set(card.id, card)
  touched.add(card.id)
}

const putNote = (shelf: Shelf, row: Row<'asset-notes'>, touched: Touched): void => {
  const card = noteCard(row)
  if (JSON.stringify(shelf.notes.get(card.asset)) === JSON.stringify(card)) return
  shelf.notes.set(card.asset, card)
  touched.add(card.asset)
}

const putUpload = (shelf: Shelf, row: Row<'uploads'>, touched: Touched): void => {
  const card = uploadCard(row)
  if (!card || shelf.uploads.get(card.asset)?.has(card.id)) return
  const own = shelf.uploads.get(card.asset) ?? new Map<string, typeof card>()
  shelf.uploads.set(card.asset, own.set(card.id, card))
  touched.add(card.asset)
}

const assetsIn = (shelf: Shelf, story: string): string[] =>
  [...shelf.uploads].flatMap(([asset, uploads]) =>
    [...uploads.values()].some((upload) => upload.story === story) ? [asset] : [],
  )

const putStory = (shelf: Shelf, row: Row<'stories'>, touched: Touched): void => {
  const card = storyCard(row)
  const known = shelf.stories.get(card.id)
  if (known && JSON.stringify(known) === JSON.stringify(card)) return
  shelf.stories.set(card.id, card)
  for (const id of assetsIn(shelf, card.id)) touched.add(id)
}

const putSection = (kept: Kept, row: Row<'sections'>, touched: Touched): void => {
  if (kept.shelf.sections.get(row.id) === row.name) return
  kept.shelf.sections.set(row.id, row.name)
  for (const { id, sectionIds } of kept.entries.values())
    if (sectionIds.includes(row.id)) touched.add(id)
}

const build = async (payload: Payload): Promise<Kept> => {
  const lookedAt = nowMs()
  const shelf = emptyShelf()
  const take =
    <R>(put: (shelf: Shelf, row: R, touched: Touched) => void) =>
    (rows: R[]) => {
      const touched: Touched = new Set()
      for (const row of rows) put(shelf, row, touched)
    }
  await readAll(
    payload,
    'sections',
    take((_, row) => shelf.sections.set(row.id, row.name)),
  )
  await readAll(payload, 'stories', take(putStory))
  await readAll(payload, 'assets', take(putAsset))
  await readAll(payload, 'uploads', take(putUpload))
  await readAll(payload, 'asset-notes', take(putNote))
  const entries = new Map([...shelf.assets].map(([id, card]) => [id, entryOf(shelf, card)]))
  const index = openSearchIndex()
  await index.addAll([...entries.values()])
  return keptOf({ shelf, entries, index, lookedAt })
}

const keptOf = (made: Pick<Kept, 'shelf' | 'entries' | 'index' | 'lookedAt'>): Kept => {
  let ordered: readonly Entry[] = []
  const kept: Kept = {
    ...made,
    looking: null,
    dirty: true,
    ordered: () => {
      if (kept.dirty) ordered = [...kept.entries.values()].sort(byDay)
      kept.dirty = false
      return ordered
    },
  }
  return kept
}

/** Takes in what was written since the last look, whoever wrote it. */
const look = async (payload: Payload, kept: Kept): Promise<void> => {
  const { shelf } = kept
  const at = nowMs()
  const since = new Date(Math.min(kept.lookedAt, at) - OVERLAP_MS).toISOString()
  const [sections, stories, assets, uploads, notes] = await Promise.all([
    readSince(payload, 'sections', since),
    readSince(payload, 'stories', since),
    readSince(payload, 'assets', since),
    readSince(payload, 'uploads', since),
    readSince(payload, 'asset-notes', since),
  ])
  const touched: Touched = new Set()
  for (const row of sections) putSection(kept, row, touched)
  for (const row of stories) putStory(shelf, row, touched)
  for (const row of assets) putAsset(shelf, row, touched)
  for (const row of uploads) putUpload(shelf, row, touched)
  for (const row of notes) putNote(shelf, row, touched)
  // What is said of a whole is said of what was cut from it.
  for (const id of withCuts(shelf, touched)) renew(kept, id)
  kept.lookedAt = at
}

const renew = (kept: Kept, id: string): void => {
  const card = kept.shelf.assets.get(id)
  if (!card) return
  const entry = entryOf(kept.shelf, card)
  kept.entries.set(id, entry)
  kept.index.put(entry)
  kept.dirty = true
}

const houses = new WeakMap<Payload, Promise<Kept>>()

const keptFor = (payload: Payload): Promise<Kept> => {
  const known = houses.get(payload)
  if (known) return known
  const building = build(payload)
  houses.set(payload, building)
  // A database that was away must not leave the library shut for good.
  building.catch(() => houses.delete(payload))
  return building
}

/**
 * The library of this process, built when it is first asked for and at most a second behind the rows. `now` waits for
 * what was written before the call.
 */
export const libraryOf = async (payload: Payload, now = false): Promise<Library> => {
  const kept = await keptFor(payload)
  if (now && kept.looking) await kept.looking
  if (!now && !kept.looking && nowMs() - kept.lookedAt < POLL_MS) return kept
  kept.looking ??= look(payload, kept).finally(() => {
    kept.looking = null
  })
  await kept.looking
  return kept
}
