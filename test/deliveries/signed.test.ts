import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { DeliveryDeps } from '@/deliveries/deps'
import { bring, newStory, openDesk, save, signedStory, type Desk } from '../signoff/support'
import { startPlatform, type Platform } from './platform'
import { drive, inSeconds, openRoom, planned, rowOf, type Room } from './support'

let room: Room
let desk: Desk
let site: Platform
let video: Platform
let deps: DeliveryDeps
let onSealVoid: (typeof import('@/deliveries/listen'))['onSealVoid']
let sweep: (typeof import('@/deliveries/sweep'))['sweepDeliveries']

beforeAll(async () => {
  room = await openRoom()
  desk = await openDesk(room.newsroom)
  site = startPlatform('website')
  video = startPlatform('youtube', 'youtube')
  const { checkSeal } = await import('@/signoff/seal')
  const { readSeal } = await import('@/signoff/seals-kept')
  ;({ onSealVoid } = await import('@/deliveries/listen'))
  ;({ sweepDeliveries: sweep } = await import('@/deliveries/sweep'))
  deps = {
    ...room.deps,
    checkSeal,
    readSeal,
    publishers: { website: site.publisher, youtube: video.publisher },
  }
})
afterAll(() => room.close())

const holdsIn = (story: string) => async (channel: string) => {
  const { payload, store } = deps
  const binds = channel === desk.channels.video ? ['youtube'] : ['web-mp4']
  return (await deps.checkSeal({ payload, store, story, channel, binds, bytes: false })).ok
}
const both = async (story: string, seconds: number) => ({
  onSite: await planned(room, story, desk.channels.website, inSeconds(room, seconds)),
  onVideo: await planned(room, story, desk.channels.video, inSeconds(room, seconds)),
})
const sweepOften = async (times: number) => {
  for (let round = 0; round < times; round += 1) {
    await sweep(deps)
    room.hour.pass(5_000)
  }
}

/** One bit of what lies in the store is another. */
const flip = async (key: string) => {
  const parts: Buffer[] = []
  for await (const part of (await room.store.open(key)) ?? []) parts.push(Buffer.from(part))
  const bytes = Buffer.concat(parts)
  bytes[10] = (bytes[10] ?? 0) ^ 1
  await room.store.remove(key)
  await room.store.putBytes(key, bytes, { mime: 'video/mp4' })
}

describe('under the real signature', () => {
  it('a signed clip goes out on both channels, once each', async () => {
    const { story } = await signedStory(desk)
    const { onSite, onVideo } = await both(story, 30)
    await drive(room, onSite, ['published'], deps)
    await drive(room, onVideo, ['published'], deps)
    expect(site.commits.filter((id) => id === onSite)).toHaveLength(1)
    expect(video.commits.filter((id) => id === onVideo)).toHaveLength(1)
    expect((await rowOf(room, onSite)).sealDigest).toMatch(/^[0-9a-f]{64}$/)
  })

  it('a cleared clip that nobody signed does not', async () => {
    const story = await newStory(desk)
    await bring(desk, story, 'cleared')
    const { onSite } = await both(story, 10)
    room.hour.pass(11_000)
    await sweepOften(4)
    expect(await rowOf(room, onSite)).toMatchObject({ state: 'planned', code: 'unsigned' })
    expect(site.commits).not.toContain(onSite)
  })

  it('an edit of one word after the signature stops both, prepared or not', async () => {
    const { story } = await signedStory(desk)
    const { onSite, onVideo } = await both(story, 60)
    await drive(room, onSite, ['ready'], deps)
    await drive(room, onVideo, ['ready'], deps)
    const saved = await save(desk, desk.editor, story, { summary: 'Sapo khác.' })
    expect(saved.status).toBe(200)
    room.hour.pass(61_000)
    await sweepOften(4)
    for (const id of [onSite, onVideo])
      expect(await rowOf(room, id)).toMatchObject({ state: 'planned', code: 'unsigned' })
    expect(site.commits).not.toContain(onSite)
    expect(video.commits).not.toContain(onVideo)
  })

  it('an edit of one channel’s variant stops that channel alone', async () => {
    const { story } = await signedStory(desk)
    const { onSite, onVideo } = await both(story, 60)
    await drive(room, onSite, ['ready'], deps)
    await drive(room, onVideo, ['ready'], deps)
    const variant = await room.db.findRow({
      payload: room.payload,
      collection: 'variants',
      where: { and: [{ story: { equals: story } }, { channel: { equals: desk.channels.video } }] },
    })
    const saved = await room.newsroom.call({
      method: 'PATCH',
      path: `/variants/${variant?.id ?? ''}`,
      as: desk.editor,
      body: { title: 'Tít khác', revision: variant?.revision },
    })
    expect(saved.status).toBe(200)
    await onSealVoid({ payload: room.payload, story, holds: holdsIn(story) })
    await drive(room, onVideo, ['planned'], deps)
    await drive(room, onSite, ['published'], deps)
    await sweepOften(3)
    expect(video.commits).not.toContain(onVideo)
  })

  it('one flipped byte in the store refuses both', async () => {
    const { story, clip } = await signedStory(desk)
    const { onSite, onVideo } = await both(story, 60)
    await drive(room, onSite, ['ready'], deps)
    await drive(room, onVideo, ['ready'], deps)
    for (const key of [...clip.keys, clip.master].filter((one) => one.endsWith('.mp4')))
      await flip(key)
    room.hour.pass(61_000)
    await sweepOften(3)
    for (const id of [onSite, onVideo])
      expect(await rowOf(room, id)).toMatchObject({ state: 'refused', code: 'bytes-differ' })
    expect(video.commits).not.toContain(onVideo)
  })
})
