import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ROLE_IDS } from '@/people/roles'
import type { TestPerson } from '../support/newsroom'
import {
  aChannel,
  aPerson,
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
const people = new Map<string, TestPerson>()
const SENDERS = ['audience', 'secretariat', 'head']
const HUMANS = ROLE_IDS.filter((role) => role !== 'service')

beforeAll(async () => {
  room = await openRoom()
  for (const role of HUMANS) people.set(role, await room.newsroom.person(role))
})
afterAll(() => room.close())

const post = (role: string | null, path: string, body: object) =>
  room.newsroom.call({ method: 'POST', path, body, as: role ? (people.get(role) ?? null) : null })

const expected = (role: string) => (SENDERS.includes(role) ? 200 : 403)
const aPlanned = async () => {
  const channel = await aChannel(room)
  const story = await aStory(room, [channel])
  const id = await planned(room, story, channel, inSeconds(room, 600))
  return { id, story, channel, revision: (await rowOf(room, id)).revision }
}
const refusalsOf = async (action: string) =>
  (
    await room.db.findRows({
      payload: room.payload,
      collection: 'audit-entries',
      where: { and: [{ action: { equals: action } }, { outcome: { equals: 'refused' } }] },
    })
  ).length

describe.each(HUMANS)('%s', (role) => {
  it('plans, moves, cancels, takes down and holds only as one who sends', async () => {
    const channel = await aChannel(room)
    const story = await aStory(room, [channel])
    const plan = await post(role, '/plan', { story, channel, dueAt: inSeconds(room, 600) })
    expect(plan.status).toBe(expected(role))

    const one = await aPlanned()
    const move = await post(role, `/delivery/${one.id}/move`, {
      revision: one.revision,
      dueAt: inSeconds(room, 900),
    })
    expect(move.status).toBe(expected(role))

    const two = await aPlanned()
    const cancel = await post(role, `/delivery/${two.id}/cancel`, { revision: two.revision })
    expect(cancel.status).toBe(expected(role))

    const three = await aPlanned()
    const down = await post(role, '/takedown', { story: three.story, reason: 'rút tin' })
    expect(down.status).toBe(expected(role))
    expect((await rowOf(room, three.id)).state).toBe(
      SENDERS.includes(role) ? 'cancelled' : 'planned',
    )

    const hold = await post(role, '/hold', { held: true, reason: 'thử' })
    expect(hold.status).toBe(expected(role))
    await post('head', '/hold', { held: false, reason: '' })
  })

  it('connects channels only as an administrator', async () => {
    const made = await post(role, '/channel', {
      name: 'Chạy thử',
      platform: 'dry-run',
      settings: {},
    })
    expect(made.status).toBe(role === 'admin' ? 200 : 403)
  })

  it('sees the deliveries only from the desk', async () => {
    const seen = await room.newsroom.call({
      path: '/desk/deliveries',
      as: people.get(role) ?? null,
    })
    expect(seen.status).toBe(['reporter', 'contributor'].includes(role) ? 403 : 200)
    expect(JSON.stringify(seen.body)).not.toMatch(/checkpoint|leaseBy|"token"/)
  })

  it('writes no delivery and no channel over the ordinary API', async () => {
    const { id, channel } = await aPlanned()
    for (const [path, method] of [
      [`/deliveries/${id}`, 'PATCH'],
      [`/deliveries/${id}`, 'DELETE'],
      ['/deliveries', 'POST'],
      [`/channels/${channel}`, 'PATCH'],
      ['/channels', 'POST'],
    ] as const) {
      const answer = await room.newsroom.call({
        method,
        path,
        body: { state: 'published', active: false },
        as: people.get(role) ?? null,
      })
      expect([path, method, answer.status]).toEqual([path, method, 403])
    }
    expect((await rowOf(room, id)).state).toBe('planned')
  })
})

describe('nobody', () => {
  it('is told to sign in, and a refusal of a known person is written down', async () => {
    const { id, story, channel, revision } = await aPlanned()
    for (const [path, body] of [
      ['/plan', { story, channel, dueAt: 'now' }],
      [`/delivery/${id}/cancel`, { revision }],
      ['/takedown', { story, reason: 'x' }],
      ['/hold', { held: true, reason: 'x' }],
      ['/channel', { name: 'x', platform: 'dry-run' }],
    ] as const)
      expect((await post(null, path, body)).status).toBe(401)
    expect((await room.newsroom.call({ path: '/desk/deliveries' })).status).toBe(401)
    const before = await refusalsOf('delivery.plan')
    await post('reporter', '/plan', { story, channel, dueAt: 'now' })
    expect(await refusalsOf('delivery.plan')).toBe(before + 1)
  })
})

describe('planning', () => {
  it('twice on one channel is refused, and ten at once make one', async () => {
    const channel = await aChannel(room)
    const story = await aStory(room, [channel])
    const wish = { story, channel, dueAt: inSeconds(room, 600) }
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post('audience', '/plan', wish)),
    )
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    const rows = await room.db.findRows({
      payload: room.payload,
      collection: 'deliveries',
      where: { story: { equals: story } },
    })
    expect(rows).toHaveLength(1)
    expect(await post('audience', '/plan', wish)).toMatchObject({
      status: 409,
      body: { reason: 'already-planned' },
    })
  })

  it('again what is out is refused, and allowed where the platform replaces in place', async () => {
    const [plain, site] = [await aChannel(room), await aChannel(room, { platform: 'website' })]
    const story = await aStory(room, [plain, site])
    const [one, two] = [await planned(room, story, plain), await planned(room, story, site)]
    await drive(room, one, ['published'])
    await drive(room, two, ['published'])
    expect(await post('audience', '/plan', { story, channel: plain, dueAt: 'now' })).toMatchObject({
      status: 409,
      body: { reason: 'already-out' },
    })
    const newer = await planned(room, story, site)
    expect(await rowOf(room, newer)).toMatchObject({ number: 2, replaces: two })
    await drive(room, newer, ['published'])
    expect((await rowOf(room, two)).state).toBe('replaced')
  })

  it('again what was taken down is allowed, under a new number', async () => {
    const { id, story, channel, revision } = await aPlanned()
    await post('audience', `/delivery/${id}/cancel`, { revision })
    const again = await planned(room, story, channel, inSeconds(room, 600))
    expect((await rowOf(room, again)).number).toBe(2)
  })

  it('without a variant is refused, before the signature it is allowed', async () => {
    const channel = await aChannel(room)
    const story = await aStory(room, [channel], false)
    expect((await post('head', '/plan', { story, channel, dueAt: 'now' })).status).toBe(200)
    const other = await aChannel(room)
    expect(await post('head', '/plan', { story, channel: other, dueAt: 'now' })).toMatchObject({
      status: 422,
      body: { reason: 'no-variant' },
    })
  })
})

