import type { Payload } from 'payload'
import type { Person } from '@/people/person'
import { findRows } from '@/records/db'
import { uploadOf, type MyUpload } from './my-stories'

const MOST = 100

export type Unfinished = { upload: MyUpload; story: string; title: string; inReview: boolean }

/**
 * Everything a person began to send and that did not arrive, whatever became of its story: each holds room, so each
 * must be there to go on with or to be dropped.
 */
export const myUnfinished = async (payload: Payload, person: Person): Promise<Unfinished[]> => {
  const rows = await findRows({
    payload,
    collection: 'uploads',
    where: { and: [{ owner: { equals: person.id } }, { state: { equals: 'receiving' } }] },
    sort: '-createdAt',
    limit: MOST,
  })
  const ids = [...new Set(rows.map(({ story }) => story ?? ''))].filter((id) => id !== '')
  if (rows.length === 0) return []
  const [stories, items] = await Promise.all([
    findRows({ payload, collection: 'stories', where: { id: { in: ids } } }),
    findRows({ payload, collection: 'desk-items', where: { story: { in: ids } } }),
  ])
  const titles = new Map(stories.map(({ id, title }) => [id, title]))
  const states = new Map(items.map(({ story, state }) => [story, state]))
  return Promise.all(
    rows.map(async (row) => ({
      upload: await uploadOf(row),
      story: row.story ?? '',
      title: titles.get(row.story ?? '') ?? '',
      inReview: states.get(row.story ?? '') === 'in-review',
    })),
  )
}
