import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { nowMs } from '@/clock'
import type { DeliveryDeps } from '@/deliveries/deps'
import type { Store } from '@/media/store'
import { until } from '../assets/support'
import { openDesk, save, signedStory, storyRow, type Desk } from '../signoff/support'
import { SITE, doorsOf, withSite } from './real-site'
import { audience, openRoom, planned, rowOf, type Room } from './support'

const LEASE_MS = 4_000
/** A busy machine may lose a lease and an answer with it; then the platform is asked, quickly. */
const TIMING = { absentApartMs: 200, pollMs: 50, slowMs: 200 }
let room: Room
let desk: Desk
let letGo: () => void = () => undefined
let puts: string[] = []

beforeAll(async () => {
  room = await openRoom({ LEASE_MS: String(LEASE_MS) })
  room.hour.stop() // a lease that is renewed needs a clock that goes
  desk = await openDesk(room.newsroom)
})
afterEach(() => letGo())
afterAll(() => room.close())

/** A store that is slow to take public files: the second waits for `letGo`. */
const slow = (store: Store): Store => {
  const gate = new Promise<void>((resolve) => (letGo = resolve))
  puts = []
  return {
    ...store,
    putFile: async (key, ...rest) => {
      puts.push(key)
      if (puts.length === 2) await gate
      return store.putFile(key, ...rest)
    },
  }
}

const onSite = async (story: string) => {
  const { readEditions } = await import('@/site/reading')
  const { slug } = await storyRow(desk, story)
  return (await readEditions(room.payload).at(`kinh-te/${slug}`)).is
}

const editionsOf = (story: string) =>
  room.db.findRows({
    payload: room.payload,
    collection: 'editions',
    where: { story: { equals: story } },
  })

const strangerSees = async (key: string): Promise<number> => {
  const ask = await doorsOf(room.payload, room.store)
  return (await ask(`${SITE}/m/${key.replace('public/', '')}`)).status
}

/** Its files are on their way to the public folder: one has arrived, the second takes long. */
const copying = async (dueAt: string | 'now' = 'now') => {
  const { stepDelivery } = await import('@/deliveries/step')
  const deps: DeliveryDeps = await withSite(room, { store: slow(room.store), timing: TIMING })
  const { story } = await signedStory(desk)
  const id = await planned(room, story, desk.channels.website, dueAt)
  const step = stepDelivery({ deps, delivery: id })
  await until('the second file is being copied', () => puts.length === 2)
  return { deps, story, id, step }
}

/** Steps by the real clock until it stands there. */
const goesOn = async (id: string, state: string, deps: DeliveryDeps) => {
  const { stepDelivery } = await import('@/deliveries/step')
  await until(state, async () => {
    await stepDelivery({ deps, delivery: id })
    return (await rowOf(room, id)).state === state
  })
}

/** Real time passes: the lease that was there at the beginning would have run out by itself. */
const longerThanTheLease = async (id: string) => {
  const first = (await rowOf(room, id)).leaseUntil ?? 0
  await until('the lease is over', () => nowMs() > first + LEASE_MS)
}

