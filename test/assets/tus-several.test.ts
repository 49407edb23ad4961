import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Upload } from 'tus-js-client'
import { freePort } from '../desk-page/serve'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'
import { killChildren, startChild } from './children'
import { storyIn, until, uploadRow } from './support'

const MB = 1024 * 1024
const PIECE = MB / 4
let newsroom: Newsroom
let reporter: TestPerson

beforeAll(async () => {
  newsroom = await openNewsroom()
  reporter = await newsroom.person('reporter')
})
afterAll(async () => {
  killChildren()
  await newsroom.close()
})

type Told = { sent: number; offsets: number[]; tusId: string; done: boolean }

/** Sends one file as the page does: pieces, and a lost line tried again for ever. */
const send = (origin: string, story: string, bytes: Buffer, extra: boolean): Told => {
  const told: Told = { sent: 0, offsets: [], tusId: '', done: false }
  const upload: Upload = new Upload(bytes, {
    endpoint: `${origin}/tus`,
    chunkSize: PIECE,
    retryDelays: Array.from({ length: 3_000 }, () => 100),
    onShouldRetry: () => true,
    headers: { Authorization: `JWT ${reporter.token}` },
    metadata: { story, filename: 'clip.mp4', ...(extra ? { extra: '1' } : {}) },
    onBeforeRequest: (request) => {
      if (request.getMethod() === 'PATCH') told.offsets.push(Number(request.getHeader('Upload-Offset'))) // prettier-ignore
    },
    onChunkComplete: (_size, accepted) => {
      told.sent = accepted
      told.tusId = upload.url?.split('/').at(-1) ?? ''
    },
    onSuccess: () => (told.done = true),
  })
  upload.start()
  return told
}

it('sends three files at once through a web process that is killed twice: each goes on at its byte, none takes another’s', async () => {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const files = [randomBytes(4 * MB), randomBytes(5 * MB), randomBytes(6 * MB)]
  const story = await storyIn(newsroom, 'draft', reporter)
  let web = startChild('tus-child.ts', [String(port)])
  await web.ready()
  const sending = files.map((bytes, index) => send(origin, story, bytes, index > 0))
  for (const share of [1, 2.5]) {
    await until(`${share} MB of each have come`, () => sending.every(({ sent }) => sent >= share * MB), 120_000) // prettier-ignore
    await web.kill()
    web = startChild('tus-child.ts', [String(port)])
    await web.ready()
  }
  await until('all three are whole', () => sending.every(({ done }) => done), 120_000)
  for (const [index, { tusId, offsets }] of sending.entries()) {
    const row = await uploadRow(newsroom, tusId)
    expect([row.state, row.extra === true]).toEqual(['received', index > 0])
    const whole = files[index] ?? Buffer.alloc(0)
    expect(readFileSync(path.join(newsroom.folder, 'data', 'spool', tusId)).equals(whole)).toBe(true) // prettier-ignore
    // Begun once, and never again from the start: no piece but the first one was sent from byte 0.
    expect(offsets.filter((offset) => offset === 0)).toHaveLength(1)
    expect(offsets.length).toBeLessThanOrEqual(whole.length / PIECE + 6)
  }
}, 400_000)
