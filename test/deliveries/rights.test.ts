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
  showPicture,
  sign,
  type Room,
} from './support'

/** The room's clock stands at 16:00 of 21 November here: eight hours before its day ends. */
const TODAY = '2026-11-21'
const HOUR_MS = 3_600_000

let room: Room
let plan: (typeof import('@/deliveries/plan'))['plan']
let move: (typeof import('@/deliveries/move'))['move']
let sweep: (typeof import('@/deliveries/sweep'))['sweepDeliveries']
let mainAssetOf: (typeof import('@/assets/main-asset'))['mainAssetOf']

beforeAll(async () => {
  room = await openRoom()
  ;({ plan } = await import('@/deliveries/plan'))
  ;({ move } = await import('@/deliveries/move'))
  ;({ sweepDeliveries: sweep } = await import('@/deliveries/sweep'))
  ;({ mainAssetOf } = await import('@/assets/main-asset'))
})
afterAll(() => room.close())

const commitsOf = (id: string) =>
  room.platform('dry-run').commits.filter((one) => one === id).length

type Lease = { leaseFrom?: string; leaseTo?: string }

/** What the library says of the story's clip, now or from now on. */
const lease = async (story: string, said: Lease) =>
  leaseOf((await mainAssetOf(room.payload, story))?.id ?? '', said)

const leaseOf = async (asset: string, said: Lease) => {
  const { payload, db } = room
  const where = { asset: { equals: asset } }
  const known = await db.findRow({ payload, collection: 'asset-notes', where })
  if (known) {
    await db.compareAndSet({ payload, collection: 'asset-notes', id: known.id, expect: {}, set: said }) // prettier-ignore
    return asset
  }
  const data = { asset, basis: 'licence', revision: 1, pending: false, ...said }
  await db.insertRow({ payload, collection: 'asset-notes', data })
  return asset
}

const aSigned = async (more: Record<string, boolean> = {}) => {
  const channel = await aChannel(room, more)
  return { channel, story: await aStory(room, [channel]) }
}
const planAt = (story: string, channel: string, dueAt: string) =>
  plan({ payload: room.payload, person: audience, story, channel, dueAt })

/** Where it stands each time it is stepped, while the clock passes on for minutes. */
const lookOften = async (id: string): Promise<string[]> => {
  const states = new Set<string>()
  for (let round = 0; round < 12; round += 1) {
    room.hour.pass(31_000)
    await sweep(room.deps)
    states.add((await rowOf(room, id)).state)
  }
  return [...states]
}

describe('Bản quyền và việc xếp lịch', () => {
  it('refuses an hour after the lease, with the day and what to do; an hour within it is fine', async () => {
    const { channel, story } = await aSigned()
    await lease(story, { leaseTo: TODAY })
    const late = await planAt(story, channel, inSeconds(room, 9 * 3600))
    expect(late).toMatchObject({ ok: false, reason: 'rights-expired', detail: { day: '21/11/2026' } }) // prettier-ignore
    expect('help' in late ? late.help.vi : '').toContain('21/11/2026')
    expect(await planAt(story, channel, inSeconds(room, 7 * 3600))).toMatchObject({ ok: true })
  })

  it('refuses an hour before the lease begins', async () => {
    const { channel, story } = await aSigned()
    await lease(story, { leaseFrom: '2026-11-23' })
    expect(await planAt(story, channel, 'now')).toMatchObject({ reason: 'rights-not-yet' })
    expect(await planAt(story, channel, inSeconds(room, 48 * 3600))).toMatchObject({ ok: true })
  })

  it('refuses a move to an hour that the lease does not reach, and leaves the delivery where it was', async () => {
    const { channel, story } = await aSigned()
    await lease(story, { leaseTo: TODAY })
    const id = await planned(room, story, channel, inSeconds(room, 3600))
    const before = await rowOf(room, id)
    const dueAt = inSeconds(room, 24 * 3600)
    const asked = { payload: room.payload, person: audience, delivery: id, revision: before.revision, dueAt } // prettier-ignore
    expect(await move(asked)).toMatchObject({ ok: false, reason: 'rights-expired' })
    expect((await rowOf(room, id)).dueAt).toBe(before.dueAt)
  })

  it('judges a cut by what it was cut from', async () => {
    const { channel, story } = await aSigned()
    const cut = (await mainAssetOf(room.payload, story))?.id ?? ''
    const other = await aSigned()
    const parent = await lease(other.story, { leaseTo: '2026-11-01' })
    await room.db.compareAndSet({ payload: room.payload, collection: 'assets', id: cut, expect: {}, set: { parent } }) // prettier-ignore
    expect(await planAt(story, channel, 'now')).toMatchObject({ reason: 'rights-expired' })
  })

  it('says nothing against a tape of which nobody said anything', async () => {
    const { channel, story } = await aSigned()
    expect(await planAt(story, channel, 'now')).toMatchObject({ ok: true })
  })
})

