import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import type { Context, Publisher } from '@/publishers/publisher'
import { startYouTubeDouble, type YouTubeDouble } from '../doubles/youtube/double'
import {
  aChannel,
  aPerson,
  aStory,
  drive,
  inSeconds,
  openRoom,
  planned,
  rowOf,
  type Room,
} from './support'

let room: Room
const doubles: YouTubeDouble[] = []
let channels: typeof import('@/deliveries/channels')
let vault: typeof import('@/deliveries/vault')
let connecting: import('@/deliveries/publishers').Connecting
const admin = aPerson('admin')

beforeAll(async () => {
  room = await openRoom()
  channels = await import('@/deliveries/channels')
  vault = await import('@/deliveries/vault')
  connecting = (await import('@/deliveries/publishers')).connecting()
})
afterAll(async () => {
  for (const double of doubles) await double.close()
  await room.close()
})

const connect = (wish: object, demo = true) =>
  channels.connectChannel({
    payload: room.payload,
    person: admin,
    connecting: { ...connecting, demo },
    wish,
  })
const wishOf = (double: YouTubeDouble, name = 'Kênh video') => ({
  name,
  platform: 'youtube',
  settings: { endpoint: double.url, watch: double.url },
  token: `demo:${double.token}`,
})
/** An account that no channel has yet. */
const anAccount = async () => {
  const double = await startYouTubeDouble()
  doubles.push(double)
  return double
}
const video = async () => wishOf(await anAccount())
const rowsOn = (double: YouTubeDouble) =>
  room.db.findRows({
    payload: room.payload,
    collection: 'channels',
    where: { settings: { equals: JSON.stringify(wishOf(double).settings) } },
  })

describe('connecting a channel', () => {
  it('proves the account first, and keeps the token where nobody reads it', async () => {
    const double = await anAccount()
    const made = await connect(wishOf(double))
    if (!made.ok) throw new Error(made.reason)
    const row = await room.db.rowById(room.payload, 'channels', made.channel.id)
    expect(row?.active).toBe(true)
    expect(row?.account).not.toBe('')
    expect(row?.token).not.toContain('double-refresh')
    expect(vault.unlock(row?.token ?? '', { row: made.channel.id, column: 'token' })).toBe(
      double.token,
    )
    const reader = await room.newsroom.person('admin')
    const seen = await room.newsroom.call({ path: `/channels/${made.channel.id}`, as: reader })
    expect(seen.status).toBe(200)
    expect(seen.body).not.toHaveProperty('token')
    const entries = await room.db.findRows({
      payload: room.payload,
      collection: 'audit-entries',
      where: { subjectId: { equals: made.channel.id } },
    })
    expect(entries.map((entry) => entry.action)).toEqual(['channel.connect'])
    expect(JSON.stringify(entries)).not.toContain('double-refresh')
  })

  it('refuses a token that the platform refuses, and leaves no channel behind', async () => {
    const before = await room.payload.count({ collection: 'channels' })
    const wrong = {
      ...(await video()),
      token: 'demo:{"clientId":"a","clientSecret":"b","refreshToken":"c"}',
    }
    expect(await connect(wrong)).toMatchObject({ ok: false, reason: 'not-connected' })
    expect((await room.payload.count({ collection: 'channels' })).totalDocs).toBe(before.totalDocs)
  })

  it('takes no real token in a demo, and no platform on this machine in a real newsroom', async () => {
    const double = await anAccount()
    const wish = wishOf(double)
    expect(await connect({ ...wish, token: double.token })).toMatchObject({ reason: 'demo-only' })
    expect(await connect({ ...wish, settings: {} })).toMatchObject({ reason: 'demo-only' })
    expect(await connect(wish, false)).toMatchObject({ reason: 'loopback-refused' })
    expect(await connect({ ...wish, token: '' })).toMatchObject({ reason: 'token-needed' })
    expect(await connect({ ...wish, platform: 'carrier-pigeon' })).toMatchObject({
      reason: 'unknown-platform',
    })
  })

  it('again ends a hold that the platform caused; a stale revision is refused', async () => {
    const wish = await video()
    const made = await connect(wish)
    if (!made.ok) throw new Error(made.reason)
    const { id, revision } = made.channel
    const update = (wish: object, from: number) =>
      channels.updateChannel({
        payload: room.payload,
        person: admin,
        connecting,
        wish,
        channel: id,
        revision: from,
      })
    const held = await update({ held: true }, revision)
    expect(held).toMatchObject({ ok: true, channel: { held: true } })
    expect(await update({ name: 'Khác' }, revision)).toMatchObject({ ok: false, reason: 'stale' })
    const again = await update({ token: wish.token }, revision + 1)
    expect(again).toMatchObject({ ok: true, channel: { held: false } })
  })
})

