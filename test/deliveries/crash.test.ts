import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { DeliveryDeps } from '@/deliveries/deps'
import { liveUntilDead, mortality, mortalPayload, mortalPublishers } from './mortal'
import {
  aChannel,
  aStory,
  audience,
  drive,
  inSeconds,
  openRoom,
  planned,
  rowOf,
  type Room,
} from './support'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
afterAll(() => room.close())

/** A process that dies at its nth call of the database or the platform: before the call, or after its effect. */
const mortal = (deps: DeliveryDeps, at: number, when: 'before' | 'after') => {
  const life = mortality(at, when)
  const payload = mortalPayload(deps.payload, life)
  const publishers = mortalPublishers(deps.publishers, life)
  return { deps: { ...deps, payload, publishers }, dead: life.dead }
}

const settled = async () => {
  const { settleAll } = await import('@/records/settle')
  await settleAll(room.payload)
}

// To die before a call is to die after the one in front of it: every second call, both ways, is every place there is.
describe.each(['before', 'after'] as const)(
  'a worker that dies %s any one of its calls',
  (when) => {
    it('on the way out leaves one public copy in the end, made by one turn to public', async () => {
      const channel = await aChannel(room)
      let at = 1
      for (; at < 400; at += 2) {
        const story = await aStory(room, [channel])
        const id = await planned(room, story, channel, inSeconds(room, 20))
        const life = mortal(room.deps, at, when)
        await liveUntilDead(room, id, ['published'], life)
        // The others find the row by its lease, which runs out.
        room.hour.pass(31_000)
        await settled()
        await drive(room, id, ['published'])
        const turned = room.platform('dry-run').turnedPublic.filter((one) => one === id)
        expect({ at, turned: turned.length }).toEqual({ at, turned: 1 })
        if (!life.dead()) break
      }
      // It must have died in many places, and have come through once.
      expect(at).toBeGreaterThan(30)
      expect(at).toBeLessThan(400)
    }, 180_000)

    it('on the way back leaves nothing public', async () => {
      const { takedown } = await import('@/deliveries/takedown')
      const channel = await aChannel(room)
      let at = 1
      for (; at < 400; at += 2) {
        const story = await aStory(room, [channel])
        const id = await planned(room, story, channel)
        await drive(room, id, ['published'])
        const { revision } = await rowOf(room, id)
        await takedown({
          payload: room.payload,
          person: audience,
          delivery: id,
          revision,
          reason: 'sai',
        })
        const life = mortal(room.deps, at, when)
        await liveUntilDead(room, id, ['withdrawn'], life)
        room.hour.pass(31_000)
        await settled()
        await drive(room, id, ['withdrawn'])
        expect(room.platform('dry-run').visible.has(id)).toBe(false)
        if (!life.dead()) break
      }
      expect(at).toBeGreaterThan(10)
      expect(at).toBeLessThan(400)
    }, 180_000)
  },
)