describe('two people at one delivery', () => {
  it('get one winner and one clear 409', async () => {
    const { id, revision } = await aPlanned()
    const answers = await Promise.all([
      post('audience', `/delivery/${id}/cancel`, { revision }),
      post('head', `/delivery/${id}/move`, { revision, dueAt: inSeconds(room, 1_000) }),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
  })

  it('and nobody cancels or moves what is going out', async () => {
    const { id } = await aPlanned()
    await drive(room, id, ['published'])
    const { revision } = await rowOf(room, id)
    for (const action of ['cancel', 'move', 'release'])
      expect(
        await post('head', `/delivery/${id}/${action}`, { revision, dueAt: 'now' }),
      ).toMatchObject({ status: 409, body: { reason: 'not-here' } })
    const { cancel } = await import('@/deliveries/cancel')
    expect(
      await cancel({ payload: room.payload, person: audience, delivery: 'none', revision: 1 }),
    ).toMatchObject({ reason: 'absent' })
  })
})

describe('a plan', () => {
  it('has its planner in the audit even when the process dies right after writing it', async () => {
    const { plan } = await import('@/deliveries/plan')
    const { settleAll } = await import('@/records/settle')
    const channel = await aChannel(room)
    const story = await aStory(room, [channel])
    const { db } = room.payload
    let written = false
    const dying = new Proxy(db, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return async (...args: unknown[]) => {
          if (written) throw new Error('this process is dead')
          if (name === 'create') written = true
          return (await Reflect.apply(member, target, args)) as unknown
        }
      },
    })
    const payload = Object.create(room.payload, { db: { value: dying } }) as typeof room.payload // the same, seen through
    const asked = plan({ payload, person: audience, story, channel, dueAt: 'now' })
    await expect(asked).rejects.toThrow('dead')
    await settleAll(room.payload)
    const entries = await room.db.findRows({
      payload: room.payload,
      collection: 'audit-entries',
      where: { and: [{ story: { equals: story } }, { action: { equals: 'delivery.plan' } }] },
    })
    expect(entries.map(({ actorId }) => actorId)).toEqual([audience.id])
  })

  it('is not made by whoever runs the machine, whatever else they are', async () => {
    const { plan } = await import('@/deliveries/plan')
    const channel = await aChannel(room)
    const story = await aStory(room, [channel])
    const person = aPerson('admin', 'audience')
    const asked = await plan({ payload: room.payload, person, story, channel, dueAt: 'now' })
    expect(asked).toMatchObject({ ok: false, reason: 'role' })
  })
})
