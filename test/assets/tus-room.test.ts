import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'
import { begin, openDoor, storyIn, type Door } from './support'

const MB = 1024 * 1024
let newsroom: Newsroom
let door: Door
let db: typeof import('@/records/db')
let room: typeof import('@/assets/room')

beforeAll(async () => {
  newsroom = await openNewsroom({
    UPLOAD_QUOTA_BYTES: String(40 * MB),
    UPLOAD_TOTAL_BYTES: String(100 * MB),
  })
  door = await openDoor(newsroom)
  db = await import('@/records/db')
  room = await import('@/assets/room')
})
afterAll(async () => {
  await door.close()
  await newsroom.close()
})

let counter = 0
const had = async (owner: TestPerson, state: string, bytes: number) => {
  counter += 1
  const tusId = counter.toString(16).padStart(32, '0')
  const data = { tusId, owner: owner.id, story: '', bytes, state, revision: 0, pending: false }
  const made = await db.insertRow({ payload: newsroom.payload, collection: 'uploads', data })
  if (!made.ok) throw new Error('the row exists already')
  const { id } = made.row
  return () =>
    db.compareAndSet({ payload: newsroom.payload, collection: 'uploads', id, expect: { state }, set: { state: 'expired' } }) // prettier-ignore
}
const asks = async (who: TestPerson, bytes: number) =>
  begin(door, who, { bytes, story: await storyIn(newsroom, 'draft', who) })

describe('how much may be under way', () => {
  it('is limited for each person, what arrived within a day counted in, and says both sizes', async () => {
    const [hoarder, other] = [await newsroom.person('reporter'), await newsroom.person('reporter')]
    const dropped = await had(hoarder, 'receiving', 10 * MB)
    await had(hoarder, 'accepted', 25 * MB)
    const refused = await asks(hoarder, 6 * MB)
    expect(refused).toMatchObject({ status: 413, reason: 'quota' })
    expect(refused.help?.vi).toContain('35 MB, nhiều nhất là 40 MB')
    expect((await asks(other, 6 * MB)).status).toBe(201)
    await dropped()
    expect((await asks(hoarder, 6 * MB)).status).toBe(201)
  })

  it('forgets tomorrow what arrived today', async () => {
    const { useClock } = await import('@/clock')
    const sender = await newsroom.person('reporter')
    await had(sender, 'accepted', 40 * MB)
    expect(await asks(sender, MB)).toMatchObject({ reason: 'quota' })
    const back = useClock({ now: () => new Date(Date.now() + 25 * 3600 * 1000) })
    const size = { payload: newsroom.payload, person: { ...sender, kind: 'person', roles: [] } as never, size: MB } // prettier-ignore
    const answer = await room.roomFor(size).finally(back)
    expect(answer).toBeNull()
  })

  it('is limited for the whole newsroom too', async () => {
    const [first, second, third] = [await newsroom.person('reporter'), await newsroom.person('reporter'), await newsroom.person('reporter')] // prettier-ignore
    const drops = [await had(first, 'receiving', 38 * MB), await had(second, 'received', 38 * MB)]
    const refused = await asks(third, 30 * MB)
    expect(refused).toMatchObject({ status: 413, reason: 'quota-total' })
    expect(refused.help?.vi).toContain('nhiều nhất là 100 MB')
    for (const drop of drops) await drop()
    expect((await asks(third, 30 * MB)).status).toBe(201)
  })

  it('lets two that begin at the same instant not both have the last of it', async () => {
    const hasty = await newsroom.person('reporter')
    const story = await storyIn(newsroom, 'draft', hasty)
    const both = await Promise.all([1, 2].map(() => begin(door, hasty, { bytes: 25 * MB, story })))
    expect(both.map(({ status }) => status).sort()).toEqual([201, 413])
  })
})

describe('room on the disk', () => {
  const disk = (free: number) => [
    { disk: 1, free, times: 1, inSpool: true },
    { disk: 1, free, times: 2, inSpool: false },
  ]

  it('is needed three times on one disk, and counts what others were let in for and did not bring yet', () => {
    expect(room.lacking(disk(300), [], 100)).toBeNull()
    expect(room.lacking(disk(299), [], 100)).toEqual({ needed: 300, free: 299 })
    const half = [{ bytes: 100, there: 50 }]
    expect(room.lacking(disk(549), half, 100)).toEqual({ needed: 550, free: 549 })
    expect(room.lacking(disk(550), half, 100)).toBeNull()
  })

  it('is asked of each disk for what comes to lie there', () => {
    const two = (spool: number, store: number) => [
      { disk: 1, free: spool, times: 1, inSpool: true },
      { disk: 2, free: store, times: 2, inSpool: false },
    ]
    expect(room.lacking(two(100, 200), [], 100)).toBeNull()
    expect(room.lacking(two(99, 900), [], 100)).toEqual({ needed: 100, free: 99 })
    expect(room.lacking(two(900, 199), [], 100)).toEqual({ needed: 200, free: 199 })
  })
})
