import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createServer, request as ask, type Server } from 'node:http'
import { limited, MOST_BYTES } from '@/app/body-limit'

/** A door that reads the whole body, as Payload does, behind the limit. */
let server: Server
let port = 0
const read: number[] = []
const door = limited(async (request: Request, _context: null) => {
  read.push((await request.arrayBuffer()).byteLength)
  return new Response(null, { status: 204 })
})

beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    const headers = new Headers()
    for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value))
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    const body = new Promise<Buffer>((resolve) =>
      incoming.on('end', () => resolve(Buffer.concat(chunks))),
    )
    const stream = new ReadableStream({
      pull: async (control) => {
        control.enqueue(await body)
        control.close()
      },
    })
    const init = { method: 'POST', headers, body: stream, duplex: 'half' }
    void door(new Request('http://localhost/api/users/login', init), null).then((answer) =>
      outgoing.writeHead(answer.status).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

const post = (body: string, headers: Record<string, string>) =>
  new Promise<number>((resolve, reject) => {
    const sent = ask({ port, host: '127.0.0.1', method: 'POST', headers, agent: false }, (answer) =>
      resolve(answer.statusCode ?? 0),
    )
    sent.on('error', reject)
    sent.end(body)
  })
const sized = (bytes: number) => post('a'.repeat(bytes), { 'content-length': String(bytes) })

describe('the door of the API', () => {
  it('takes what a save or a login can be', async () => {
    expect(await sized(200_000)).toBe(204)
    expect(read.at(-1)).toBe(200_000)
  })

  it('refuses a body longer than any story, before anything reads it', async () => {
    const before = read.length
    expect(await sized(MOST_BYTES + 1)).toBe(413)
    expect(read).toHaveLength(before)
  })

  it('refuses a body that does not say how long it will be', async () => {
    const before = read.length
    expect(await post('a'.repeat(100), { 'transfer-encoding': 'chunked' })).toBe(411)
    expect(read).toHaveLength(before)
  })
})
