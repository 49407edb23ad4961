import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { afterEach, expect, test } from '@jest/globals'
import { guardedFetch, mayReach, unguardedFetch } from '../../src/publishers/http'

let server: Server | null = null
afterEach(
  () => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())),
)

const start = async (location?: string): Promise<number> => {
  const opened = createServer((_request, response) => {
    if (location) response.writeHead(302, { location }).end()
    else response.end('hello')
  })
  server = opened
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve))
  const address = opened.address()
  return typeof address === 'object' && address ? address.port : 0
}

test.each([
  ['10.1.2.3'],
  ['172.16.0.9'],
  ['192.168.1.1'],
  ['169.254.169.254'],
  ['100.64.0.1'],
  ['0.0.0.0'],
  ['::'],
  ['fe80::1'],
  ['fd00::1'],
  ['::ffff:192.168.0.1'],
  ['not-an-address'],
])('%s is never reached, loopback allowed or not', (address) => {
  expect([mayReach(address, false), mayReach(address, true)]).toEqual([false, false])
})

test('loopback is reached only where demo platforms are on, a public address always', () => {
  expect([mayReach('127.0.0.1', false), mayReach('127.0.0.1', true)]).toEqual([false, true])
  expect([mayReach('::1', false), mayReach('::ffff:127.0.0.1', false)]).toEqual([false, false])
  expect([mayReach('142.250.1.1', false), mayReach('2a00:1450::1', false)]).toEqual([true, true])
})

test('a name and a literal address of this machine are both refused by the guarded fetch', async () => {
  const port = await start()
  const guarded = guardedFetch({ allowLoopback: false })
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]']) {
    const failure = await guarded(`http://${host}:${port}/`).catch((error: unknown) => error)
    expect(failure).toMatchObject({ cause: { code: 'EADDRNOTALLOWED' } })
  }
})

test('with loopback allowed the call goes through', async () => {
  const port = await start()
  const answer = await guardedFetch({ allowLoopback: true })(`http://localhost:${port}/`)
  expect(await answer.text()).toBe('hello')
})

test('a redirect to a private address is refused like the address itself', async () => {
  const port = await start('http://169.254.169.254/latest/meta-data')
  const failure = await guardedFetch({ allowLoopback: true })(`http://127.0.0.1:${port}/`).catch(
    (error: unknown) => error,
  )
  expect(failure).toMatchObject({ cause: { code: 'EADDRNOTALLOWED' } })
})

test('how long an answer is waited for is the caller’s to say, guarded or not', async () => {
  const silent = createServer(() => undefined)
  server = silent
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const address = silent.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`
  for (const ask of [
    guardedFetch({ allowLoopback: true, answerMs: 100 }),
    unguardedFetch({ answerMs: 100 }),
  ]) {
    const failure = await ask(url).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      cause: { message: expect.stringContaining('Headers Timeout') },
    })
  }
})
