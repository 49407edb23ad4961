import { createHash, randomBytes } from 'node:crypto'
import type { TestPerson } from '../support/newsroom'
import { newStory, type Desk } from '../signoff/support'

type Row = Record<string, string | number | boolean>

export const insert = async (desk: Desk, collection: string, data: Row): Promise<string> => {
  const made = await desk.db.insertRow({
    payload: desk.room.payload,
    collection: collection as 'assets',
    data,
  })
  if (!made.ok) throw new Error('the row exists')
  return made.row.id
}

/** An original as a row: what the library reads of it, without any bytes. */
export const newAsset = (desk: Desk, title: string, more: Row = {}): Promise<string> => {
  const sha256 = createHash('sha256').update(randomBytes(16)).digest('hex')
  return insert(desk, 'assets', { title, sha256, storeKey: `o/${sha256}`, kind: 'video', mime: 'video/mp4', bytes: 64, facts: JSON.stringify({ hasPicture: true, hasSound: true }), durationSeconds: 12, state: 'ready', revision: 0, pending: false, ...more }) // prettier-ignore
}

/** An original in a story of a reporter's, as it lies there after its file was accepted. */
export const inStory = async (
  desk: Desk,
  title: string,
  more: { owner?: TestPerson; story?: string; extra?: boolean; asset?: string } = {},
): Promise<{ asset: string; story: string }> => {
  const owner = more.owner ?? desk.reporter
  const asset = more.asset ?? (await newAsset(desk, title))
  const story = more.story ?? (await newStory(desk, { title: `Tin ${title}` }, owner))
  const tusId = randomBytes(8).toString('hex')
  await insert(desk, 'uploads', { tusId, owner: owner.id, story, asset, state: 'accepted', extra: more.extra === true, revision: 0, pending: false }) // prettier-ignore
  return { asset, story }
}

export type Item = {
  asset: string
  title: string
  rights: { state: string; from: string; to: string } | null
  thumb: string | null
  scrub: { sheet: string; list: string } | null
  stories: number
}
export type Answer = {
  items: Item[]
  next: string | null
  total: number
  near: boolean
  reason?: string
}

export const search = async (desk: Desk, as: TestPerson, query: string): Promise<Answer> => {
  const { status, body } = await desk.room.call({ path: `/library?${query}`, as })
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body as Answer
}

export const titles = async (desk: Desk, as: TestPerson, query: string): Promise<string[]> =>
  (await search(desk, as, query)).items.map(({ title }) => title)

export const describeAsset = (desk: Desk, as: TestPerson | null, asset: string, body: object) =>
  desk.room.call({ method: 'POST', path: `/library/${asset}/notes`, as, body })
