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
  voidSeals,
  type Room,
} from './support'

let room: Room
let people: {
  hold: (typeof import('@/deliveries/hold'))['hold']
  move: (typeof import('@/deliveries/move'))['move']
  cancel: (typeof import('@/deliveries/cancel'))['cancel']
  release: (typeof import('@/deliveries/release'))['release']
  takedown: (typeof import('@/deliveries/takedown'))['takedown']
  takedownStory: (typeof import('@/deliveries/takedown'))['takedownStory']
}
let sweep: (typeof import('@/deliveries/sweep'))['sweepDeliveries']
let step: (typeof import('@/deliveries/step'))['stepDelivery']

beforeAll(async () => {
  room = await openRoom()
  people = {
    ...(await import('@/deliveries/hold')),
    ...(await import('@/deliveries/move')),
    ...(await import('@/deliveries/cancel')),
    ...(await import('@/deliveries/release')),
    ...(await import('@/deliveries/takedown')),
  }
  ;({ sweepDeliveries: sweep } = await import('@/deliveries/sweep'))
  ;({ stepDelivery: step } = await import('@/deliveries/step'))
})
afterAll(() => room.close())

const me = () => ({ payload: room.payload, person: audience })
const platform = () => room.platform('dry-run')
const commitsOf = (id: string) => platform().commits.filter((one) => one === id)
const on = async (id: string) => ({ delivery: id, revision: (await rowOf(room, id)).revision })
const holdAll = (held: boolean) => people.hold({ ...me(), held, reason: held ? 'thử' : '' })
const aReadyOne = async (seconds = 60, more: Record<string, string | boolean> = {}) => {
  const channel = await aChannel(room, more)
  const story = await aStory(room, [channel])
  const id = await planned(room, story, channel, inSeconds(room, seconds))
  await drive(room, id, ['ready'])
  return { id, story, channel }
}
const sweepOften = async (times: number, apartMs: number) => {
  for (let round = 0; round < times; round += 1) {
    await sweep(room.deps)
    room.hour.pass(apartMs)
  }
}

describe('the switch that holds everything', () => {
  it('stops what is due and lets it go when it is opened again in time', async () => {
    const { id } = await aReadyOne(30)
    expect(await holdAll(true)).toMatchObject({ ok: true, outward: { held: true } })
    room.hour.pass(31_000)
    await sweepOften(4, 5_000)
    expect(await rowOf(room, id)).toMatchObject({ state: 'held', code: 'outward-held' })
    expect(commitsOf(id)).toHaveLength(0)
    await holdAll(false)
    await drive(room, id, ['published'])
    expect(commitsOf(id)).toHaveLength(1)
  })

  it('thrown between the last check and the call, still stops it', async () => {
    const { id } = await aReadyOne(30)
    const checkSeal: Room['deps']['checkSeal'] = async (question) => {
      const answer = await room.deps.checkSeal(question)
      if (question.bytes) await holdAll(true)
      return answer
    }
    room.hour.pass(31_000)
    await step({ deps: { ...room.deps, checkSeal }, delivery: id })
    expect((await rowOf(room, id)).state).toBe('held')
    expect(commitsOf(id)).toHaveLength(0)
    await holdAll(false)
  })

  it('counts as done only when no platform keeps a timer of its own', async () => {
    const { id } = await aReadyOne(600, { insurance: true })
    expect(platform().timers.has(id)).toBe(true)
    const held = await holdAll(true)
    expect(held).toMatchObject({ outward: { held: true, disarming: 1 } })
    expect((await rowOf(room, id)).state).toBe('disarming')
    await drive(room, id, ['held'])
    expect(platform().timers.has(id)).toBe(false)
    const { outwardNow } = await import('@/deliveries/hold')
    expect(await outwardNow(room.payload)).toMatchObject({ held: true, disarming: 0 })
    await holdAll(false)
  })
})

describe('a platform’s own timer', () => {
  it('is cancelled there before a cancel counts as done', async () => {
    const { id } = await aReadyOne(600, { insurance: true })
    const done = await people.cancel({ ...me(), ...(await on(id)) })
    expect(done).toMatchObject({ ok: true, delivery: { state: 'disarming' } })
    await drive(room, id, ['cancelled'])
    expect(platform().timers.has(id)).toBe(false)
  })

  it('is cancelled there when the seal is voided', async () => {
    const { id, story } = await aReadyOne(600, { insurance: true })
    await voidSeals(room, story)
    const { onSealVoid } = await import('@/deliveries/listen')
    await onSealVoid({ payload: room.payload, story, holds: async () => false })
    await drive(room, id, ['planned'])
    expect(platform().timers.has(id)).toBe(false)
  })

  it('that was faster than the cancel is answered by taking it down', async () => {
    const { id } = await aReadyOne(600, { insurance: true })
    await people.cancel({ ...me(), ...(await on(id)) })
    platform().fire(id)
    await drive(room, id, ['withdrawn'])
    expect(platform().visible.has(id)).toBe(false)
  })

  it('that fired while we were down is found, and nothing is sent a second time', async () => {
    const { id } = await aReadyOne(60, { insurance: true })
    platform().fire(id)
    room.hour.pass(3_600_000)
    await drive(room, id, ['published'])
    expect(commitsOf(id)).toHaveLength(0)
    expect(platform().turnedPublic.filter((one) => one === id)).toHaveLength(1)
  })

  it('follows a move to another hour', async () => {
    const { id } = await aReadyOne(600, { insurance: true })
    const dueAt = inSeconds(room, 1_200)
    await people.move({ ...me(), ...(await on(id)), dueAt })
    await drive(room, id, ['ready'])
    expect(platform().timers.get(id)).toBe(dueAt)
  })
})

