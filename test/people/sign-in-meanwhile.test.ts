import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals'
import crypto from 'node:crypto'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'

/** Payload reads a person, works at the password for a while, and writes down what it read: so do these, held in between. */
const PASSWORD = 'a-password-for-tests-only'
let room: Newsroom
let db: typeof import('@/records/db')
let admin: TestPerson
beforeAll(async () => {
  room = await openNewsroom()
  db = await import('@/records/db')
  admin = await room.person('admin')
})
afterAll(() => room.close())
afterEach(() => {
  jest.restoreAllMocks()
})

const post = (path: string, body?: unknown, as?: TestPerson) =>
  room.call({ method: 'POST', path, body, as: as ?? null })
const signIn = (who: TestPerson, password = PASSWORD) =>
  post('/users/login', { email: who.email, password })
const patch = async (who: TestPerson, body: Record<string, unknown>) => {
  const answer = await room.call({ method: 'PATCH', path: `/users/${who.id}`, as: admin, body })
  expect(answer.status).toBe(200)
}
const rowOf = (who: TestPerson) => db.rowById(room.payload, 'users', who.id)
const tokenIn = (answer: { body: Record<string, unknown> }) => String(answer.body.token ?? '')
const isNobody = async (token: string): Promise<boolean> =>
  (await room.call({ path: '/users/me', as: { token } })).body.user === null

/** Signs in, and lets `meanwhile` happen while the password is worked at. */
const signInWhile = async (who: TestPerson, meanwhile: () => Promise<void>) => {
  const work = crypto.pbkdf2
  const spy = jest.spyOn(crypto, 'pbkdf2')
  let signedIn: ReturnType<typeof signIn> | undefined
  const letGo = await new Promise<() => void>((atWork) => {
    spy.mockImplementationOnce((...args) => atWork(() => work(...args)))
    signedIn = signIn(who)
  })
  await meanwhile()
  letGo()
  return signedIn ?? signIn(who)
}

/** The same for doors that read and write at once: `meanwhile` comes before their next write. */
const beforeTheWrite = (meanwhile: () => Promise<void>) => {
  const write = room.payload.db.updateOne
  jest.spyOn(room.payload.db, 'updateOne').mockImplementationOnce(async (args) => {
    await meanwhile()
    return write.call(room.payload.db, args)
  })
}

describe('what an administrator does while somebody signs in', () => {
  it('disabling: the account stays disabled, and whoever came is nobody', async () => {
    const editor = await room.person('editor')
    const answer = await signInWhile(editor, () => patch(editor, { active: false }))
    expect((await rowOf(editor))?.active).toBe(false)
    expect(answer.status).toBe(403)
    expect(answer.body).toMatchObject({ errors: [{ data: { reason: 'disabled' } }] })
    await patch(editor, { active: true })
    expect(await isNobody(editor.token)).toBe(true)
    expect((await rowOf(editor))?.sessions ?? []).toEqual([])
  })

  it('taking a role: it stays taken, also in what the sign-in answers', async () => {
    const editor = await room.person('editor', 'reporter')
    const answer = await signInWhile(editor, () => patch(editor, { roles: ['reporter'] }))
    expect((await rowOf(editor))?.roles).toEqual(['reporter'])
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ user: { roles: ['reporter'] } })
    expect(await isNobody(tokenIn(answer))).toBe(false)
  })

  it('setting a new password: it holds, and the old one opens nothing any more', async () => {
    const editor = await room.person('editor')
    const password = 'a-new-password-for-tests'
    const answer = await signInWhile(editor, () => patch(editor, { password }))
    expect(answer.status).toBe(401)
    expect(await isNobody(editor.token)).toBe(true)
    expect((await signIn(editor)).status).toBe(401)
    expect((await signIn(editor, password)).status).toBe(200)
  })
})

describe('what an administrator does while somebody', () => {
  it.each([
    ['signs out', '/users/logout'],
    ['has a token refreshed', '/users/refresh-token'],
  ])('%s, is not undone by it', async (_who, path) => {
    const editor = await room.person('editor', 'reporter')
    beforeTheWrite(() => patch(editor, { active: false, roles: ['reporter'] }))
    await post(path, undefined, editor)
    expect(await rowOf(editor)).toMatchObject({ active: false, roles: ['reporter'] })
    await patch(editor, { active: true })
    expect(await isNobody(editor.token)).toBe(true)
  })
})

describe('a session', () => {
  it('is one’s own until one signs out, and others of the same person stay', async () => {
    const editor = await room.person('editor', 'reporter')
    const second = tokenIn(await signIn(editor))
    const before = await rowOf(editor)
    expect((await post('/users/logout', undefined, editor)).status).toBe(200)
    expect([await isNobody(editor.token), await isNobody(second)]).toEqual([true, false])
    const after = await rowOf(editor)
    expect(after).toEqual({ ...before, sessions: before?.sessions?.slice(1) })
    expect(after?.roles).toEqual(['editor', 'reporter'])
  })
})
