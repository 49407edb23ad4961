import type { Payload } from 'payload'
import { findRows, rowById, type Row } from '@/records/db'

/** The clip of a story: the asset of its newest accepted upload that is no material beside it. */
export const mainAssetOf = async (
  payload: Payload,
  storyId: string,
): Promise<Row<'assets'> | null> => {
  const [upload] = await findRows({
    payload,
    collection: 'uploads',
    where: {
      and: [
        { story: { equals: storyId } },
        { state: { equals: 'accepted' } },
        { extra: { not_equals: true } },
      ],
    },
    sort: '-createdAt',
    limit: 1,
  })
  return upload?.asset ? rowById(payload, 'assets', upload.asset) : null
}

/** True while a file for the story is whole in the spool and not yet judged: nobody should clear it then. */
export const isReceiving = async (payload: Payload, storyId: string): Promise<boolean> => {
  const rows = await findRows({
    payload,
    collection: 'uploads',
    where: { and: [{ story: { equals: storyId } }, { state: { equals: 'received' } }] },
    limit: 1,
  })
  return rows.length > 0
}

/** The key of a rendition: one row for an asset, a recipe and that recipe's version. */
export const renditionKey = (asset: string, recipe: string, version: number) =>
  `${asset}:${recipe}:${version}`

const versionOf = (row: Row<'renditions'>) => Number(row.key.split(':').at(-1))

/** Made of words, not of a version of ours: which of them stands is for the room of captions to say. */
const CAPTIONS = 'captions'

/** The newest rendition of each recipe, sorted by recipe: what is decided on, sealed and checked. */
export const renditionsOf = async (
  payload: Payload,
  assetId: string,
): Promise<Row<'renditions'>[]> => {
  const rows = await findRows({
    payload,
    collection: 'renditions',
    where: { and: [{ asset: { equals: assetId } }, { recipe: { not_equals: CAPTIONS } }] },
  })
  const newest = new Map<string, Row<'renditions'>>()
  for (const row of rows) {
    const known = newest.get(row.recipe)
    if (!known || versionOf(known) < versionOf(row)) newest.set(row.recipe, row)
  }
  return [...newest.values()].sort((a, b) => (a.recipe < b.recipe ? -1 : 1))
}
