import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createServer, request as ask, type Server } from 'node:http'
import { mend, watchArrivals } from '@/app/arrivals'

/** A server that knows nothing of the house, as Next's does not. */
let server: Server
let port = 0
beforeAll(async () => {
  watchArrivals(false)
  server = createServer((request, response) => {
    response.end(JSON.stringify({ url: request.url, from: request.headers['x-forwarded-for'] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))

const seen = (path: string, headers: Record<string, string> = {}) =>
  new Promise<{ url: string; from?: string }>((resolve, reject) => {
    const sent = ask({ port, host: '127.0.0.1', path, headers, agent: false }, (answer) => {
      let said = ''
      answer.on('data', (chunk: Buffer) => (said += chunk.toString()))
      answer.on('end', () => resolve(JSON.parse(said) as { url: string; from?: string }))
    })
    sent.on('error', reject)
    sent.end()
  })

describe('a request that arrives', () => {
  it.each(['/%E0%A4%A', '/tin/%', '/%ff?a=%E0%A4%A', '/api/%c0%80'])(
    'with a path that is no text, %s, comes to the pages as one that can be read',
    async (path) => {
      const { url } = await seen(path)
      expect(decodeURIComponent(url.split('?')[0] ?? '')).toBe(path.split('?')[0])
      expect(url.split('?')[1]).toBe(path.split('?')[1])
    },
  )

  it.each(['/kinh-te/ch%C3%A8?trang=2', '/', '/api/stories?where[id][equals]=1'])(
    'with a readable path stays as it is: %s',
    async (path) => expect((await seen(path)).url).toBe(path),
  )

  it('does not say itself where it comes from, unless a trusted proxy does', async () => {
    expect((await seen('/', { 'X-Forwarded-For': '10.0.0.1' })).from).toBeUndefined()
    const behind = { url: '/', headers: { 'x-forwarded-for': '10.0.0.1' } }
    mend(behind, true)
    expect(behind.headers['x-forwarded-for']).toBe('10.0.0.1')
  })
})
