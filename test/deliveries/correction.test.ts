import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aChannel, aStory, audience, drive, inSeconds, openRoom, planned, rowOf } from './support'
import { type Room } from './support'

let room: Room
beforeAll(async () => {
  room = await openRoom()
})
afterAll(() => room.close())

const takeDown = async (id: string) => {
  const { takedown } = await import('@/deliveries/takedown')
  const { revision } = await rowOf(room, id)
  const asked = { payload: room.payload, person: audience, delivery: id, revision, reason: 'Sai' }
  expect((await takedown(asked)).ok).toBe(true)
}

describe('a correction that waits for its hour', () => {
  it('does not bring a page back that was taken down meanwhile; a new plan does', async () => {
    const site = room.platform('website')
    const channel = await aChannel(room, { platform: 'website' })
    const story = await aStory(room, [channel])
    const first = await planned(room, story, channel)
    await drive(room, first, ['published'])
    const second = await planned(room, story, channel, inSeconds(room, 600))
    await drive(room, second, ['ready'])
    await takeDown(first)
    await drive(room, first, ['withdrawn'])
    expect(await drive(room, second, ['refused', 'published'])).toBe('refused')
    expect((await rowOf(room, second)).code).toBe('taken-down')
    expect(site.commits).not.toContain(second)
    const third = await planned(room, story, channel)
    await drive(room, third, ['published'])
    expect(site.visible.has(third)).toBe(true)
  })

  it('takes the place of what is out', async () => {
    const channel = await aChannel(room, { platform: 'website' })
    const story = await aStory(room, [channel])
    const first = await planned(room, story, channel)
    await drive(room, first, ['published'])
    const second = await planned(room, story, channel, inSeconds(room, 600))
    await drive(room, second, ['published'])
    expect((await rowOf(room, first)).state).toBe('replaced')
  })
})
