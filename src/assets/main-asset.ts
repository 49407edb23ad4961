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

/** The key of a rendition: one row for an asset, a recipe, that recipe's version and what was done to the clip. */
export const renditionKey = (asset: string, recipe: string, version: number, dressing = '') =>
  [asset, recipe, version, ...(dressing ? [dressing] : [])].join(':')

const versionOf = (row: Row<'renditions'>) => Number(row.key.split(':')[2])

/** Made of words, not of a version of ours: which of them stands is for the room of captions to say. */
const CAPTIONS = 'captions'

type Made = Pick<Row<'renditions'>, 'dressing' | 'recipe'>

/** Made with what is done to the clip now? What was made before a face was covered is no rendition of it any more. */
export const isOfNow = (row: Made, asset: Pick<Row<'assets'>, 'dressing'> | null): boolean =>
  asset !== null && (row.recipe === CAPTIONS || (row.dressing ?? '') === (asset.dressing ?? ''))

/**
 * The newest rendition of each recipe, sorted by recipe; the one wall between a redacted clip and what was made of it
 * before. Others stay for the records of what was out. Whoever shows, binds or sends a clip asks here.
 */
export const renditionsOf = async (
  payload: Payload,
  assetId: string,
): Promise<Row<'renditions'>[]> =>
  newestWhere(payload, { asset: await rowById(payload, 'assets', assetId), assetId })

/** Those of the clip as it came, whatever is done to it now: for who covers, and sees what is under a cover. */
export const renditionsAsItCame = (payload: Payload, assetId: string) =>
  newestWhere(payload, { asset: { dressing: '' }, assetId })

const newestWhere = async (
  payload: Payload,
  of: { assetId: string; asset: Pick<Row<'assets'>, 'dressing'> | null },
): Promise<Row<'renditions'>[]> => {
  const rows = await findRows({
    payload,
    collection: 'renditions',
    where: { and: [{ asset: { equals: of.assetId } }, { recipe: { not_equals: CAPTIONS } }] },
  })
  const newest = new Map<string, Row<'renditions'>>()
  for (const row of rows.filter((one) => isOfNow(one, of.asset))) {
    const known = newest.get(row.recipe)
    if (!known || versionOf(known) < versionOf(row)) newest.set(row.recipe, row)
  }
  return [...newest.values()].sort((a, b) => (a.recipe < b.recipe ? -1 : 1))
}