describe('a channel that is connected again', () => {
  it('stays the account that it was: what was signed for one must not go out on another', async () => {
    const { token, ...wish } = await video()
    const made = await connect({ ...wish, token })
    if (!made.ok) throw new Error(made.reason)
    const { id, revision } = made.channel
    const other: typeof connecting = {
      ...connecting,
      connectors: {
        youtube: async () => ({ is: 'done', account: { id: 'UC-other', name: 'Khác' } }),
      },
    }
    const update = (wish: object, by = other) =>
      channels.updateChannel({
        ...{ payload: room.payload, person: admin, connecting: by, wish, channel: id, revision },
      })
    const moved = await update({ token })
    expect(moved).toMatchObject({ ok: false, reason: 'other-account' })
    const row = await room.db.rowById(room.payload, 'channels', id)
    expect(row).toMatchObject({ account: made.channel.account, revision })
    expect(await update({ token }, connecting)).toMatchObject({ ok: true })
  })
})

describe('one account', () => {
  it('is one channel: a second is refused, and told which channel has it', async () => {
    const double = await anAccount()
    expect(await connect(wishOf(double, 'Kênh chính'))).toMatchObject({ ok: true })
    const second = await connect(wishOf(double, 'Kênh phụ'))
    expect(second).toMatchObject({ ok: false, reason: 'account-taken' })
    expect(second).toHaveProperty('help.vi', expect.stringContaining('“Kênh chính”'))
    expect(second).toHaveProperty('help.en', expect.stringContaining('“Kênh chính”'))
    expect(await rowsOn(double)).toHaveLength(1)
  })

  it('is one channel when two connect it at once: one wins', async () => {
    const double = await anAccount()
    const names = ['Một', 'Hai', 'Ba']
    const made = await Promise.all(names.map((name) => connect(wishOf(double, name))))
    expect(made.filter(({ ok }) => ok)).toHaveLength(1)
    const reasons = made.flatMap((one) => (one.ok ? [] : [one.reason]))
    expect(reasons).toEqual(['account-taken', 'account-taken'])
    const rows = await rowsOn(double)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ active: true, revision: 1 })
  })

  it('is not given to a channel of another account that is connected again', async () => {
    const [one, two] = [await anAccount(), await anAccount()]
    await connect(wishOf(one, 'Kênh chính'))
    const made = await connect(wishOf(two, 'Kênh phụ'))
    if (!made.ok) throw new Error(made.reason)
    const { id, revision } = made.channel
    const { settings, token } = wishOf(one)
    const moved = await channels.updateChannel({
      ...{ payload: room.payload, person: admin, connecting, channel: id, revision },
      wish: { settings, token },
    })
    expect(moved).toMatchObject({ ok: false, reason: 'account-taken' })
    expect(moved).toHaveProperty('help.vi', expect.stringContaining('“Kênh chính”'))
    expect(await room.db.rowById(room.payload, 'channels', id)).toMatchObject({
      accountKey: made.channel.accountKey,
      revision,
    })
  })

  it('that a dead process had only claimed is connected by the next who tries', async () => {
    const { claimAccount } = await import('@/deliveries/accounts')
    const wish = await video()
    const listed = await connect(wish)
    if (!listed.ok) throw new Error(listed.reason)
    const { accountKey } = listed.channel
    const left = { name: 'Dở', platform: 'youtube', settings: '{}' }
    const taken = await claimAccount(room.payload, { ...left, accountKey })
    expect(taken).toMatchObject({ ok: false, reason: 'account-taken' })
    const fresh = { ...left, accountKey: 'youtube:UC-left-by-a-dead-process' }
    const dead = await claimAccount(room.payload, fresh)
    const next = await claimAccount(room.payload, fresh)
    if (!dead.ok || !next.ok) throw new Error('the claim is held by nobody')
    expect(next.row.id).toBe(dead.row.id)
  })
})

describe('an account that a dead process had only claimed', () => {
  const claimed = async (settings = '{}') => {
    const { claimAccount } = await import('@/deliveries/accounts')
    const accountKey = `youtube:UC-${randomUUID()}`
    const data = { name: 'Dở dang', platform: 'youtube', settings, accountKey }
    const made = await claimAccount(room.payload, data)
    if (!made.ok) throw new Error(made.reason)
    return made.row
  }

  it('is not switched on, named or held: nobody proved whose it is', async () => {
    const { id } = await claimed()
    for (const wish of [{ active: true }, { name: 'Tên' }, { held: true, insurance: true }]) {
      const changed = await channels.updateChannel({
        ...{ payload: room.payload, person: admin, connecting, channel: id, revision: 0, wish },
      })
      expect(changed).toMatchObject({ ok: false, reason: 'not-proved' })
    }
    const row = await room.db.rowById(room.payload, 'channels', id)
    expect(row).toMatchObject({ active: false, revision: 0, name: 'Dở dang' })
  })

  it('stands in no list of channels', async () => {
    const { id } = await claimed()
    const reader = await room.newsroom.person('admin')
    const list = await room.newsroom.call({ path: '/channels?limit=100&depth=0', as: reader })
    expect(list.status).toBe(200)
    expect(JSON.stringify(list.body)).not.toContain(id)
    expect((await room.newsroom.call({ path: `/channels/${id}`, as: reader })).status).toBe(404)
  })
})

