import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'

let room: Newsroom
let admin: TestPerson
const KEY = 'd'.repeat(36)
beforeAll(async () => {
  room = await openNewsroom()
  admin = await room.person('admin')
})
afterAll(() => room.close())

type As = { token: string } | { apiKey: string }
const remember = async (as: As) => {
  const path = '/payload-preferences/a-place'
  return (await room.call({ method: 'POST', path, as, body: { value: { a: 1 } } })).status
}
const setActive = async (path: string, active: boolean) => {
  const answer = await room.call({ method: 'PATCH', path, as: admin, body: { active } })
  expect(answer.status).toBe(200)
}
const isNobody = async (as: As): Promise<boolean> =>
  (await room.call({ path: '/users/me', as })).body.user === null

describe('an account that was disabled or deleted', () => {
  it('is nobody with its next request: no preference, no me, no refreshed token', async () => {
    const editor = await room.person('editor')
    expect(await remember(editor)).toBe(200)
    await setActive(`/users/${editor.id}`, false)
    expect(await remember(editor)).toBe(401)
    expect(await isNobody(editor)).toBe(true)
    const path = '/users/refresh-token'
    expect((await room.call({ method: 'POST', path, as: editor })).status).toBe(403)
    expect((await room.call({ path: '/desk/board', as: editor })).status).toBe(401)
  })

  it('is nobody too when the flag was set past every hook, as by a script or a backup', async () => {
    const db = await import('@/records/db')
    const editor = await room.person('editor')
    const collection = 'users'
    const asked = { payload: room.payload, collection, id: editor.id, expect: { active: true } } as const // prettier-ignore
    await db.compareAndSet({ ...asked, set: { active: false } })
    expect(await remember(editor)).toBe(401)
  })

  it('does not get its old token back when it is enabled again', async () => {
    const editor = await room.person('editor')
    await setActive(`/users/${editor.id}`, false)
    await setActive(`/users/${editor.id}`, true)
    expect(await isNobody(editor)).toBe(true)
  })

  it('is nobody when its row is gone', async () => {
    const editor = await room.person('editor')
    await room.payload.db.deleteOne({ collection: 'users', where: { id: { equals: editor.id } } })
    expect(await remember(editor)).toBe(401)
  })

  it('opens nothing with its key, and does again when it is enabled', async () => {
    const body = { name: 'Máy', enableAPIKey: true, apiKey: KEY }
    const made = await room.call({ method: 'POST', path: '/service-accounts', as: admin, body })
    const path = `/service-accounts/${(made.body.doc as { id: string }).id}`
    expect(await remember({ apiKey: KEY })).toBe(200)
    await setActive(path, false)
    expect(await remember({ apiKey: KEY })).toBe(401)
    await setActive(path, true)
    expect(await remember({ apiKey: KEY })).toBe(200)
  })
})
