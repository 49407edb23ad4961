import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openDesk, signedStory, storyRow, type Desk } from '../signoff/support'
import { liveUntilDead, mortality, mortalPayload, mortalStore } from './mortal'
import { doorsOf, SITE, withSite } from './real-site'
import { drive, openRoom, planned, type Room } from './support'

let room: Room
let desk: Desk
beforeAll(async () => {
  room = await openRoom()
  desk = await openDesk(room.newsroom)
})
afterAll(() => room.close())

const editionsOf = (story: string) =>
  room.db.findRows({
    payload: room.payload,
    collection: 'editions',
    where: { story: { equals: story } },
  })

/** Goes out by a process that dies at its nth call of the database or the store, and by another after it. */
const outByTwo = async (at: number, when: 'before' | 'after') => {
  const { settleAll } = await import('@/records/settle')
  const { story } = await signedStory(desk)
  const id = await planned(room, story, desk.channels.website)
  const life = mortality(at, when)
  const payload = mortalPayload(room.payload, life)
  const deps = await withSite(room, { payload, store: mortalStore(room.store, life) })
  await liveUntilDead(room, id, ['published'], { deps, dead: life.dead })
  room.hour.pass(31_000)
  await settleAll(room.payload)
  await drive(room, id, ['published'], await withSite(room))
  return { story, died: life.dead() }
}

describe.each(['before', 'after'] as const)(
  'a worker that dies %s a call while it brings a story to our own site',
  (when) => {
    it('leaves one edition in the end, whole, in one folder', async () => {
      const ask = await doorsOf(room.payload, room.store)
      let at = 1
      for (; at < 400; at += 9) {
        const { story, died } = await outByTwo(at, when)
        const editions = await editionsOf(story)
        expect({ at, states: editions.map(({ state }) => state) }).toEqual({ at, states: ['live'] })
        const { slug } = await storyRow(desk, story)
        expect((await ask(`${SITE}/kinh-te/${slug}`)).status).toBe(200)
        const [live] = editions
        const { files } = JSON.parse(live?.snapshot ?? '{}') as { files: unknown[] } // our own snapshot
        const kept = await room.store.list(`public/${live?.mediaRoot ?? ''}/`)
        expect({ at, kept: kept.length }).toEqual({ at, kept: files.length })
        if (!died) break
      }
      // It must have died in many places, and have come through once.
      expect(at).toBeGreaterThan(30)
      expect(at).toBeLessThan(400)
    }, 240_000)
  },
)
