import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { DeliveryDeps } from '@/deliveries/deps'
import type { Publisher } from '@/publishers/publisher'
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
  let calls = 0
  let dead = false
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    // What a dead process would do next never happens.
    if (dead) return new Promise<T>(() => undefined)
    calls += 1
    const mine = calls === at
    if (mine && when === 'before') dead = true
    if (dead) return new Promise<T>(() => undefined)
    const value = await work()
    if (mine) dead = true
    return dead ? new Promise<T>(() => undefined) : value
  }
  const db = new Proxy(deps.payload.db, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function' || !['find', 'create', 'updateOne'].includes(String(name)))
        return member
      return (...args: unknown[]) =>
        step(() => Reflect.apply(member, target, args) as Promise<unknown>)
    },
  })
  const payload = Object.create(deps.payload, { db: { value: db } }) as typeof deps.payload // the same, seen through
  const publishers = Object.fromEntries(
    Object.entries(deps.publishers).map(([name, one]): [string, Publisher] => [
      name,
      {
        ...one,
        prepare: (ctx, work) => step(() => one.prepare(ctx, work)),
        commit: (ctx, work) => step(() => one.commit(ctx, work)),
        find: (ctx, work) => step(() => one.find(ctx, work)),
        seen: (ctx, work) => step(() => one.seen(ctx, work)),
        retract: (ctx, work) => step(() => one.retract(ctx, work)),
      },
    ]),
  )
  return { deps: { ...deps, payload, publishers }, calls: () => calls, dead: () => dead }
}

/** Steps with the mortal until it is dead or the delivery is where it should be. */
const liveUntilDead = async (id: string, until: string[], life: ReturnType<typeof mortal>) => {
  const { stepDelivery } = await import('@/deliveries/step')
  for (let round = 0; round < 40; round += 1) {
    const row = await rowOf(room, id)
    if (until.includes(row.state) || life.dead()) return
    const ahead = (row.nextAt ?? 0) - room.hour.now().getTime()
    if (ahead > 0) room.hour.pass(ahead + 1)
    const stopped = new AbortController()
    const watch = setInterval(() => life.dead() && stopped.abort(), 1)
    const died = new Promise<void>((resolve) =>
      stopped.signal.addEventListener('abort', () => resolve()),
    )
    await Promise.race([stepDelivery({ deps: life.deps, delivery: id }), died])
    clearInterval(watch)
  }
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
        await liveUntilDead(id, ['published'], life)
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
        await liveUntilDead(id, ['withdrawn'], life)
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