describe('when the site takes long to copy the files', () => {
  it('longer than the lease, nobody takes the work over, and it goes out once', async () => {
    const { stepDelivery } = await import('@/deliveries/step')
    const { deps, story, id, step } = await copying()
    await longerThanTheLease(id)
    const other = await withSite(room)
    expect(await stepDelivery({ deps: other, delivery: id })).toBe('none')
    expect((await rowOf(room, id)).state).toBe('preparing')
    expect(await onSite(story)).toBe('absent')
    letGo()
    await step
    await goesOn(id, 'published', deps)
    expect(await editionsOf(story)).toHaveLength(1)
    expect(new Set(puts).size).toBe(puts.length)
    expect(await onSite(story)).toBe('live')
  })

  it('the commit copies nothing: it is done within a deadline in which no file could be copied', async () => {
    const { deps, story, id, step } = await copying()
    letGo()
    await step
    expect((await rowOf(room, id)).state).toBe('ready')
    const before = puts.length
    await goesOn(id, 'published', deps)
    expect(puts).toHaveLength(before)
    expect(await onSite(story)).toBe('live')
  })

  it('copies that were spoiled before the hour are refused before the commit is called', async () => {
    const { deps, story, id, step } = await copying(new Date(nowMs() + 600_000).toISOString())
    letGo()
    await step
    const key = puts.find((one) => one.endsWith('.mp4')) ?? ''
    const bytes = (await room.store.stat(key))?.bytes ?? 0
    await room.store.remove(key)
    await room.store.putBytes(key, Buffer.alloc(bytes, 'x'), { mime: 'video/mp4' })
    const { move } = await import('@/deliveries/move')
    const { revision } = await rowOf(room, id)
    await move({ payload: room.payload, person: audience, delivery: id, revision, dueAt: 'now' })
    await goesOn(id, 'refused', deps)
    expect(await rowOf(room, id)).toMatchObject({ code: 'bytes-differ', attempts: 0 })
    expect(await onSite(story)).toBe('absent')
    const left = await Promise.all(puts.map((one) => room.store.stat(one)))
    expect(new Set(left)).toEqual(new Set([null]))
  })

  it('hashing them takes as long as it takes: only then the commit begins, with all of its time', async () => {
    const { deps, story, id, step } = await copying(new Date(nowMs() + 600_000).toISOString())
    letGo()
    await step
    const { stepDelivery } = await import('@/deliveries/step')
    const { move } = await import('@/deliveries/move')
    const gate = Promise.withResolvers<void>()
    let reading = ''
    const open: Store['open'] = async (key, range) => {
      if (key.startsWith('public/') && reading === '') {
        reading = key
        await gate.promise
      }
      return room.store.open(key, range)
    }
    const timing = { ...TIMING, commitMs: 1_500 }
    const slowly = await withSite(room, { store: { ...room.store, open }, timing })
    const { revision } = await rowOf(room, id)
    await move({ payload: room.payload, person: audience, delivery: id, revision, dueAt: 'now' })
    const arming = stepDelivery({ deps: slowly, delivery: id })
    await until('a copy is being hashed', () => reading !== '')
    await longerThanTheLease(id)
    expect(await stepDelivery({ deps, delivery: id })).toBe('none')
    expect((await rowOf(room, id)).state).toBe('ready')
    gate.resolve()
    await arming
    expect(await rowOf(room, id)).toMatchObject({ state: 'confirming', attempts: 1 })
    expect(await onSite(story)).toBe('live')
  })

  it('no stranger reaches a file that was copied and not published', async () => {
    const { id, story, step, deps } = await copying(new Date(nowMs() + 600_000).toISOString())
    const [first = ''] = puts
    expect(await room.store.stat(first)).not.toBeNull()
    expect(await strangerSees(first)).toBe(404)
    letGo()
    await step
    expect((await rowOf(room, id)).state).toBe('ready')
    for (const key of puts) expect(await strangerSees(key)).toBe(404)
    expect(await onSite(story)).toBe('absent')
    const { cancel } = await import('@/deliveries/cancel')
    const { revision } = await rowOf(room, id)
    await cancel({ payload: room.payload, person: audience, delivery: id, revision })
    await goesOn(id, 'cancelled', deps)
    const left = await Promise.all(puts.map((key) => room.store.stat(key)))
    expect(new Set(left)).toEqual(new Set([null]))
  })

  it('words that are changed while it copies do not go out under the old signature, and the copies go', async () => {
    const { deps, story, id, step } = await copying()
    expect((await save(desk, desk.editor, story, { summary: 'Sapo khác.' })).status).toBe(200)
    letGo()
    await step
    await goesOn(id, 'planned', deps)
    expect(await rowOf(room, id)).toMatchObject({ code: 'unsigned' })
    expect(await onSite(story)).toBe('absent')
    const left = await Promise.all(puts.map((key) => room.store.stat(key)))
    expect(new Set(left)).toEqual(new Set([null]))
  })

  it('a takedown that comes while it copies leaves nothing on the site and nothing in the store', async () => {
    const { takedown } = await import('@/deliveries/takedown')
    const { deps, story, id, step } = await copying()
    const { revision } = await rowOf(room, id)
    const asked = { payload: room.payload, person: audience, delivery: id, revision, reason: 'Sai' }
    expect((await takedown(asked)).ok).toBe(true)
    letGo()
    await step
    await goesOn(id, 'cancelled', deps)
    expect(await onSite(story)).toBe('absent')
    const left = await Promise.all(puts.map((key) => room.store.stat(key)))
    expect(new Set(left)).toEqual(new Set([null]))
  })
})
