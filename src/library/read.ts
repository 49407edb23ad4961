import type { Payload } from 'payload'
import { findRows, type Row } from '@/records/db'
import type { AssetCard, NoteCard, StoryCard, UploadCard } from './shelf'

const AT_ONCE = 2_000

type Source = 'assets' | 'asset-notes' | 'uploads' | 'stories' | 'sections'

/** The columns that are kept; a story's text and a file's measures would fill the memory of the web process. */
const COLUMNS = {
  assets: ['title', 'kind', 'state', 'durationSeconds', 'parent', 'createdAt', 'updatedAt'],
  'asset-notes': [
    ...['asset', 'title', 'people', 'place', 'takenOn', 'credit'],
    ...['basis', 'leaseFrom', 'leaseTo', 'updatedAt'],
  ],
  uploads: ['asset', 'story', 'owner', 'state', 'updatedAt'],
  stories: ['title', 'section', 'author', 'updatedAt'],
  sections: ['name', 'updatedAt'],
} as const satisfies Record<Source, readonly string[]>

const selectOf = (source: Source) =>
  Object.fromEntries(COLUMNS[source].map((column) => [column, true as const]))

/** Every row, piece by piece in the order of ids: nothing is skipped when rows are added meanwhile. */
export const readAll = async <S extends Source>(
  payload: Payload,
  source: S,
  each: (rows: Row<S>[]) => void,
): Promise<void> => {
  let after = ''
  for (;;) {
    const rows = await findRows<S>({
      payload,
      collection: source,
      where: after ? { id: { greater_than: after } } : {},
      sort: 'id',
      limit: AT_ONCE,
      select: selectOf(source),
    })
    each(rows)
    const last = rows.at(-1)
    if (!last || rows.length < AT_ONCE) return
    after = String(last.id)
  }
}

/** Rows that were written since an instant. */
export const readSince = <S extends Source>(
  payload: Payload,
  source: S,
  since: string,
): Promise<Row<S>[]> =>
  findRows<S>({
    payload,
    collection: source,
    where: { updatedAt: { greater_than_equal: since } },
    select: selectOf(source),
  })

const idOf = (related: unknown): string => {
  if (typeof related === 'object' && related !== null && 'id' in related) return String(related.id)
  return related === null || related === undefined ? '' : String(related)
}

export const assetCard = (row: Row<'assets'>): AssetCard => ({
  id: row.id,
  title: row.title ?? '',
  kind: row.kind ?? '',
  state: row.state,
  seconds: row.durationSeconds ?? 0,
  createdAt: row.createdAt,
  parent: row.parent ?? '',
})

export const noteCard = (row: Row<'asset-notes'>): NoteCard => ({
  asset: row.asset,
  title: row.title ?? '',
  people: row.people ?? '',
  place: row.place ?? '',
  takenOn: row.takenOn ?? '',
  credit: row.credit ?? '',
  basis: row.basis ?? '',
  leaseFrom: row.leaseFrom ?? '',
  leaseTo: row.leaseTo ?? '',
})

/** Null while the file is not accepted: it is nobody's yet. */
export const uploadCard = (row: Row<'uploads'>): UploadCard | null =>
  row.state === 'accepted' && row.asset
    ? { id: row.id, asset: row.asset, story: row.story ?? '', owner: row.owner }
    : null

export const storyCard = (row: Row<'stories'>): StoryCard => ({
  id: row.id,
  title: row.title,
  section: idOf(row.section),
  author: row.author ?? '',
})
