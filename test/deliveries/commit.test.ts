import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  aChannel,
  aStory,
  audience,
  drive,
  inSeconds,
  openRoom,
  planned,
  rowOf,
  sign,
  voidSeals,
  type Room,
} from './support'

let room: Room
let step: (typeof import('@/deliveries/step'))['stepDelivery']
let sweep: (typeof import('@/deliveries/sweep'))['sweepDeliveries']

beforeAll(async () => {
  room = await openRoom()
  ;({ stepDelivery: step } = await import('@/deliveries/step'))
  ;({ sweepDeliveries: sweep } = await import('@/deliveries/sweep'))
})
afterAll(() => room.close())

const commitsOf = (id: string) => room.platform('dry-run').commits.filter((one) => one === id)
const aReadyOne = async (seconds = 60, more: Record<string, string | boolean> = {}) => {
  const channel = await aChannel(room, more)
  const story = await aStory(room, [channel])
  const id = await planned(room, story, channel, inSeconds(room, seconds))
  await drive(room, id, ['ready'])
  return { id, story, channel }
}
const atItsHour = async (id: string, lateBy = 1_000) => {
  const row = await rowOf(room, id)
  room.hour.pass(Date.parse(row.dueAt) - room.hour.now().getTime() + lateBy)
}

describe('a delivery goes out', () => {
  it('once, when a stranger has seen it, with the proof and a line of audit for each step', async () => {
    const { id } = await aReadyOne()
    await drive(room, id, ['published'])
    expect(commitsOf(id)).toHaveLength(1)
    const row = await rowOf(room, id)
    expect(JSON.parse(row.proof ?? '[]')).toMatchObject([{ what: 'seen', status: 200 }])
    const entries = await room.db.findRows({
      payload: room.payload,
      collection: 'audit-entries',
      where: { subjectId: { equals: id } },
      sort: 'at',
    })
    const actions = entries.map((entry) => entry.action)
    for (const action of ['plan', 'preparing', 'ready', 'committing', 'committed', 'published'])
      expect(actions).toContain(`delivery.${action}`)
  })

  it('never before its hour', async () => {
    const { id } = await aReadyOne(600)
    expect(await step({ deps: room.deps, delivery: id })).toBe('wait')
    await sweep(room.deps)
    expect(commitsOf(id)).toHaveLength(0)
  })

  it('once, when eight sweepers find it due at the same moment', async () => {
    const { id } = await aReadyOne()
    await atItsHour(id)
    for (let round = 0; round < 6; round += 1) {
      await Promise.all(Array.from({ length: 8 }, () => sweep(room.deps)))
      room.hour.pass(1_000)
    }
    expect(commitsOf(id)).toHaveLength(1)
    expect((await rowOf(room, id)).state).toBe('published')
  })
})

describe('an answer that was lost', () => {
  it.each(['lost-after', 'throw-after', 'hang'] as const)(
    '(%s) is resolved by asking, not by sending again',
    async (trouble) => {
      const { id } = await aReadyOne()
      await atItsHour(id)
      room.platform('dry-run').next(trouble)
      const deps = { ...room.deps, timing: { commitMs: 50 } }
      await drive(room, id, ['unconfirmed'], deps)
      if (trouble === 'hang') return expect(commitsOf(id)).toHaveLength(0)
      await drive(room, id, ['published'])
      expect(commitsOf(id)).toHaveLength(1)
    },
  )

  it('may be followed by one more attempt only when the platform said twice, apart, that nothing is there', async () => {
    const { id } = await aReadyOne()
    await atItsHour(id)
    room.platform('dry-run').next('lost-before')
    await drive(room, id, ['unconfirmed'])
    const asked = room.hour.now().getTime()
    await drive(room, id, ['ready'])
    expect(room.hour.now().getTime() - asked).toBeGreaterThanOrEqual(10_000)
    await drive(room, id, ['published'])
    expect(room.platform('dry-run').turnedPublic.filter((one) => one === id)).toHaveLength(1)
  })

  it('stays unknown, unsent, while the platform does not say, and a person decides', async () => {
    const { id } = await aReadyOne()
    await atItsHour(id)
    room.platform('dry-run').next('lost-after')
    await drive(room, id, ['unconfirmed'])
    room.platform('dry-run').findSays('cannot-tell')
    for (let round = 0; round < 30; round += 1) {
      room.hour.pass(31_000)
      await sweep(room.deps)
    }
    const row = await rowOf(room, id)
    expect(row).toMatchObject({ state: 'unconfirmed', code: 'ask-a-person' })
    expect(commitsOf(id)).toHaveLength(1)
    const { resolve } = await import('@/deliveries/resolve')
    const done = await resolve({
      payload: room.payload,
      person: audience,
      delivery: id,
      revision: row.revision,
      outcome: 'out',
    })
    room.platform('dry-run').findSays(null)
    expect(done.ok).toBe(true)
    await drive(room, id, ['published'])
    expect(commitsOf(id)).toHaveLength(1)
  })

  it('is asked for when the worker died right after it said that it would commit', async () => {
    const { id } = await aReadyOne()
    await atItsHour(id)
    const mortal = {
      ...room.deps,
      publishers: {
        'dry-run': {
          ...room.platform('dry-run').publisher,
          commit: () => new Promise<never>(() => undefined),
        },
      },
    }
    const dying = new AbortController()
    const gone = step({ deps: mortal, delivery: id, signal: dying.signal })
    while ((await rowOf(room, id)).state !== 'committing')
      await new Promise((resolve) => setImmediate(resolve))
    expect(await step({ deps: room.deps, delivery: id })).toBe('none')
    room.hour.pass(31_000)
    await step({ deps: room.deps, delivery: id })
    expect((await rowOf(room, id)).state).toBe('unconfirmed')
    dying.abort()
    await gone
    expect(commitsOf(id)).toHaveLength(0)
  })
})

