import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'
import {
  append,
  ask,
  begin,
  breakOff,
  openDoor,
  sendWhole,
  storyIn,
  until,
  uploadRow,
  type Door,
} from './support'

const TB = 1024 ** 4
let newsroom: Newsroom
let door: Door
let reporter: TestPerson
let other: TestPerson
let spool: string
let sweep: typeof import('@/assets/sweep-uploads')
let db: typeof import('@/records/db')

beforeAll(async () => {
  newsroom = await openNewsroom({
    UPLOAD_MAX_BYTES: String(TB),
    UPLOAD_QUOTA_BYTES: String(2 * TB),
    UPLOAD_TOTAL_BYTES: String(4 * TB),
  })
  door = await openDoor(newsroom)
  reporter = await newsroom.person('reporter')
  other = await newsroom.person('reporter')
  spool = path.join(newsroom.folder, 'data', 'spool')
  sweep = await import('@/assets/sweep-uploads')
  db = await import('@/records/db')
})
afterAll(async () => {
  await door.close()
  await newsroom.close()
})

const jobsFor = (upload: string) =>
  db.findRows({
    payload: newsroom.payload,
    collection: 'outbox',
    where: {
      and: [
        { job: { equals: 'upload.arrived' } },
        { payload: { equals: JSON.stringify({ upload }) } },
      ],
    },
  })

describe('sending a file over a bad line', () => {
  it('goes on at the byte after a broken connection, and the worker is told once when it is whole', async () => {
    const story = await storyIn(newsroom, 'draft', reporter)
    const bytes = randomBytes(3 * 1024 * 1024)
    const { location, tusId } = await begin(door, reporter, {
      bytes: bytes.length,
      story,
      filename: 'Lũ ở Sông Công.MOV',
    })
    await breakOff(door, reporter, { location, offset: 0, bytes, cut: 1024 * 1024 })
    let offset = 0
    await until('the first bytes lie in the spool', async () => {
      offset = Number((await ask(door, reporter, 'HEAD', location)).headers.get('upload-offset'))
      return offset > 0
    })
    expect(offset).toBeLessThan(bytes.length)
    expect(
      (await append(door, reporter, { location, offset, bytes: bytes.subarray(offset) })).status,
    ).toBe(204)
    expect(readFileSync(path.join(spool, tusId)).equals(bytes)).toBe(true)
    const row = await uploadRow(newsroom, tusId)
    expect([row.state, row.filename]).toEqual(['received', 'Lũ ở Sông Công.MOV'.normalize('NFC')])
    expect(await jobsFor(row.id)).toHaveLength(1)
  })

  it('refuses a piece that does not begin where the last one ended', async () => {
    const story = await storyIn(newsroom, 'draft', reporter)
    const { location } = await begin(door, reporter, { bytes: 100, story })
    expect(
      (await append(door, reporter, { location, offset: 50, bytes: randomBytes(50) })).status,
    ).toBe(409)
  })

  it('finds a whole file whose process died before it said so, and tells the worker once', async () => {
    const story = await storyIn(newsroom, 'draft', reporter)
    const row = await sendWhole(newsroom, door, reporter, { bytes: randomBytes(1000), story })
    const unsaid = await db.compareAndSet({
      payload: newsroom.payload,
      collection: 'uploads',
      id: row.id,
      expect: { state: 'received' },
      set: { state: 'receiving', revision: 5 },
    })
    await sweep.sweepUploads(newsroom.payload)
    await sweep.sweepUploads(newsroom.payload)
    expect((await uploadRow(newsroom, row.tusId)).state).toBe('received')
    expect((await jobsFor(row.id)).map(({ key }) => key).sort()).toEqual([
      `uploads:${unsaid?.id}:1:0`,
      `uploads:${unsaid?.id}:6:0`,
    ])
  })

  it('drops an upload that stays unfinished for 72 hours, with its bytes', async () => {
    const { useClock } = await import('@/clock')
    const story = await storyIn(newsroom, 'draft', reporter)
    const { tusId } = await begin(door, reporter, { bytes: 100, story })
    const back = useClock({ now: () => new Date(Date.now() + 73 * 3600 * 1000) })
    await sweep.sweepUploads(newsroom.payload).finally(back)
    expect((await uploadRow(newsroom, tusId)).state).toBe('expired')
    expect(existsSync(path.join(spool, tusId))).toBe(false)
  })
})

