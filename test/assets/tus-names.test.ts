import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'
import { makeClip, openDoor, sendWhole, storyIn, uploadRow, type Door } from './support'

let newsroom: Newsroom
let door: Door
let reporter: TestPerson
let clip: Buffer

beforeAll(async () => {
  newsroom = await openNewsroom()
  door = await openDoor(newsroom)
  reporter = await newsroom.person('reporter')
  const file = path.join(newsroom.folder, 'clip.mp4')
  await makeClip(file, { seconds: 1, size: '320x180' })
  clip = readFileSync(file)
})
afterAll(async () => {
  await door.close()
  await newsroom.close()
})

const NAMES = [
  'Lũ quét ở Đại Từ, xã Quân Chu – ngày 21.mp4',
  '🎬🌧️ hiện trường 👩🏽‍🚒.mov',
  `${'Bản tin tối thứ Bảy '.repeat(15)}.mp4`,
  '../../../../etc/passwd',
  '..\\..\\windows\\system32\\clip.mp4',
  'tin\u202Egpm.exe',
  '/dev/null',
  'CON',
  '-rf *.mp4; rm -rf ~',
  '<img src=x onerror=alert(1)>.mp4',
]

describe('the name of a file', () => {
  it.each(NAMES)('stays as it was typed and leads nowhere: %j', async (filename) => {
    const { receiveUpload } = await import('@/assets/receive')
    const { openStore } = await import('@/media/store')
    const { rowById } = await import('@/records/db')
    const story = await storyIn(newsroom, 'draft', reporter)
    // A `free` box at the end: the same clip, other bytes each time.
    const bytes = Buffer.concat([clip, Buffer.from([0, 0, 0, 24]), Buffer.from('free'), randomBytes(16)]) // prettier-ignore
    const sent = await sendWhole(newsroom, door, reporter, { bytes, story, filename })
    const spool = readdirSync(path.join(newsroom.folder, 'data', 'spool'))
    expect(spool.filter((name) => !/^([0-9a-f]{32}(\.json)?|\.spool)$/.test(name))).toEqual([])
    const store = openStore()
    await store.ready()
    await receiveUpload({ payload: newsroom.payload, store, upload: sent.id })
    const row = await uploadRow(newsroom, sent.tusId)
    const asset = await rowById(newsroom.payload, 'assets', row.asset ?? '')
    expect([row.state, row.filename, asset?.title]).toEqual(['accepted', filename.normalize('NFC'), filename.normalize('NFC')]) // prettier-ignore
    expect(asset?.storeKey).toMatch(/^originals\/[0-9a-f]{32}\/source$/)
  })

  it('is cut between two letters when it is longer than any name', async () => {
    const story = await storyIn(newsroom, 'draft', reporter)
    const filename = '🎥'.repeat(600)
    const sent = await sendWhole(newsroom, door, reporter, { bytes: clip, story, filename })
    expect((await uploadRow(newsroom, sent.tusId)).filename).toBe('🎥'.repeat(500))
  })
})