describe('channels for practice', () => {
  const practice = (name: string) => connect({ name, platform: 'dry-run' })

  it('are as many as the newsroom names; one name is one channel', async () => {
    const [one, two] = [await practice('Tập một'), await practice('Tập hai')]
    expect([one.ok, two.ok]).toEqual([true, true])
    expect(await practice('Tập một')).toMatchObject({ ok: false, reason: 'account-taken' })
  })

  it('stay the same when they are named anew and proved again', async () => {
    const made = await practice('Tập ba')
    if (!made.ok) throw new Error(made.reason)
    const { id, revision, accountKey } = made.channel
    const changed = await channels.updateChannel({
      ...{ payload: room.payload, person: admin, connecting, channel: id, revision },
      wish: { name: 'Tập bốn', settings: {} },
    })
    expect(changed).toMatchObject({ ok: true, channel: { name: 'Tập bốn', accountKey } })
  })
})

describe('the newsroom’s own site', () => {
  it('is one channel, however often and however many start at once', async () => {
    await Promise.all(Array.from({ length: 5 }, () => channels.ensureWebsiteChannel(room.payload)))
    await channels.ensureWebsiteChannel(room.payload)
    const rows = await room.db.findRows({
      payload: room.payload,
      collection: 'channels',
      where: { platform: { equals: 'website' } },
    })
    expect(rows).toHaveLength(1)
    expect(rows[0]?.active).toBe(true)
    expect(await connect({ name: 'Hai', platform: 'website' })).toMatchObject({
      reason: 'one-website',
    })
  })
})

describe('a token that is renewed during a step', () => {
  const renewing = (say: (ctx: Context) => Promise<void>): Record<string, Publisher> => {
    const { publisher } = room.platform('dry-run')
    return {
      'dry-run': {
        ...publisher,
        prepare: async (ctx, work) => (await say(ctx), publisher.prepare(ctx, work)),
      },
    }
  }
  const aTokenChannel = async () => {
    const id = await aChannel(room)
    const row = await room.db.compareAndSet({
      payload: room.payload,
      collection: 'channels',
      id,
      expect: { revision: 0 },
      set: { token: vault.lock('first', { row: id, column: 'token' }) },
    })
    if (!row) throw new Error('no channel')
    return id
  }
  const tokenOf = async (id: string) => {
    const row = await room.db.rowById(room.payload, 'channels', id)
    return vault.unlock(row?.token ?? '', { row: id, column: 'token' })
  }

  it('is kept by one of two who renew at once, and never replaced by nothing', async () => {
    const channel = await aTokenChannel()
    const [one, two] = [await aStory(room, [channel]), await aStory(room, [channel])]
    const ids = [
      await planned(room, one, channel, inSeconds(room, 600)),
      await planned(room, two, channel, inSeconds(room, 600)),
    ]
    const kept: boolean[] = []
    let waiting = 0
    const both = Promise.withResolvers<void>()
    const publishers = renewing(async (ctx) => {
      waiting += 1
      if (waiting === 2) both.resolve()
      await both.promise
      kept.push(await ctx.keepToken(`second-${kept.length}`))
      kept.push(await ctx.keepToken(''))
    })
    const { stepDelivery } = await import('@/deliveries/step')
    await Promise.all(
      ids.map((delivery) => stepDelivery({ deps: { ...room.deps, publishers }, delivery })),
    )
    expect(kept.filter(Boolean)).toHaveLength(1)
    expect(await tokenOf(channel)).toMatch(/^second-/)
  })

  it('lies encrypted in the rows, as does what the platform gave us to remember', async () => {
    const channel = await aTokenChannel()
    const story = await aStory(room, [channel])
    const id = await planned(room, story, channel, inSeconds(room, 600))
    await drive(room, id, ['ready'])
    expect(room.platform('dry-run').tokens).toContain('first')
    const row = await rowOf(room, id)
    expect(row.checkpoint).toMatch(/^v1\./)
    // Two letters alone may stand in any ciphertext; what was remembered names the delivery and the seal.
    expect(row.checkpoint).not.toContain(id)
    expect(row.checkpoint).not.toContain('upload')
  })
})
