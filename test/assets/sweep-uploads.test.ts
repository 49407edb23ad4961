import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, unlinkSync } from 'node:fs'
import { readFile, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'
import { append, ask, begin, openDoor, sendWhole, storyIn, uploadRow, type Door } from './support'

const HOUR = 3600 * 1000
let newsroom: Newsroom
let door: Door
let reporter: TestPerson
let other: TestPerson
let spool: string
let sweepUploads: typeof import('@/assets/sweep-uploads').sweepUploads
let useClock: typeof import('@/clock').useClock

beforeAll(async () => {
  newsroom = await openNewsroom()
  door = await openDoor(newsroom)
  reporter = await newsroom.person('reporter')
  other = await newsroom.person('reporter')
  spool = path.join(newsroom.folder, 'data', 'spool')
  ;({ sweepUploads } = await import('@/assets/sweep-uploads'))
  ;({ useClock } = await import('@/clock'))
})
afterAll(async () => {
  await door.close()
  await newsroom.close()
})

const draft = () => storyIn(newsroom, 'draft', reporter)
const sent = async () =>
  sendWhole(newsroom, door, reporter, { bytes: randomBytes(500), story: await draft() })
/** An upload of 100 bytes of which so many have come. */
const partOf = async (bytes: number) => {
  const begun = await begin(door, reporter, { bytes: 100, story: await draft() })
  if (bytes > 0) await append(door, reporter, { ...begun, offset: 0, bytes: randomBytes(bytes) })
  return begun
}
const sweepIn = async (ms: number) => {
  const back = useClock({ now: () => new Date(Date.now() + ms) })
  await sweepUploads(newsroom.payload).finally(back)
}
const standing = async (tusId: string) => {
  const { state, refusal, refusalHelp } = await uploadRow(newsroom, tusId)
  return { state, refusal: refusal ?? '', help: JSON.parse(refusalHelp || '{}') as { vi?: string } }
}

describe('a file that arrived whole and can not be judged', () => {
  it('is refused in words when its bytes are gone, and its story is free again', async () => {
    const { isReceiving } = await import('@/assets/main-asset')
    const row = await sent()
    unlinkSync(path.join(spool, row.tusId))
    await sweepIn(0)
    expect((await standing(row.tusId)).state).toBe('received')
    expect(await isReceiving(newsroom.payload, row.story ?? '')).toBe(true)
    await sweepIn(6 * 60_000)
    const after = await standing(row.tusId)
    expect(after).toMatchObject({ state: 'refused', refusal: 'lost' })
    expect(after.help.vi).toContain('gửi lại')
    expect(await isReceiving(newsroom.payload, row.story ?? '')).toBe(false)
  })

  it('is refused in words when the check failed again and again, and is not begun anew', async () => {
    const { findRows } = await import('@/records/db')
    const { hear } = await import('@/records/outbox')
    const { payload } = newsroom
    const row = await sent()
    const told = () =>
      findRows({
        payload,
        collection: 'outbox',
        where: { payload: { equals: JSON.stringify({ upload: row.id }) } },
      })
    const [first] = await told()
    const broken = { 'upload.arrived': () => Promise.reject(new Error('the parser fell over')) }
    for (let tries = 0; tries < 20; tries++)
      await hear(payload, first?.key ?? '', broken as never).catch(() => undefined)
    await sweepIn(0)
    expect(await standing(row.tusId)).toMatchObject({ state: 'refused', refusal: 'stuck' })
    expect(await told()).toHaveLength(1)
  })

  it('waits for a store that is away, however often it is tried', async () => {
    const { receiveUpload } = await import('@/assets/receive')
    const { openStore } = await import('@/media/store')
    const { storeAway } = await import('@/media/store/keys')
    const { makeClip } = await import('./support')
    const file = path.join(newsroom.folder, 'clip.mp4')
    await makeClip(file)
    const bytes = await readFile(file)
    const row = await sendWhole(newsroom, door, reporter, { bytes, story: await draft() })
    const away = async () => {
      throw storeAway('ECONNREFUSED', null)
    }
    const store = { ...openStore(), putFile: away }
    const heard = await receiveUpload({ payload: newsroom.payload, store, upload: row.id })
    expect([heard, (await standing(row.tusId)).state]).toEqual(['later', 'received'])
  })

  it('may be withdrawn by its owner, on whatever machine it lies, and by nobody else', async () => {
    const { compareAndSet } = await import('@/records/db')
    const { env } = await import('@/env')
    const { payload } = newsroom
    const row = await sent()
    const away = await sent()
    const set = { spool: 'e'.repeat(32) }
    await compareAndSet({ payload, collection: 'uploads', id: away.id, expect: {}, set })
    Object.assign(env, { SPOOL_STICKY: true })
    try {
      expect((await ask(door, other, 'DELETE', `/tus/${row.tusId}`)).status).toBe(404)
      expect((await ask(door, other, 'DELETE', `/tus/${away.tusId}`)).status).toBe(404)
      expect((await standing(row.tusId)).state).toBe('received')
      for (const { tusId } of [row, away]) {
        expect((await ask(door, reporter, 'DELETE', `/tus/${tusId}`)).status).toBe(204)
        expect(await standing(tusId)).toMatchObject({ state: 'expired', refusal: 'withdrawn' })
      }
    } finally {
      Object.assign(env, { SPOOL_STICKY: false })
    }
    expect(existsSync(path.join(spool, row.tusId))).toBe(false)
  })
})

describe('a spool on a network disk', () => {
  it('loses no upload while it is not mounted, and each goes on at its byte after', async () => {
    const begun = await partOf(40)
    const whole = await sent()
    renameSync(spool, `${spool}-away`)
    mkdirSync(spool)
    await sweepIn(100 * HOUR)
    expect(existsSync(path.join(spool, '.spool'))).toBe(false)
    rmSync(spool, { recursive: true })
    renameSync(`${spool}-away`, spool)
    expect((await standing(begun.tusId)).state).toBe('receiving')
    expect((await standing(whole.tusId)).state).toBe('received')
    const rest = { ...begun, offset: 40, bytes: randomBytes(60) }
    expect((await append(door, reporter, rest)).status).toBe(204)
  })

  it('is not taken for another one that is mounted in its place', async () => {
    const begun = await partOf(40)
    renameSync(spool, `${spool}-away`)
    mkdirSync(spool)
    await writeFile(path.join(spool, '.spool'), 'f'.repeat(32))
    await sweepIn(100 * HOUR)
    rmSync(spool, { recursive: true })
    renameSync(`${spool}-away`, spool)
    expect((await standing(begun.tusId)).state).toBe('receiving')
  })
})

describe('an unfinished upload', () => {
  it('of which no byte came in an hour holds no room any more; one that has bytes stays', async () => {
    const [empty, begun] = [await partOf(0), await partOf(1)]
    await sweepIn(0.9 * HOUR)
    expect((await standing(empty.tusId)).state).toBe('receiving')
    await sweepIn(1.1 * HOUR)
    expect((await standing(empty.tusId)).state).toBe('expired')
    expect((await standing(begun.tusId)).state).toBe('receiving')
  })

  it('is kept 72 hours after its last byte, not after its first', async () => {
    const [moving, still] = [await partOf(40), await partOf(40)]
    const file = path.join(spool, moving.tusId)
    const recent = Date.now() / 1000 + 72 * 3600
    await utimes(file, recent, recent)
    const begun = JSON.parse(await readFile(`${file}.json`, 'utf8')) as Record<string, unknown>
    const old = { ...begun, creation_date: new Date(Date.now() - 80 * HOUR).toISOString() }
    await writeFile(`${file}.json`, JSON.stringify(old))
    await sweepIn(73 * HOUR)
    expect((await standing(still.tusId)).state).toBe('expired')
    const rest = { ...moving, offset: 40, bytes: randomBytes(60) }
    expect((await append(door, reporter, rest)).status).toBe(204)
    expect((await standing(moving.tusId)).state).toBe('received')
  })

  it('that was dropped while its last piece came does not say that it arrived', async () => {
    const { compareAndSet } = await import('@/records/db')
    const { payload } = newsroom
    const begun = await partOf(40)
    const { id } = await uploadRow(newsroom, begun.tusId)
    const set = { state: 'expired' }
    await compareAndSet({ payload, collection: 'uploads', id, expect: {}, set })
    const rest = { ...begun, offset: 40, bytes: randomBytes(60) }
    const answer = await append(door, reporter, rest)
    expect([answer.status, ((await answer.json()) as { reason: string }).reason]).toEqual([410, 'expired']) // prettier-ignore
  })
})

describe('what becomes of an upload that lies on another machine', () => {
  const seen = { bytes: 100, here: false, there: null, idleMs: 0, changedMs: 0, begunMs: 0, givenUp: false } // prettier-ignore
  it.each([
    [
      'is that machine’s for its time',
      'received',
      { changedMs: 71 * HOUR, begunMs: 999 * HOUR },
      'wait',
    ],
    ['is lost when that stays away', 'received', { changedMs: 73 * HOUR }, 'lost'],
    ['may still grow there, out of sight', 'receiving', { begunMs: 143 * HOUR }, 'wait'],
    ['is given up when that can not be any more', 'receiving', { begunMs: 145 * HOUR }, 'expire'],
  ] as const)('%s', async (_what, state, more, next) => {
    const { nextOf } = await import('@/assets/sweep-uploads')
    expect(nextOf({ ...seen, state, ...more })).toBe(next)
  })
})
