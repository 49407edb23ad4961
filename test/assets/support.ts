import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import type { Newsroom, TestPerson } from '../support/newsroom'

const run = promisify(execFile)

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** A short clip with picture and, unless it is not wanted, sound; `seed` makes its bytes its own. */
export const makeClip = (
  file: string,
  { seconds = 2, seed = 440, size = '640x360', sound = true } = {},
) =>
  run('ffmpeg', [
    ...[
      '-nostdin',
      '-loglevel',
      'error',
      '-y',
      '-f',
      'lavfi',
      '-i',
      `testsrc2=s=${size}:r=25:d=${seconds},drawbox=w=${1 + (seed % 97)}:h=9:t=fill`,
    ],
    ...(sound ? ['-f', 'lavfi', '-i', `sine=frequency=${seed}:d=${seconds}`] : []),
    ...['-c:v', 'libx264', '-preset', 'ultrafast'],
    ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest', file],
  ])

/** Polls a state until it holds; names what never came. */
export const until = async (
  what: string,
  holds: () => Promise<boolean> | boolean,
  withinMs = 30_000,
) => {
  const end = Date.now() + withinMs
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`never happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
}

/** A story of this author that stands in this state, as its desk item says. */
export const storyIn = async (newsroom: Newsroom, state: string, author: { id: string }) => {
  const { insertRow } = await import('@/records/db')
  // An id that either database would take for one of its own.
  const story = randomBytes(12).toString('hex')
  const made = await insertRow({
    payload: newsroom.payload,
    collection: 'desk-items',
    data: { story, state, author: author.id, revision: 1, pending: false },
  })
  if (!made.ok) throw new Error('the desk item exists already')
  return story
}

export const moveStory = async (newsroom: Newsroom, story: string, state: string) => {
  const { compareAndSet, findRow } = await import('@/records/db')
  const { payload } = newsroom
  const item = await findRow({
    payload,
    collection: 'desk-items',
    where: { story: { equals: story } },
  })
  if (!item) throw new Error('no such desk item')
  await compareAndSet({
    payload,
    collection: 'desk-items',
    id: item.id,
    expect: { state: item.state },
    set: { state },
  })
}

/** The tus door behind a real socket, so that a connection can really break. */
export const openDoor = async (newsroom: Newsroom) => {
  const { handleTus } = await import('@/assets/tus')
  const server = http.createServer((req, res) => {
    const body = ['POST', 'PATCH'].includes(req.method ?? '')
      ? { body: Readable.toWeb(req), duplex: 'half' }
      : {}
    const headers = Object.entries(req.headers).map(([name, value]) => [name, String(value)])
    const request = new Request(`http://${req.headers.host}${req.url}`, {
      method: req.method ?? 'GET',
      headers: headers as [string, string][],
      ...body,
    } as RequestInit)
    void handleTus(newsroom.payload, request).then(async (answer) => {
      res.writeHead(answer.status, Object.fromEntries(answer.headers))
      res.end(Buffer.from(await answer.arrayBuffer()))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return { origin: `http://127.0.0.1:${port}`, close }
}
export type Door = Awaited<ReturnType<typeof openDoor>>

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')
const headersOf = (as: TestPerson | null, more: Record<string, string>) => ({
  'Tus-Resumable': '1.0.0',
  ...(as ? { Authorization: `JWT ${as.token}` } : {}),
  ...more,
})

export const begin = async (
  door: Door,
  as: TestPerson | null,
  asked: { bytes: number; story: string; filename?: string; sha256?: string },
) => {
  const metadata = [
    `story ${base64(asked.story)}`,
    `filename ${base64(asked.filename ?? 'clip.mp4')}`,
    ...(asked.sha256 ? [`sha256 ${base64(asked.sha256)}`] : []),
  ].join(',')
  const answer = await fetch(`${door.origin}/tus`, {
    method: 'POST',
    headers: headersOf(as, { 'Upload-Length': String(asked.bytes), 'Upload-Metadata': metadata }),
  })
  const text = await answer.text()
  const location = answer.headers.get('location') ?? ''
  const said = text.startsWith('{')
    ? (JSON.parse(text) as { reason?: string; help?: { vi: string } })
    : {}
  return {
    status: answer.status,
    location,
    tusId: location.split('/').at(-1) ?? '',
    reason: said.reason,
    help: said.help,
  }
}

export const append = (
  door: Door,
  as: TestPerson,
  at: { location: string; offset: number; bytes: Uint8Array },
) =>
  fetch(door.origin + at.location, {
    method: 'PATCH',
    headers: headersOf(as, {
      'Upload-Offset': String(at.offset),
      'Content-Type': 'application/offset+octet-stream',
    }),
    body: Buffer.from(at.bytes),
  })

export const ask = (door: Door, as: TestPerson, method: 'HEAD' | 'DELETE', location: string) =>
  fetch(door.origin + location, { method, headers: headersOf(as, {}) })

/** Sends the first `cut` bytes of a PATCH that promises all of them, then breaks the line. */
export const breakOff = (
  door: Door,
  as: TestPerson,
  at: { location: string; offset: number; bytes: Uint8Array; cut: number },
) =>
  new Promise<void>((resolve) => {
    const request = http.request(door.origin + at.location, {
      method: 'PATCH',
      headers: headersOf(as, {
        'Upload-Offset': String(at.offset),
        'Content-Type': 'application/offset+octet-stream',
        'Content-Length': String(at.bytes.length),
      }),
    })
    request.on('error', () => resolve())
    request.write(Buffer.from(at.bytes.subarray(0, at.cut)), () =>
      setTimeout(() => request.destroy(), 100),
    )
  })

/** Sends a whole file; the row of its upload. */
export const sendWhole = async (
  newsroom: Newsroom,
  door: Door,
  as: TestPerson,
  asked: { bytes: Uint8Array; story: string; filename?: string; sha256?: string },
) => {
  const begun = await begin(door, as, { ...asked, bytes: asked.bytes.length })
  if (begun.status !== 201) throw new Error(`not begun: ${begun.status} ${begun.reason}`)
  const sent = await append(door, as, { location: begun.location, offset: 0, bytes: asked.bytes })
  if (sent.status !== 204) throw new Error(`not sent: ${sent.status} ${await sent.text()}`)
  return uploadRow(newsroom, begun.tusId)
}

export const uploadRow = async (newsroom: Newsroom, tusId: string) => {
  const { findRow } = await import('@/records/db')
  const row = await findRow({
    payload: newsroom.payload,
    collection: 'uploads',
    where: { tusId: { equals: tusId } },
  })
  if (!row) throw new Error('no row of this upload')
  return row
}
