import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { until } from '../assets/support'
import { aChannel, aStory, audience, drive, inSeconds, openRoom, planned, rowOf, type Room } from './support' // prettier-ignore

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
afterAll(() => room.close())

const asked = async (id: string) => {
  const { revision } = await rowOf(room, id)
  return { payload: room.payload, person: audience, delivery: id, revision }
}

describe('what may be out although somebody said that it is not', () => {
  it('does not count as cancelled while the platform shows it, so that nothing is planned beside it', async () => {
    const { cancel } = await import('@/deliveries/cancel')
    const { plan } = await import('@/deliveries/plan')
    const { resolve } = await import('@/deliveries/resolve')
    const { stepDelivery } = await import('@/deliveries/step')
    const platform = room.platform('dry-run')
    const channel = await aChannel(room)
    const story = await aStory(room, [channel])
    const id = await planned(room, story, channel)
    platform.next('lost-after')
    await drive(room, id, ['unconfirmed'])
    expect(await resolve({ ...(await asked(id)), outcome: 'not-out' })).toMatchObject({ ok: true })
    expect(await cancel(await asked(id))).toMatchObject({ ok: true })

    const refusing: Room['deps'] = {
      ...room.deps,
      publishers: {
        'dry-run': {
          ...platform.publisher,
          retract: async () => ({ is: 'refused', code: 'forbidden', line: 'not allowed' }),
        },
      },
    }
    await stepDelivery({ deps: refusing, delivery: id })
    expect(await rowOf(room, id)).toMatchObject({ state: 'disarming', code: 'by-hand' })
    const again = await plan({ payload: room.payload, person: audience, story, channel, dueAt: 'now' }) // prettier-ignore
    expect(again).toMatchObject({ ok: false, reason: 'already-planned' })
    await drive(room, id, ['cancelled'])
    expect(platform.visible.has(id)).toBe(false)
  })
})

describe('many deliveries of a channel that is at work', () => {
  it('keep no due delivery of another channel out of the look', async () => {
    const { sweepDeliveries } = await import('@/deliveries/sweep')
    const [busy, other] = [await aChannel(room), await aChannel(room)]
    const now = room.hour.now()
    const many: string[] = []
    for (let n = 0; n < 210; n += 1) {
      const made = await room.db.insertRow({
        payload: room.payload,
        collection: 'deliveries',
        data: {
          key: `many:${busy}:${n}`,
          story: `many-${n}`,
          channel: busy,
          platform: 'dry-run',
          number: 1,
          state: 'ready',
          dueAt: now.toISOString(),
          nextAt: 1,
          leaseUntil: 0,
          revision: 0,
          pending: false,
        },
      })
      if (!made.ok) throw new Error('the row exists')
      many.push(made.row.id)
    }
    const id = await planned(room, await aStory(room, [other]), other)
    const gate = Promise.withResolvers<void>()
    const lanes = new Map([[`${busy}:go`, gate.promise]])
    await sweepDeliveries(room.deps, undefined, lanes)
    await Promise.all([...lanes].flatMap(([lane, work]) => (lane === `${busy}:go` ? [] : [work])))
    expect((await rowOf(room, id)).state).toBe('ready')
    room.hour.pass(1)
    await sweepDeliveries(room.deps, undefined, lanes)
    await Promise.all([...lanes].flatMap(([lane, work]) => (lane === `${busy}:go` ? [] : [work])))
    expect((await rowOf(room, id)).state).toBe('confirming')
    gate.resolve()
    for (const row of many) {
      await room.db.compareAndSet({
        payload: room.payload,
        collection: 'deliveries',
        id: row,
        expect: { revision: 0 },
        set: { state: 'cancelled', nextAt: 0 },
      })
    }
  })
})

describe('a long preparation', () => {
  it('does not keep what is due on the same channel waiting', async () => {
    const { sweepDeliveries } = await import('@/deliveries/sweep')
    const platform = room.platform('dry-run')
    const channel = await aChannel(room)
    const [slow, due] = [await aStory(room, [channel]), await aStory(room, [channel])]
    const gate = Promise.withResolvers<void>()
    const slowly: Room['deps']['publishers'] = {
      'dry-run': {
        ...platform.publisher,
        prepare: async (ctx, work) => {
          if (work.storyId === slow) await gate.promise
          return platform.publisher.prepare(ctx, work)
        },
      },
    }
    const deps = { ...room.deps, publishers: slowly }
    const lanes = new Map<string, Promise<void>>()
    const dueId = await planned(room, due, channel, inSeconds(room, 10))
    await drive(room, dueId, ['ready'])
    const slowId = await planned(room, slow, channel, inSeconds(room, 600))
    await sweepDeliveries(deps, undefined, lanes)
    await until('it is being prepared', async () => (await rowOf(room, slowId)).state === 'preparing') // prettier-ignore
    room.hour.pass(11_000)
    await until('the other is out', async () => {
      await sweepDeliveries(deps, undefined, lanes)
      return (await rowOf(room, dueId)).state === 'published'
    })
    expect((await rowOf(room, slowId)).state).toBe('preparing')
    gate.resolve()
    await Promise.all(lanes.values())
    expect((await rowOf(room, slowId)).state).toBe('ready')
  })
})