describe('who may send what', () => {
  it('answers somebody else’s upload as if it were not there', async () => {
    const story = await storyIn(newsroom, 'draft', reporter)
    const { location, tusId } = await begin(door, reporter, { bytes: 10, story })
    const statuses = [
      (await append(door, other, { location, offset: 0, bytes: randomBytes(10) })).status,
      (await ask(door, other, 'HEAD', location)).status,
      (await ask(door, other, 'DELETE', location)).status,
    ]
    expect(statuses).toEqual([404, 404, 404])
    expect((await uploadRow(newsroom, tusId)).state).toBe('receiving')
  })

  it('lets the owner drop an upload, and frees its bytes', async () => {
    const story = await storyIn(newsroom, 'draft', reporter)
    const { location, tusId } = await begin(door, reporter, { bytes: 10, story })
    expect((await ask(door, reporter, 'DELETE', location)).status).toBe(204)
    expect((await uploadRow(newsroom, tusId)).state).toBe('expired')
    expect(existsSync(path.join(spool, tusId))).toBe(false)
  })

  it.each([
    ['nobody', 401, 'nobody'],
    ['audience', 403, 'role'],
    ['head', 403, 'role'],
  ])('refuses %s', async (role, status, reason) => {
    const story = await storyIn(newsroom, 'draft', reporter)
    const person = role === 'nobody' ? null : await newsroom.person(role)
    expect(await begin(door, person, { bytes: 10, story })).toMatchObject({ status, reason })
  })

  it.each(['submitted', 'in-review', 'cleared', 'signed', 'killed'])(
    'takes no file from a reporter for a story that is %s',
    async (state) => {
      const story = await storyIn(newsroom, state, reporter)
      expect(await begin(door, reporter, { bytes: 10, story })).toMatchObject({
        status: 422,
        reason: 'story',
      })
    },
  )

  it('takes a file for a story under review from its editor, and none for somebody else’s draft', async () => {
    const editor = await newsroom.person('editor')
    const reviewed = await storyIn(newsroom, 'in-review', reporter)
    const draft = await storyIn(newsroom, 'draft', reporter)
    expect((await begin(door, editor, { bytes: 10, story: reviewed })).status).toBe(201)
    expect((await begin(door, editor, { bytes: 10, story: draft })).status).toBe(422)
    expect((await begin(door, other, { bytes: 10, story: draft })).status).toBe(422)
  })

  it('is no way to read a file back', async () => {
    const { handleTus } = await import('@/assets/tus')
    const request = new Request(`${door.origin}/tus/${'0'.repeat(32)}`, {
      headers: { Authorization: `JWT ${reporter.token}` },
    })
    expect((await handleTus(newsroom.payload, request)).status).toBe(405)
  })
})

describe('limits that hold at the first byte', () => {
  it('refuses a file that is too large, and says both sizes', async () => {
    const story = await storyIn(newsroom, 'draft', reporter)
    const answer = await begin(door, reporter, { bytes: 1.5 * TB, story })
    expect(answer).toMatchObject({ status: 413, reason: 'too-big' })
    expect(answer.help?.vi).toContain('1536,00 GB')
    expect(answer.help?.vi).toContain('1024,00 GB')
  })

  it('refuses a file for which the disk has not three times the room, and says what it needs and what there is', async () => {
    const story = await storyIn(newsroom, 'draft', reporter)
    const answer = await begin(door, reporter, { bytes: TB, story })
    expect(answer).toMatchObject({ status: 507, reason: 'disk' })
    expect(answer.help?.vi).toMatch(/cần trống 307\d,\d\d GB .* hiện còn \d+,\d\d GB/)
  })

  it('wants to know the size, and it is more than nothing', async () => {
    const story = await storyIn(newsroom, 'draft', reporter)
    expect(await begin(door, reporter, { bytes: 0, story })).toMatchObject({
      status: 400,
      reason: 'size',
    })
  })

  it('slows down somebody who begins thirty uploads in a minute', async () => {
    const hasty = await newsroom.person('reporter')
    const story = await storyIn(newsroom, 'draft', hasty)
    const answers = []
    for (let n = 0; n < 31; n++)
      answers.push((await begin(door, hasty, { bytes: 10, story })).status)
    expect(answers.filter((status) => status === 201)).toHaveLength(30)
    expect(answers.at(-1)).toBe(429)
  })
})
