import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startYouTubeDouble, type YouTubeDouble } from '../doubles/youtube/double'
import type { TestPerson } from '../support/newsroom'
import { aStory, drive, openRoom, planned, rowOf, type Room } from './support'

let room: Room
let double: YouTubeDouble
let admin: TestPerson

beforeAll(async () => {
  room = await openRoom()
  double = await startYouTubeDouble({
    clock: room.hour,
    settings: { processing: { afterMs: 0, end: 'succeeded' } },
  })
  admin = await room.newsroom.person('admin')
})
afterAll(async () => {
  await double.close()
  await room.close()
})

/** What the screen at /admin/channels sends, over the newsroom's HTTP API. */
const post = (path: string, body: object, as: TestPerson | null = admin) =>
  room.newsroom.call({ method: 'POST', path, body, as })
const wish = (name: string, token = double.token) => ({
  name,
  platform: 'youtube',
  settings: { endpoint: double.url, watch: double.url },
  token: `demo:${token}`,
})
const listed = async (id: string) =>
  (await room.newsroom.call({ path: `/channels/${id}`, as: admin })).body

const onYouTube = async (): Promise<Room['deps']> => {
  const { youtubePublisher } = await import('@/publishers/youtube/publisher')
  const { guardedFetch } = await import('@/publishers')
  return {
    ...room.deps,
    publishers: { youtube: youtubePublisher },
    fetch: guardedFetch({ allowLoopback: true }),
  }
}

type Channel = { id: string; account: string; revision: number; held: boolean }
const channelIn = (body: Record<string, unknown>) => body.channel as Channel // the endpoint's own answer

describe('connecting YouTube over the newsroom’s API', () => {
  it('tells the platform’s own sentence when it refuses the token, and no secret', async () => {
    const token = '{"clientId":"a","clientSecret":"b","refreshToken":"1//secret"}'
    const answer = await post('/channel', wish('Kênh sai mã', token))
    expect(answer.status).toBe(422)
    expect(answer.body).toMatchObject({ ok: false, reason: 'not-connected' })
    expect(answer.body).toHaveProperty('detail.line', expect.stringContaining('invalid_client'))
    expect(JSON.stringify(answer.body)).not.toContain('1//secret')
  })

  it('goes from the first token to the video, through a permission that was taken back', async () => {
    const made = await post('/channel', wish('Kênh video'))
    expect(made.status).toBe(200)
    const channel = channelIn(made.body)
    expect(channel.account).toMatch(/^Kênh thử \(UC\w+\)$/)
    expect(await listed(channel.id)).toMatchObject({ account: channel.account, active: true })
    expect(JSON.stringify([made.body, await listed(channel.id)])).not.toContain('double-refresh')
    const second = await post('/channel', wish('Kênh thứ hai'))
    expect([second.status, second.body.reason]).toEqual([409, 'account-taken'])

    double.revoke()
    double.expireAccess()
    const deps = await onYouTube()
    const story = await aStory(room, [channel.id])
    const id = await planned(room, story, channel.id)
    await drive(room, id, ['held'], deps)
    expect(await rowOf(room, id)).toMatchObject({ code: 'reconnect' })
    expect(await listed(channel.id)).toMatchObject({ held: true })

    const { revision } = (await listed(channel.id)) as Channel // as above
    const path = `/channel/${channel.id}`
    const still = await post(path, { revision, token: wish('').token })
    expect(still.status).toBe(422)
    expect(still.body).toHaveProperty('detail.line', expect.stringContaining('invalid_grant'))
    const again = await post(path, { revision, token: wish('', double.grantAgain()).token })
    expect(again.status).toBe(200)
    expect(channelIn(again.body)).toMatchObject({ held: false, account: channel.account })
    await drive(room, id, ['published'], deps)
    expect(double.ledger.madePublic()).toBe(1)
  })

  it('is the administrator’s alone', async () => {
    const head = await room.newsroom.person('head')
    expect((await post('/channel', wish('Kênh của ai'), head)).status).toBe(403)
    expect((await post('/channel', wish('Kênh của ai'), null)).status).toBe(401)
  })
})
