import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import crypto from 'node:crypto'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'

/** A hash takes 0.2 s so that guessing is dear; here a hundred are made, and only counted. */
const hash = crypto.pbkdf2
let room: Newsroom
beforeAll(async () => {
  jest
    .spyOn(crypto, 'pbkdf2')
    .mockImplementation((password, salt, _rounds, bytes, kind, done) =>
      hash(password, salt, 1, bytes, kind, done),
    )
  room = await openNewsroom()
})
afterAll(() => room.close())

const RIGHT = 'a-password-for-tests-only'
const from = (address: string, cookie = '') => ({
  'x-forwarded-for': address,
  ...(cookie ? { cookie } : {}),
})
const signIn = (who: { email: string }, password: string, headers: Record<string, string>) =>
  room.call({ method: 'POST', path: '/users/login', body: { email: who.email, password }, headers })
const guesses = async (who: { email: string }, address: string, times: number) => {
  const statuses: number[] = []
  for (let n = 0; n < times; n += 1)
    statuses.push((await signIn(who, `guess-${n}`, from(address))).status)
  return statuses
}
const deviceOf = (answer: { headers: Headers }) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .find((cookie) => cookie.startsWith('ht-device-')) ?? ''

/** Two people at work, then a stranger who uses up whatever strangers have of the first one's account. */
let head: TestPerson
let cookie = ''
let otherCookie = ''
beforeAll(async () => {
  head = await room.person('head')
  const reporter = await room.person('reporter')
  cookie = deviceOf(await signIn(head, RIGHT, from('10.3.0.1')))
  otherCookie = deviceOf(await signIn(reporter, RIGHT, from('10.3.0.2')))
  for (let n = 0; n < 5; n += 1) await guesses(head, `10.4.0.${n}`, 5)
}, 120_000)

describe('a stranger who guesses at an account', () => {
  it('is stopped, from whatever address they go on', async () => {
    expect((await signIn(head, RIGHT, from('10.4.0.99'))).status).toBe(429)
  })

  it('does not keep its owner out of the browser they signed in with, wherever it is now', async () => {
    expect((await signIn(head, RIGHT, from('10.5.9.9', cookie))).status).toBe(200)
  })

  it('nor out of the place they signed in from, on any machine there', async () => {
    expect((await signIn(head, RIGHT, from('10.3.0.1'))).status).toBe(200)
  })

  it('gains nothing by a cookie of their own account, or one that they made up', async () => {
    const name = cookie.split('=')[0]
    for (const made of [otherCookie, `${name}=${otherCookie.split('=')[1]}`, `${name}=abc.def`])
      expect((await signIn(head, RIGHT, from('10.8.3.3', made))).status).toBe(429)
  })

  it('is told to wait, and how long', async () => {
    const editor = await room.person('editor')
    await guesses(editor, '10.7.0.2', 10)
    const refused = await signIn(editor, RIGHT, from('10.7.0.2'))
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('is stopped by the address, whatever accounts they try from it', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 65; n += 1)
      statuses.push((await signIn({ email: `p${n}@newsroom.test` }, 'x', from('10.10.0.1'))).status)
    expect(statuses.slice(0, 60)).toEqual(Array(60).fill(401))
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('a colleague behind the same address', () => {
  it('who once signed in from there is not refused for what one machine there guesses', async () => {
    const [editor, place] = [await room.person('editor'), '10.12.0.1']
    expect((await signIn(editor, RIGHT, from(place))).status).toBe(200)
    const statuses: number[] = []
    for (let n = 0; n < 65; n += 1)
      statuses.push((await signIn({ email: `q${n}@newsroom.test` }, 'x', from(place))).status)
    expect(statuses.at(-1)).toBe(429)
    expect((await signIn(editor, RIGHT, from(place))).status).toBe(200)
    expect((await guesses(editor, place, 11)).at(-1)).toBe(429)
  })
})

describe('a person who mistypes', () => {
  it('is slowed on their own device too, and a right password counts for nothing', async () => {
    const editor = await room.person('editor')
    const own = deviceOf(await signIn(editor, RIGHT, from('10.11.0.1')))
    for (let n = 0; n < 11; n += 1)
      expect((await signIn(editor, RIGHT, from('10.11.0.1', own))).status).toBe(200)
    for (let n = 0; n < 10; n += 1) await signIn(editor, 'wrong', from('10.11.0.1', own))
    expect((await signIn(editor, RIGHT, from('10.11.0.1', own))).status).toBe(429)
  })
})

describe('a place', () => {
  it('is an address of IPv4, or the network of IPv6 that one customer has', async () => {
    const { placeOf } = await import('@/people/address')
    expect(placeOf('203.0.113.7')).toBe('203.0.113.7')
    expect(placeOf('::ffff:203.0.113.7')).toBe('::ffff:203.0.113.7')
    expect(placeOf('2001:db8:1:2:aaaa:bbbb:cccc:dddd')).toBe('2001:db8:1:2')
    expect(placeOf('2001:db8::1')).toBe(placeOf('2001:db8::ffff:2'))
    expect(placeOf('2001:db8:0:1::1')).not.toBe(placeOf('2001:db8::1'))
  })
})
