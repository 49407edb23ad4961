import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom } from '../support/newsroom'
import { openDesk, type Desk } from '../signoff/support'
import { insert, newAsset, search } from './support'

let desk: Desk
let plain: string
let covered: string

beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
  plain = await newAsset(desk, 'Phố đi bộ')
  covered = await newAsset(desk, 'Phố có mặt người', { dressing: 'd1' })
  for (const name of ['Một', 'Hai', 'Ba']) await newAsset(desk, name)
})
afterAll(() => desk.room.close())

const FILE = { bytes: 1, sha256: '0'.repeat(64), mime: 'image/webp' }

/** A still of an original, as its row; returns the row's id. */
const still = (asset: string, version: number, dressing = '') =>
  insert(desk, 'renditions', { key: `${asset}:poster:${version}:${dressing}`, asset, recipe: 'poster', dressing, prefix: `r/${asset}/`, files: JSON.stringify([{ ...FILE, path: '320.webp' }]), sha256: FILE.sha256 }) // prettier-ignore

/** What is asked of the table of renditions while `work` runs. */
const asked = async (work: () => Promise<unknown>): Promise<number> => {
  const { db } = desk.room.payload
  const { find } = db
  let count = 0
  db.find = ((args: Parameters<typeof find>[0]) => {
    if (args.collection === 'renditions') count += 1
    return find.call(db, args)
  }) as typeof find
  try {
    await work()
  } finally {
    db.find = find
  }
  return count
}

describe('Một trang của kho tư liệu', () => {
  it('asks the database as often for a page full of originals as for one', async () => {
    const seen: number[] = []
    const page = (limit: number) => async () => {
      seen.push((await search(desk, desk.editor, `limit=${limit}`)).items.length)
    }
    const one = await asked(page(1))
    expect(await asked(page(60))).toBe(one)
    expect(seen).toEqual([1, 5])
  })

  it('shows each its own newest still, and none that was made before a face in it was covered', async () => {
    await still(plain, 1)
    const newest = await still(plain, 2)
    await still(covered, 9)
    expect(await thumbs()).toEqual({ 'Phố đi bộ': newest, 'Phố có mặt người': null })
    const under = await still(covered, 2, 'd1')
    expect(await thumbs()).toEqual({ 'Phố đi bộ': newest, 'Phố có mặt người': under })
  })
})

/** By the original's title, the rendition that its card shows. */
const thumbs = async () => {
  const { items } = await search(desk, desk.editor, 'q=pho')
  return Object.fromEntries(items.map(({ title, thumb }) => [title, thumb?.split('/')[2] ?? null]))
}
