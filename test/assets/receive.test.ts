import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { closeSync, existsSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'
import {
  makeClip,
  moveStory,
  openDoor,
  sendWhole,
  sha256,
  storyIn,
  uploadRow,
  type Door,
} from './support'

let newsroom: Newsroom
let door: Door
let reporter: TestPerson
let clip: Buffer
let store: import('@/media/store').Store
let receive: (upload: string) => Promise<unknown>
let db: typeof import('@/records/db')

beforeAll(async () => {
  newsroom = await openNewsroom()
  door = await openDoor(newsroom)
  reporter = await newsroom.person('reporter')
  const file = path.join(newsroom.folder, 'clip.mp4')
  await makeClip(file)
  clip = readFileSync(file)
  store = (await import('@/media/store')).openStore()
  await store.ready()
  const { receiveUpload } = await import('@/assets/receive')
  receive = (upload) => receiveUpload({ payload: newsroom.payload, store, upload })
  db = await import('@/records/db')
})
afterAll(async () => {
  await door.close()
  await newsroom.close()
})

const draft = () => storyIn(newsroom, 'draft', reporter)
const assetsOf = (hash: string) =>
  db.findRows({
    payload: newsroom.payload,
    collection: 'assets',
    where: { sha256: { equals: hash } },
  })
const jobsFor = (asset: string) =>
  db.findRows({
    payload: newsroom.payload,
    collection: 'outbox',
    where: { payload: { equals: JSON.stringify({ asset }) } },
  })
/** Bytes of a clip nobody has sent before: a `free` box at the end changes nothing but the hash. */
const another = (mark: number) =>
  Buffer.concat([clip, Buffer.from([0, 0, 0, 12]), Buffer.from('free'), Buffer.alloc(4, mark)])

describe('a file that arrived whole', () => {
  it('becomes an asset under a random key, byte for byte, and its renditions are ordered once', async () => {
    const story = await draft()
    const row = await sendWhole(newsroom, door, reporter, {
      bytes: clip,
      story,
      sha256: sha256(clip),
    })
    await receive(row.id)
    await receive(row.id)
    const after = await uploadRow(newsroom, row.tusId)
    const [asset, ...more] = await assetsOf(sha256(clip))
    expect(more).toEqual([])
    expect([after.state, after.asset, after.sha256]).toEqual(['accepted', asset?.id, sha256(clip)])
    expect(asset?.storeKey).toMatch(/^originals\/[0-9a-f]{32}\/source$/)
    expect((await store.stat(asset?.storeKey ?? ''))?.bytes).toBe(clip.length)
    expect(asset?.durationSeconds).toBeCloseTo(2, 0)
    expect(await jobsFor(asset?.id ?? '')).toHaveLength(1)
    expect(existsSync(path.join(newsroom.folder, 'data', 'spool', row.tusId))).toBe(false)
    const { mainAssetOf } = await import('@/assets/main-asset')
    expect((await mainAssetOf(newsroom.payload, story))?.id).toBe(asset?.id)
  })

  it('is one object with two references when the same bytes come twice', async () => {
    const bytes = another(1)
    const rows = [
      await sendWhole(newsroom, door, reporter, {
        bytes,
        story: await draft(),
        filename: 'một.mp4',
      }),
      await sendWhole(newsroom, door, reporter, {
        bytes,
        story: await draft(),
        filename: 'hai.mp4',
      }),
    ]
    await Promise.all(rows.map((row) => receive(row.id)))
    const after = await Promise.all(rows.map((row) => uploadRow(newsroom, row.tusId)))
    const assets = await assetsOf(sha256(bytes))
    expect(assets).toHaveLength(1)
    expect(after.map((row) => [row.state, row.asset])).toEqual([
      ['accepted', assets[0]?.id],
      ['accepted', assets[0]?.id],
    ])
    expect(await jobsFor(assets[0]?.id ?? '')).toHaveLength(1)
  })

  it('goes on after a process died with the bytes half kept', async () => {
    const bytes = another(2)
    const row = await sendWhole(newsroom, door, reporter, { bytes, story: await draft() })
    const failing = { ...store, putFile: () => Promise.reject(new Error('the bucket is away')) }
    const { receiveUpload } = await import('@/assets/receive')
    await expect(
      receiveUpload({ payload: newsroom.payload, store: failing, upload: row.id }),
    ).rejects.toThrow('away')
    expect((await assetsOf(sha256(bytes)))[0]?.state).toBe('storing')
    await receive(row.id)
    const [asset] = await assetsOf(sha256(bytes))
    expect(asset?.state).toBe('stored')
    expect((await store.stat(asset?.storeKey ?? ''))?.bytes).toBe(bytes.length)
  })

  it('makes a failed clip try again when the same file is sent once more', async () => {
    const bytes = another(3)
    const first = await sendWhole(newsroom, door, reporter, { bytes, story: await draft() })
    await receive(first.id)
    const [asset] = await assetsOf(sha256(bytes))
    await db.compareAndSet({
      payload: newsroom.payload,
      collection: 'assets',
      id: asset?.id ?? '',
      expect: { state: 'stored' },
      set: { state: 'failed', failures: 3 },
    })
    const second = await sendWhole(newsroom, door, reporter, { bytes, story: await draft() })
    await receive(second.id)
    expect((await assetsOf(sha256(bytes)))[0]).toMatchObject({ state: 'stored', failures: 0 })
    expect(await jobsFor(asset?.id ?? '')).toHaveLength(2)
  })
})

describe('a sender who still writes to a file that is whole', () => {
  const spooled = (tusId: string) => path.join(newsroom.folder, 'data', 'spool', tusId)

  it('does not bring other bytes into the store than were checked, and the true file is taken later', async () => {
    const bytes = another(6)
    const row = await sendWhole(newsroom, door, reporter, { bytes, story: await draft() })
    const { receiveUpload } = await import('@/assets/receive')
    const late: typeof store.putFile = (...args) => {
      writeFileSync(spooled(row.tusId), another(7))
      return store.putFile(...args)
    }
    const hands = { payload: newsroom.payload, store: { ...store, putFile: late } }
    await receiveUpload({ ...hands, upload: row.id })
    const after = await uploadRow(newsroom, row.tusId)
    expect([after.state, after.refusal, after.asset]).toEqual(['refused', 'changed', ''])
    expect(JSON.parse(after.refusalHelp ?? '{}').vi).toContain('ghi đè')
    const [asset] = await assetsOf(sha256(bytes))
    expect(asset?.state).toBe('storing')
    expect(await store.stat(asset?.storeKey ?? '')).toBeNull()
    expect(existsSync(spooled(row.tusId))).toBe(false)
    const honest = await sendWhole(newsroom, door, reporter, { bytes, story: await draft() })
    await receive(honest.id)
    expect((await uploadRow(newsroom, honest.tusId)).asset).toBe(asset?.id)
    const kept = await store.open(asset?.storeKey ?? '')
    expect(kept && sha256(await buffer(kept))).toBe(sha256(bytes))
  })

  it('has it checked again from the start when he writes during the check, the same bytes too', async () => {
    const bytes = another(8)
    const row = await sendWhole(newsroom, door, reporter, { bytes, story: await draft() })
    const file = openSync(spooled(row.tusId), 'r+')
    const writing = setInterval(() => writeSync(file, bytes, 0, 1, 0), 5)
    const heard = await receive(row.id).finally(() => clearInterval(writing))
    closeSync(file)
    expect([heard, (await uploadRow(newsroom, row.tusId)).state]).toEqual(['later', 'received'])
    expect(await receive(row.id)).toBe('done')
    expect((await uploadRow(newsroom, row.tusId)).state).toBe('accepted')
  })
})

describe('a file that is refused', () => {
  const refused = async (
    bytes: Buffer,
    sha?: string,
    meanwhile?: (story: string) => Promise<void>,
  ) => {
    const story = await draft()
    const row = await sendWhole(newsroom, door, reporter, {
      bytes,
      story,
      ...(sha ? { sha256: sha } : {}),
    })
    await meanwhile?.(story)
    await receive(row.id)
    const after = await uploadRow(newsroom, row.tusId)
    const help = JSON.parse(after.refusalHelp ?? '{}') as { vi?: string }
    return {
      state: after.state,
      reason: after.refusal,
      vi: help.vi,
      asset: after.asset,
      id: row.id,
    }
  }

  it('is told apart and explained: a playlist that calls itself a clip', async () => {
    const answer = await refused(
      Buffer.from('#EXTM3U\n#EXTINF:5,\n/etc/passwd\n#EXT-X-ENDLIST\n'.padEnd(200)),
    )
    expect(answer).toMatchObject({ state: 'refused', reason: 'playlist', asset: '' })
    expect(answer.vi).toContain('danh sách phát')
    const audit = await db.findRows({
      payload: newsroom.payload,
      collection: 'audit-entries',
      where: {
        and: [{ subjectId: { equals: answer.id } }, { action: { equals: 'upload.refused' } }],
      },
    })
    expect(audit.map(({ reason }) => reason)).toEqual(['playlist'])
  })

  it.each([
    ['text', () => Buffer.from('Tin nhanh '.repeat(50)), 'not-media'],
    ['a clip cut short', () => clip.subarray(0, clip.length / 2), 'broken'],
  ])('is told apart: %s', async (_what, bytes, reason) => {
    expect(await refused(Buffer.from(bytes()))).toMatchObject({ state: 'refused', reason })
  })

  it('is not what the sender’s device read', async () => {
    expect(await refused(another(4), sha256(clip))).toMatchObject({
      state: 'refused',
      reason: 'checksum',
      asset: '',
    })
  })

  it('came after its story was cleared', async () => {
    const answer = await refused(another(5), undefined, (story) =>
      moveStory(newsroom, story, 'cleared'),
    )
    expect(answer).toMatchObject({ state: 'refused', reason: 'story-closed', asset: '' })
  })
})
