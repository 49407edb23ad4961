import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom, type CallArgs, type Newsroom, type TestPerson } from '../support/newsroom'

let room: Newsroom
beforeAll(async () => {
  room = await openNewsroom()
})
afterAll(() => room.close())

const OFFICE = { 'x-forwarded-for': '203.0.113.5' }
const at = (args: CallArgs) => room.call({ ...args, headers: OFFICE })
const write = (as: TestPerson | null) => at({ method: 'POST', path: '/actions', as, body: {} })
const look = (as: TestPerson) => at({ path: '/desk/board', as })

/** Twenty at a time, until the newsroom says no or the tries run out. */
const until429 = async (ask: () => ReturnType<typeof write>, most: number) => {
  for (let n = 0; n < most; n += 20) {
    const answers = await Promise.all(Array.from({ length: 20 }, ask))
    const refused = answers.find(({ status }) => status === 429)
    if (refused) return { refused, before: n }
  }
  throw new Error(`nobody was refused in ${most} tries`)
}

describe('how often one person may ask', () => {
  it('is far more than six people in one office do together, each counted for themselves', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => room.person('editor')))
    const asked = people.flatMap((one) => Array.from({ length: 60 }, () => one))
    const answers = await Promise.all(asked.map(write))
    expect(answers.filter(({ status }) => status === 429)).toEqual([])
  })

  it('has an end for a script that writes on and on, and nobody else in the office feels it', async () => {
    const [wild, calm] = [await room.person('editor'), await room.person('editor')]
    const { refused, before } = await until429(() => write(wild), 700)
    expect(before).toBeGreaterThanOrEqual(500)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.body).toMatchObject({ reason: 'too-many', help: { vi: expect.any(String), en: expect.any(String) } }) // prettier-ignore
    expect((await write(calm)).status).toBe(400)
    expect((await look(wild)).status).toBe(200)
    const db = await import('@/records/db')
    const noted = await db.findRows({ payload: room.payload, collection: 'audit-entries', where: { reason: { equals: 'too-many' } } }) // prettier-ignore
    expect(noted.map(({ actorId }) => actorId)).toEqual([wild.id])
  })

  it('has an end for what costs much to read, and stories are read meanwhile', async () => {
    const { LOOKS } = await import('@/people/limits')
    expect(Object.keys(LOOKS).sort()).toEqual([
      '/audit/verify',
      '/captioning/:id/file',
      '/captioning/of/:asset',
      '/desk/board',
      '/desk/redactions/:story',
      '/desk/story/:id',
      '/library',
      '/library/:id',
      '/transcodes',
    ])
    // A limit for a door that is none would hold nobody.
    const doors = room.payload.config.endpoints.filter(({ method }) => method === 'get')
    expect(doors.map(({ path }) => path)).toEqual(expect.arrayContaining(Object.keys(LOOKS)))
    const wild = await room.person('head')
    await until429(() => at({ path: '/audit/verify', as: wild }), 60)
    expect((await look(wild)).status).toBe(200)
    expect((await at({ path: '/stories?limit=1', as: wild })).status).toBe(200)
  })

  it('is less for whoever has not signed in, counted by address', async () => {
    const { before } = await until429(() => write(null), 400)
    expect(before).toBeLessThanOrEqual(300)
    const other = { 'x-forwarded-for': '203.0.113.6' }
    const answer = await room.call({ method: 'POST', path: '/actions', body: {}, headers: other })
    expect(answer.status).toBe(401)
  })

  it.each([
    ['/actions', '203.0.113.7'],
    ['/users/login', '203.0.113.8'],
  ])('is no way to keep an office from signing in, by %s', async (path, address) => {
    const headers = { 'x-forwarded-for': address }
    const [editor, login] = [await room.person('editor'), '/users/login']
    const body = { email: editor.email, password: 'a-password-for-tests-only' }
    const first = await room.call({ method: 'POST', path: login, body, headers })
    const cookie = first.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const stranger = { method: 'POST', path, body: { email: 'x', password: '' }, headers }
    for (let n = 0; n < 320; n += 20)
      await Promise.all(Array.from({ length: 20 }, () => room.call(stranger)))
    const device = cookie
      .split('; ')
      .filter((one) => one.startsWith('ht-device-'))
      .join('; ')
    const own = { ...headers, cookie: device }
    expect((await room.call({ method: 'POST', path: login, body, headers: own })).status).toBe(200)
  })
})
