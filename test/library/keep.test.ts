import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Payload } from 'payload'
import { openNewsroom } from '../support/newsroom'
import { openDesk, type Desk } from '../signoff/support'
import { inStory, insert, newAsset } from './support'

const MINUTE_MS = 60_000

let desk: Desk
let libraryOf: (typeof import('@/library/keep'))['libraryOf']
/** A web process that was just started: it has no library yet. */
let web: Payload
/** How far the newsroom's clock has been put forward. */
let ahead = 0
let restore: () => void

beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
  ;({ libraryOf } = await import('@/library/keep'))
  const { useClock } = await import('@/clock')
  restore = useClock({ now: () => new Date(Date.now() + ahead) })
})
beforeEach(() => {
  web = Object.create(desk.room.payload) as Payload
})
afterAll(() => {
  restore()
  return desk.room.close()
})

const stamp = () => ({ updatedAt: new Date(Date.now() + ahead).toISOString() })

type Find = Payload['db']['find']

/** Runs `work` with another hand on the table of assets' notes, or of assets, whenever it is read. */
const reading = async (
  table: 'assets' | 'asset-notes',
  meanwhile: (read: () => Promise<{ docs: unknown[] }>) => Promise<{ docs: unknown[] }>,
  work: () => Promise<unknown>,
) => {
  const { db } = desk.room.payload
  const { find } = db
  db.find = ((args: Parameters<Find>[0]) => {
    const read = () => find.call(db, args)
    return args.collection === table ? meanwhile(read) : read()
  }) as Find
  try {
    await work()
  } finally {
    db.find = find
  }
}

describe('Kho tư liệu theo kịp các hàng', () => {
  it('knows a title that was changed while it was being built, however long the building took', async () => {
    const { story, asset } = await inStory(desk, 'Đập Thác Bà.mp4')
    const { payload } = desk.room
    let done = false
    const retitled = async (read: () => Promise<{ docs: unknown[] }>) => {
      if (done) return read()
      done = true
      const set = { title: 'Xả lũ trong đêm', ...stamp() }
      await desk.db.compareAndSet({ payload, collection: 'stories', id: story, expect: {}, set })
      // The last table is read a minute later; somebody wrote there meanwhile.
      ahead += MINUTE_MS
      await insert(desk, 'asset-notes', { asset, place: 'Yên Bái', revision: 1, pending: false, ...stamp() }) // prettier-ignore
      return read()
    }
    await reading('asset-notes', retitled, () => libraryOf(web))
    ahead += MINUTE_MS
    const entry = (await libraryOf(web)).entries.get(asset)
    expect([entry?.stories, entry?.place]).toEqual(['Xả lũ trong đêm', 'Yên Bái'])
  })

  it('reads what came in all at once anew for a minute, and not for ever', async () => {
    await libraryOf(web)
    ahead += MINUTE_MS
    const came = await Promise.all(
      ['Một', 'Hai', 'Ba'].map((name) => newAsset(desk, name, stamp())),
    )
    const looks: number[] = []
    const look = async (passed: number) => {
      ahead += passed
      const count = async (read: () => Promise<{ docs: unknown[] }>) => {
        const found = await read()
        looks.push(found.docs.length)
        return found
      }
      await reading('assets', count, () => libraryOf(web))
    }
    await look(2_000)
    await look(2_000)
    await look(MINUTE_MS)
    await look(2_000)
    expect(looks).toEqual([3, 3, 3, 0])
    const { entries } = await libraryOf(web)
    expect(came.map((id) => entries.get(id)?.title)).toEqual(['Một', 'Hai', 'Ba'])
  })
})
