import type { Payload } from 'payload'
import type { Kind } from '@/media/facts'
import { findRows, rowById, type Row } from '@/records/db'

/** What the file of a story must be; a text may have any beside it. */
const ASKS: Record<string, Kind> = { clip: 'video', audio: 'audio', photo: 'image' }

/** Newest first, what was accepted for the story and is not sent as material beside it. */
const sentFor = async (payload: Payload, storyId: string): Promise<Row<'assets'>[]> => {
  const uploads = await findRows({
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
  })
  const ids = [...new Set(uploads.flatMap(({ asset }) => asset || []))]
  if (ids.length === 0) return []
  const rows = await findRows({ payload, collection: 'assets', where: { id: { in: ids } } })
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
}

/**
 * The file of a story: of those sent for it the newest that is of the story's kind. A photograph sent to a clip is never
 * the clip, whenever it came.
 */
export const mainAssetOf = async (
  payload: Payload,
  storyId: string,
): Promise<Row<'assets'> | null> => {
  const sent = await sentFor(payload, storyId)
  if (sent.length === 0) return null
  const story = await rowById(payload, 'stories', storyId)
  const asks = ASKS[story?.kind ?? '']
  return sent.find(({ kind }) => !asks || kind === asks) ?? null
}

/** Sent for the story and of another kind than it: a story that has nothing else lacks its file still. */
export const otherKindsFor = async (
  payload: Payload,
  story: Pick<Row<'stories'>, 'id' | 'kind'>,
): Promise<Row<'assets'>[]> => {
  const asks = ASKS[story.kind]
  return asks ? (await sentFor(payload, story.id)).filter(({ kind }) => kind !== asks) : []
}

/** The stories whose clip this asset is now; one that was sent another clip since is none of them. */
export const storiesWithClip = async (payload: Payload, asset: string): Promise<string[]> => {
  const uploads = await findRows({
    payload,
    collection: 'uploads',
    where: { and: [{ asset: { equals: asset } }, { state: { equals: 'accepted' } }] },
  })
  const ids = [...new Set(uploads.flatMap(({ story }) => (story ? [story] : [])))]
  const mains = await Promise.all(ids.map((story) => mainAssetOf(payload, story)))
  return ids.filter((_, at) => mains[at]?.id === asset)
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

/** Those made with this done to the clip, whatever is done to it by now: for a round of work that began with it. */
export const renditionsWith = (payload: Payload, assetId: string, dressing: string) =>
  newestWhere(payload, { asset: { dressing }, assetId })

/** Those of the clip as it came, whatever is done to it now: for who covers, and sees what is under a cover. */
export const renditionsAsItCame = (payload: Payload, assetId: string) =>
  renditionsWith(payload, assetId, '')

/** The same of many whose rows are in hand, of these recipes alone, in one question: for lists. By asset. */
export const renditionsOfEach = async (
  payload: Payload,
  assets: readonly Pick<Row<'assets'>, 'id' | 'dressing'>[],
  recipes: readonly string[],
): Promise<Map<string, Row<'renditions'>[]>> => {
  const ids = assets.map(({ id }) => id)
  const rows = await findRows({
    payload,
    collection: 'renditions',
    where: { and: [{ asset: { in: ids } }, { recipe: { in: [...recipes] } }] },
  })
  const own = Map.groupBy(rows, ({ asset }) => asset)
  return new Map(assets.map((asset) => [asset.id, newestOf(own.get(asset.id) ?? [], asset)]))
}

const newestWhere = async (
  payload: Payload,
  of: { assetId: string; asset: Pick<Row<'assets'>, 'dressing'> | null },
): Promise<Row<'renditions'>[]> => {
  const rows = await findRows({
    payload,
    collection: 'renditions',
    where: { and: [{ asset: { equals: of.assetId } }, { recipe: { not_equals: CAPTIONS } }] },
  })
  return newestOf(rows, of.asset)
}

const newestOf = (
  rows: readonly Row<'renditions'>[],
  asset: Pick<Row<'assets'>, 'dressing'> | null,
): Row<'renditions'>[] => {
  const newest = new Map<string, Row<'renditions'>>()
  for (const row of rows.filter((one) => isOfNow(one, asset))) {
    const known = newest.get(row.recipe)
    if (!known || versionOf(known) < versionOf(row)) newest.set(row.recipe, row)
  }
  return [...newest.values()].sort((a, b) => (a.recipe < b.recipe ? -1 : 1))
}