describe('Bản quyền của ảnh đại diện', () => {
  it('stops the one channel that shows a photograph past its lease, and no other', async () => {
    const [shows, other] = [await aChannel(room), await aChannel(room)]
    const story = await aStory(room, [shows, other], false)
    await leaseOf(await showPicture(room, story, shows), { leaseTo: '2026-11-20' })
    expect(await planAt(story, shows, 'now')).toMatchObject({ reason: 'rights-expired', detail: { day: '20/11/2026' } }) // prettier-ignore
    expect(await planAt(story, other, 'now')).toMatchObject({ ok: true })
  })

  it('holds at its hour what was planned while the photograph might still be shown', async () => {
    const channel = await aChannel(room)
    const story = await aStory(room, [channel], false)
    const photo = await showPicture(room, story, channel)
    await sign(room, story, channel)
    const id = await planned(room, story, channel, inSeconds(room, 60))
    await drive(room, id, ['ready'])
    await leaseOf(photo, { leaseTo: '2026-11-20' })
    expect(await drive(room, id, ['held', 'published'])).toBe('held')
    await leaseOf(photo, { leaseTo: '2026-12-31' })
    await drive(room, id, ['published'])
    expect(commitsOf(id)).toBe(1)
  })
})

describe('Bản quyền lúc đến giờ', () => {
  it('holds what was planned in good time and lapsed since, and lets it go when the lease is extended', async () => {
    const { channel, story } = await aSigned()
    const id = await planned(room, story, channel, inSeconds(room, 60))
    await drive(room, id, ['ready'])
    await lease(story, { leaseTo: '2026-11-20' })
    room.hour.pass(61_000)
    await drive(room, id, ['held'])
    expect(await rowOf(room, id)).toMatchObject({ code: 'rights-expired' })
    expect(commitsOf(id)).toBe(0)
    await lease(story, { leaseTo: '2026-12-31' })
    await drive(room, id, ['published'])
    expect(commitsOf(id)).toBe(1)
  })

  it('cancels the timer that a platform holds for an hour beyond the lease', async () => {
    const { channel, story } = await aSigned({ insurance: true })
    const id = await planned(room, story, channel, inSeconds(room, 600))
    await drive(room, id, ['ready'])
    expect(room.platform('dry-run').timers.has(id)).toBe(true)
    await lease(story, { leaseTo: '2026-11-20' })
    await sweep(room.deps)
    await drive(room, id, ['held'])
    expect(room.platform('dry-run').timers.has(id)).toBe(false)
    room.hour.pass(HOUR_MS)
    expect(commitsOf(id)).toBe(0)
  })

  it('brings nothing to the platform again while the lease does not reach the hour', async () => {
    const { channel, story } = await aSigned({ insurance: true })
    const id = await planned(room, story, channel, inSeconds(room, 600))
    await drive(room, id, ['ready'])
    await lease(story, { leaseTo: '2026-11-20' })
    await sweep(room.deps)
    await drive(room, id, ['held'])
    const sent = room.platform('dry-run').tokens.length
    expect(await lookOften(id)).toEqual(['held'])
    expect(room.platform('dry-run').tokens).toHaveLength(sent)
    await lease(story, { leaseTo: '2026-12-31' })
    await drive(room, id, ['ready'])
    expect(room.platform('dry-run').timers.has(id)).toBe(true)
  })

  it('looks again at its hour without turning in a circle, though the platform holds no timer', async () => {
    const { channel, story } = await aSigned()
    const id = await planned(room, story, channel, inSeconds(room, 60))
    await drive(room, id, ['ready'])
    await lease(story, { leaseTo: '2026-11-20' })
    await drive(room, id, ['held'])
    expect(await lookOften(id)).toEqual(['held'])
  })

  it('sets no timer on the platform for an hour that the lease no longer reaches when it is prepared', async () => {
    const { channel, story } = await aSigned({ insurance: true })
    const id = await planned(room, story, channel, inSeconds(room, 600))
    await lease(story, { leaseTo: '2026-11-20' })
    await drive(room, id, ['ready'])
    expect(room.platform('dry-run').timers.has(id)).toBe(false)
    expect((await rowOf(room, id)).armed).toBe(false)
    expect(await drive(room, id, ['held', 'published'])).toBe('held')
  })
})
