import type { Payload } from 'payload'
import { findRows } from '@/records/db'
import { desksOf } from './waiting'

/** For which story and which desk a file is being made. */
export type ForWhom = { story: { id: string; title: string } | null; desk: string }

/** By asset. Titles of stories are told only to who may read stories. */
export const forWhom = async (
  payload: Payload,
  assets: readonly string[],
  tell: { stories: boolean },
): Promise<Map<string, ForWhom>> => {
  if (assets.length === 0) return new Map()
  const [desks, sections, stories] = await Promise.all([
    desksOf(payload, assets),
    findRows({ payload, collection: 'sections', where: {} }),
    tell.stories ? storiesOf(payload, assets) : new Map<string, ForWhom['story']>(),
  ])
  const names = new Map(sections.map(({ id, name }) => [String(id), name]))
  return new Map(
    assets.map((asset) => [
      asset,
      { story: stories.get(asset) ?? null, desk: names.get(desks.get(asset) ?? '') ?? '' },
    ]),
  )
}

/** The story of each one's newest accepted upload. */
const storiesOf = async (payload: Payload, assets: readonly string[]) => {
  const uploads = await findRows({
    payload,
    collection: 'uploads',
    where: { and: [{ asset: { in: [...assets] } }, { state: { equals: 'accepted' } }] },
    sort: 'createdAt',
  })
  const ids = [...new Set(uploads.flatMap(({ story }) => (story ? [story] : [])))]
  const rows =
    ids.length === 0
      ? []
      : await findRows({ payload, collection: 'stories', where: { id: { in: ids } } })
  const told = new Map(rows.map(({ id, title }) => [id, { id, title }]))
  return new Map(uploads.map(({ asset, story }) => [asset ?? '', told.get(story ?? '') ?? null]))
}
