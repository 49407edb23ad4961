import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { clamdDouble, EICAR, hasClamd, realClamd, type Scanner } from '../support/clamd'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'
import { makeClip, openDoor, sendWhole, storyIn, uploadRow, type Door } from './support'

let newsroom: Newsroom
let door: Door
let reporter: TestPerson
let folder: string
let clip: Buffer
let receive: (upload: string) => Promise<unknown>
/** The real clamd where it is installed, else its strict double; on the same socket every time. */
let startScanner: () => Promise<Scanner>

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'scan-'))
  const socket = path.join(folder, 'clamd.sock')
  const real = await hasClamd()
  startScanner = () => (real ? realClamd(folder) : clamdDouble(socket))
  newsroom = await openNewsroom({ CLAMAV_URL: `unix:${socket}` })
  door = await openDoor(newsroom)
  reporter = await newsroom.person('reporter')
  await makeClip(path.join(folder, 'clip.mp4'))
  clip = readFileSync(path.join(folder, 'clip.mp4'))
  const store = (await import('@/media/store')).openStore()
  await store.ready()
  const { receiveUpload } = await import('@/assets/receive')
  receive = (upload) => receiveUpload({ payload: newsroom.payload, store, upload })
})
afterAll(async () => {
  await door.close()
  await newsroom.close()
  await rm(folder, { recursive: true, force: true })
})

const send = async (bytes: Buffer) =>
  sendWhole(newsroom, door, reporter, { bytes, story: await storyIn(newsroom, 'draft', reporter) })
/** A clip that plays, with these bytes in a box that no player reads. */
const clipWith = (bytes: Buffer) => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + bytes.length)
  head.write('free', 4, 'latin1')
  return Buffer.concat([clip, head, bytes])
}

describe('Máy quét virus trước khi nhận', () => {
  it('refuses an infected clip that would play', async () => {
    const scanner = await startScanner()
    const row = await send(clipWith(Buffer.from(EICAR, 'latin1')))
    await receive(row.id)
    await scanner.stop()
    const after = await uploadRow(newsroom, row.tusId)
    expect([after.state, after.refusal, after.asset]).toEqual(['refused', 'infected', ''])
    expect(JSON.parse(after.refusalHelp ?? '{}').vi).toContain('mã độc')
    expect(existsSync(path.join(newsroom.folder, 'data', 'spool', row.tusId))).toBe(false)
  })

  it('keeps an upload waiting while the scanner is away, and takes it when it is back', async () => {
    const row = await send(clipWith(Buffer.from('clean')))
    expect(await receive(row.id)).toBe('later')
    expect((await uploadRow(newsroom, row.tusId)).state).toBe('received')
    expect(existsSync(path.join(newsroom.folder, 'data', 'spool', row.tusId))).toBe(true)
    const scanner = await startScanner()
    expect(await receive(row.id)).toBe('done')
    await scanner.stop()
    expect((await uploadRow(newsroom, row.tusId)).state).toBe('accepted')
  })

  it('comes before every parser: what would be refused at a glance waits too', async () => {
    const row = await send(Buffer.from('#EXTM3U\n#EXTINF:5,\n/etc/passwd\n'.padEnd(200)))
    expect(await receive(row.id)).toBe('later')
    expect((await uploadRow(newsroom, row.tusId)).state).toBe('received')
  })
})
