import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdtempSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'
import { killChildren, startChild } from './children'
import { openDoor, sendWhole, storyIn, uploadRow } from './support'

let newsroom: Newsroom
let reporter: TestPerson
let home: typeof import('@/assets/spool-home')
const FOR_MS = 900
const leaving: (() => void)[] = []

beforeAll(async () => {
  newsroom = await openNewsroom({ SPOOL_STICKY: '0' })
  reporter = await newsroom.person('reporter')
  home = await import('@/assets/spool-home')
})
afterEach(() => leaving.splice(0).forEach((leave) => leave()))
afterAll(async () => {
  killChildren()
  await newsroom.close()
})

const folder = () => mkdtempSync(path.join(newsroom.folder, 'spool-'))
const join = async (spool: string) => {
  const joined = await home.joinSpool({ payload: newsroom.payload, folder: spool, forMs: FOR_MS })
  if (joined.ok) leaving.push(joined.leave)
  return joined
}

describe('several web processes', () => {
  it('share one spool, known by a mark in the folder that the first one makes', async () => {
    const shared = folder()
    expect([(await join(shared)).ok, (await join(shared)).ok]).toEqual([true, true])
    const mark = readFileSync(path.join(shared, '.spool'), 'utf8')
    expect(mark).toMatch(/^[0-9a-f]{32}$/)
    expect(await home.spoolMark(shared)).toBe(mark)
  })

  it('are refused where a living one has another folder, with a line that says what to do', async () => {
    await join(folder())
    const second = await join(folder())
    expect(second).toMatchObject({ ok: false, line: expect.stringContaining('SPOOL_STICKY=1') })
  })

  it('may use another folder once the last of the old one is gone', async () => {
    await join(folder())
    leaving.splice(0).forEach((leave) => leave())
    expect((await join(folder())).ok).toBe(true)
  })

  it('end at their start with status 78, in a process of its own', async () => {
    const shared = folder()
    const first = startChild('spool-child.ts', [], { SPOOL_DIR: shared })
    const beside = startChild('spool-child.ts', [], { SPOOL_DIR: shared })
    const sticky = startChild('spool-child.ts', [], { SPOOL_DIR: folder(), SPOOL_STICKY: '1' })
    for (const one of [first, beside, sticky]) await one.ready()
    const other = startChild('spool-child.ts', [], { SPOOL_DIR: folder() })
    expect(await other.ended).toBe(78)
    expect(other.said()).toContain('SPOOL_DIR: ')
  }, 400_000)
})

describe('an upload says in whose spool it lies', () => {
  it('and a machine with a spool of its own leaves the others’ alone', async () => {
    const { env } = await import('@/env')
    const { receiveUpload } = await import('@/assets/receive')
    const { sweepUploads } = await import('@/assets/sweep-uploads')
    const { openStore } = await import('@/media/store')
    const { compareAndSet } = await import('@/records/db')
    const { payload } = newsroom
    const door = await openDoor(newsroom)
    const story = await storyIn(newsroom, 'draft', reporter)
    const row = await sendWhole(newsroom, door, reporter, { bytes: Buffer.alloc(100, 1), story })
    await door.close()
    expect(row.spool).toBe(await home.spoolMark())
    const spool = 'e'.repeat(32)
    await compareAndSet({ payload, collection: 'uploads', id: row.id, expect: { state: 'received' }, set: { spool } }) // prettier-ignore
    Object.assign(env, { SPOOL_STICKY: true })
    try {
      expect(await receiveUpload({ payload, store: openStore(), upload: row.id })).toBe('later')
      await sweepUploads(payload)
      expect((await uploadRow(newsroom, row.tusId)).state).toBe('received')
    } finally {
      Object.assign(env, { SPOOL_STICKY: false })
    }
  })
})
