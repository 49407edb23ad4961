import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals'
import crypto from 'node:crypto'
import { openNewsroom, type Newsroom } from '../support/newsroom'

let room: Newsroom
beforeAll(async () => {
  room = await openNewsroom()
})
afterAll(() => room.close())
afterEach(() => {
  jest.restoreAllMocks()
})

/** What one try to sign in made the machine work: rounds, bytes and kind of each hash. */
const workOf = async (email: string, password: unknown) => {
  const spy = jest.spyOn(crypto, 'pbkdf2')
  const answer = await room.call({
    method: 'POST',
    path: '/users/login',
    body: { email, password },
  })
  const work = spy.mock.calls.map(([, , rounds, bytes, kind]) => [rounds, bytes, kind])
  spy.mockRestore()
  return { status: answer.status, message: answer.body.errors, work }
}

describe('whoever tries to sign in does not learn who works here', () => {
  it('an unknown mail is answered as a wrong password is, after the same work', async () => {
    const editor = await room.person('editor')
    const wrong = await workOf(editor.email, 'a-wrong-guess')
    expect(wrong.status).toBe(401)
    expect(wrong.work).toHaveLength(1)
    expect(await workOf('nobody.here@newsroom.test', 'a-wrong-guess')).toEqual(wrong)
    expect(await workOf(` ${editor.email.toUpperCase()} `, 'a-wrong-guess')).toEqual(wrong)
  })

  it.each([['   '], [''], [7]])('nor by a password that is none: %j', async (password) => {
    const editor = await room.person('editor')
    const known = await workOf(editor.email, password)
    expect(known.work).toEqual([])
    expect(await workOf('nobody.here@newsroom.test', password)).toEqual(known)
  })
})