describe('what was not signed', () => {
  it('waits, is not even prepared, and is prepared at once when the signature comes', async () => {
    const channel = await aChannel(room)
    const story = await aStory(room, [channel], false)
    const id = await planned(room, story, channel, inSeconds(room, 600))
    await step({ deps: room.deps, delivery: id })
    expect(await rowOf(room, id)).toMatchObject({ state: 'planned', code: 'unsigned' })
    expect(room.platform('dry-run').uploads.has(id)).toBe(false)
    await sign(room, story, channel)
    const { onStorySigned } = await import('@/deliveries/listen')
    await onStorySigned({ payload: room.payload, story })
    await step({ deps: room.deps, delivery: id })
    expect((await rowOf(room, id)).state).toBe('ready')
  })

  it('does not go out when the seal was voided a moment before the hour, told or not told', async () => {
    const { id, story } = await aReadyOne()
    await voidSeals(room, story)
    await atItsHour(id)
    for (let round = 0; round < 10; round += 1) {
      await sweep(room.deps)
      room.hour.pass(5_000)
    }
    expect(commitsOf(id)).toHaveLength(0)
    expect(await rowOf(room, id)).toMatchObject({ state: 'planned', code: 'unsigned' })
  })

  it('goes back to waiting when it is told of the void, and goes out with what was signed anew', async () => {
    const { id, story, channel } = await aReadyOne()
    await voidSeals(room, story)
    const { onSealVoid } = await import('@/deliveries/listen')
    await onSealVoid({ payload: room.payload, story, holds: async () => false })
    await drive(room, id, ['planned'])
    expect((await rowOf(room, id)).code).toBe('unsigned')
    expect(room.platform('dry-run').uploads.has(id)).toBe(false)
    await sign(room, story, channel)
    await drive(room, id, ['published'])
    expect(commitsOf(id)).toHaveLength(1)
  })

  it('does not go out when one byte of the file was flipped after signing', async () => {
    const channel = await aChannel(room)
    const story = await aStory(room, [channel], false)
    await room.db.compareAndSet({
      payload: room.payload,
      collection: 'desk-items',
      id:
        (
          await room.db.findRow({
            payload: room.payload,
            collection: 'desk-items',
            where: { story: { equals: story } },
          })
        )?.id ?? '',
      expect: { revision: 1 },
      set: { state: 'signed' },
    })
    const key = await sign(room, story, channel)
    const id = await planned(room, story, channel, inSeconds(room, 60))
    await drive(room, id, ['ready'])
    await room.store.remove(key)
    await room.store.putBytes(key, Buffer.from('other bytes'), { mime: 'video/mp4' })
    await drive(room, id, ['refused'])
    expect((await rowOf(room, id)).code).toBe('bytes-differ')
    expect(commitsOf(id)).toHaveLength(0)
  })

  it('does not go out when the story was killed though the seal row still stands', async () => {
    const { id, story } = await aReadyOne()
    const item = await room.db.findRow({
      payload: room.payload,
      collection: 'desk-items',
      where: { story: { equals: story } },
    })
    await room.db.compareAndSet({
      payload: room.payload,
      collection: 'desk-items',
      id: item?.id ?? '',
      expect: { revision: 1 },
      set: { state: 'killed' },
    })
    await atItsHour(id)
    await sweep(room.deps)
    await sweep(room.deps)
    expect(commitsOf(id)).toHaveLength(0)
  })
})

describe('the platform’s noes', () => {
  it.each([
    ['refuse', 'refused', 'forbidden-words'],
    ['block', 'held', 'blocked'],
    ['quota', 'held', 'quota'],
    ['reconnect', 'held', 'reconnect'],
  ] as const)('%s leaves it %s (%s), nothing out', async (trouble, state, code) => {
    const { id, channel } = await aReadyOne()
    await atItsHour(id)
    room.platform('dry-run').next(trouble)
    await drive(room, id, [state])
    expect(await rowOf(room, id)).toMatchObject({ state, code })
    expect(commitsOf(id)).toHaveLength(0)
    const held = (await room.db.rowById(room.payload, 'channels', channel))?.held
    expect(held).toBe(trouble === 'reconnect')
  })

  it('“later” is tried again a little later, once', async () => {
    const { id } = await aReadyOne()
    await atItsHour(id)
    room.platform('dry-run').next('later')
    await drive(room, id, ['published'])
    expect(commitsOf(id)).toHaveLength(1)
  })
})