describe('the hour', () => {
  it('may be moved later: the old hour passes and nothing goes out', async () => {
    const { id } = await aReadyOne(60)
    await people.move({ ...me(), ...(await on(id)), dueAt: inSeconds(room, 3_600) })
    room.hour.pass(120_000)
    await sweepOften(2, 1_000)
    expect(commitsOf(id)).toHaveLength(0)
    await drive(room, id, ['published'])
    expect(commitsOf(id)).toHaveLength(1)
  })

  it('may be moved earlier: it goes out then, once', async () => {
    const { id } = await aReadyOne(86_400)
    await people.move({ ...me(), ...(await on(id)), dueAt: 'now' })
    await sweepOften(8, 1_000)
    expect((await rowOf(room, id)).state).toBe('published')
    expect(commitsOf(id)).toHaveLength(1)
  })

  it('that passed long ago, after an outage, is held for a person and goes when released', async () => {
    const { id } = await aReadyOne(60)
    room.hour.pass(60_000 + 16 * 60_000)
    await sweepOften(3, 1_000)
    expect((await rowOf(room, id)).state).toBe('late')
    expect(commitsOf(id)).toHaveLength(0)
    expect(await people.release({ ...me(), ...(await on(id)) })).toMatchObject({ ok: true })
    await drive(room, id, ['published'])
    expect(commitsOf(id)).toHaveLength(1)
  })

  it('moved while the bytes are being hashed wins: the commit is not made', async () => {
    const { id } = await aReadyOne(30)
    const checkSeal: Room['deps']['checkSeal'] = async (question) => {
      if (question.bytes)
        await people.move({ ...me(), ...(await on(id)), dueAt: inSeconds(room, 900) })
      return room.deps.checkSeal(question)
    }
    room.hour.pass(31_000)
    await step({ deps: { ...room.deps, checkSeal }, delivery: id })
    expect((await rowOf(room, id)).state).toBe('ready')
    expect(commitsOf(id)).toHaveLength(0)
  })
})

describe('a takedown', () => {
  it('ends when a stranger found it gone twice, two seconds apart, with both proofs', async () => {
    const { id } = await aReadyOne(10)
    await drive(room, id, ['published'])
    const refused = await people.takedown({ ...me(), ...(await on(id)), reason: ' ' })
    expect(refused).toMatchObject({ ok: false, reason: 'no-reason' })
    await people.takedown({ ...me(), ...(await on(id)), reason: 'sai số liệu' })
    await drive(room, id, ['withdrawn'])
    const proof: { at: string; what: string }[] = JSON.parse((await rowOf(room, id)).proof ?? '[]')
    expect(proof.map((one) => one.what)).toEqual(['seen', 'gone', 'gone'])
    const [first, second] = proof.slice(1).map((one) => Date.parse(one.at))
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(2_000)
    expect(platform().visible.has(id)).toBe(false)
  })

  it('does not end while a stranger still sees it', async () => {
    const { id } = await aReadyOne(10)
    await drive(room, id, ['published'])
    const stubborn = {
      ...platform().publisher,
      retract: async () => ({ is: 'done', how: 'hidden' }) as const,
    }
    const deps = { ...room.deps, publishers: { 'dry-run': stubborn } }
    await people.takedown({ ...me(), ...(await on(id)), reason: 'sai' })
    for (let round = 0; round < 12; round += 1) {
      room.hour.pass(31_000)
      await sweep(deps)
    }
    expect(await rowOf(room, id)).toMatchObject({ state: 'withdrawing', code: 'still-there' })
    await drive(room, id, ['withdrawn'])
    expect(platform().visible.has(id)).toBe(false)
  })

  it('of a whole story withdraws what is out and cancels what is planned', async () => {
    const [one, two] = [await aChannel(room), await aChannel(room)]
    const story = await aStory(room, [one, two])
    const out = await planned(room, story, one)
    await drive(room, out, ['published'])
    const waiting = await planned(room, story, two, inSeconds(room, 600))
    await drive(room, waiting, ['ready'])
    const done = await people.takedownStory({ ...me(), story, reason: 'rút tin' })
    expect(done).toMatchObject({ ok: true, deliveries: [{ ok: true }, { ok: true }] })
    await drive(room, out, ['withdrawn'])
    await drive(room, waiting, ['cancelled'])
    expect(commitsOf(waiting)).toHaveLength(0)
    const { listDeliveries } = await import('@/deliveries/listing')
    expect((await listDeliveries({ payload: room.payload, story })).state).toBe('withdrawn')
  })

  it('that comes while the commit is under way is carried out after it', async () => {
    const { id } = await aReadyOne(10)
    platform().during(async () => {
      await people.takedown({ ...me(), ...(await on(id)), reason: 'dừng' })
    })
    await drive(room, id, ['withdrawing'])
    platform().during(null)
    await drive(room, id, ['withdrawn'])
    expect(platform().visible.has(id)).toBe(false)
  })

  it('of what was lost on the way cancels it, and it is not tried again', async () => {
    const { id } = await aReadyOne(10)
    platform().next('lost-before')
    await drive(room, id, ['unconfirmed'])
    await people.takedown({ ...me(), ...(await on(id)), reason: 'dừng' })
    await drive(room, id, ['cancelled'])
    expect(commitsOf(id)).toHaveLength(0)
  })
})
