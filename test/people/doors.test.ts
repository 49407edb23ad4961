import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'

let room: Newsroom
let db: typeof import('@/records/db')
let admin: TestPerson
let lists: { section: string; source: string }
const KEY = 'k'.repeat(36)

beforeAll(async () => {
  room = await openNewsroom()
  db = await import('@/records/db')
  admin = await room.person('admin')
  const { payload } = room
  const section = await payload.create({
    collection: 'sections',
    data: { name: 'Kinh tế', slug: 'kt' },
  })
  const source = await payload.create({
    collection: 'sources',
    data: { name: 'Tự sản xuất', credit: 'Hội Tụ' },
  })
  lists = { section: section.id, source: source.id }
  const body = { name: 'Máy đọc', enableAPIKey: true, apiKey: KEY }
  await room.call({ method: 'POST', path: '/service-accounts', as: admin, body })
})
afterAll(() => room.close())

const entriesOf = (action: string) =>
  db.findRows({
    payload: room.payload,
    collection: 'audit-entries',
    where: { action: { equals: action } },
    sort: 'at',
  })
const aStory = async (as: TestPerson) => {
  const body = { title: 'Tin', kind: 'clip', ...lists }
  const made = await room.call({ method: 'POST', path: '/stories', as, body })
  return (made.body.doc as { id: string }).id
}
const lock = (story: string, user: string, as: { token: string } | { apiKey: string }) =>
  room.call({
    method: 'POST',
    path: '/payload-locked-documents',
    as,
    body: {
      document: { relationTo: 'stories', value: story },
      user: { relationTo: 'users', value: user },
    },
  })

describe('the lock of a document', () => {
  it('is not set by a reporter or a key, and nobody’s save waits for it', async () => {
    const author = await room.person('reporter')
    const other = await room.person('reporter')
    const head = await room.person('head')
    const story = await aStory(author)
    expect((await lock(story, head.id, other)).status).toBe(403)
    expect((await lock(story, head.id, { apiKey: KEY })).status).toBe(403)
    expect((await room.call({ path: '/payload-locked-documents', as: other })).status).toBe(403)
    const saved = await room.call({
      method: 'PATCH',
      path: `/stories/${story}`,
      as: author,
      body: { revision: 0, title: 'Tin khác' },
    })
    expect(saved.status).toBe(200)
  })

  it('is in the name of the editor who sets it, whatever they send', async () => {
    const editor = await room.person('editor')
    const head = await room.person('head')
    const made = await lock(await aStory(await room.person('reporter')), head.id, editor)
    expect(made.status).toBe(201)
    expect(made.body.doc).toMatchObject({ user: { value: { id: editor.id } } })
  })
})

describe('who may do what', () => {
  it('is changed with a line of audit: who, what, and from what', async () => {
    const person = await room.person('reporter')
    const path = `/users/${person.id}`
    const body = { roles: ['head'], password: 'another-password-1' }
    expect((await room.call({ method: 'PATCH', path, as: admin, body })).status).toBe(200)
    const entry = (await entriesOf('users.update')).find(({ subjectId }) => subjectId === person.id)
    expect(entry).toMatchObject({ actorId: admin.id, actorRoles: 'admin', outcome: 'done' })
    expect(JSON.parse(entry?.detail ?? '{}')).toMatchObject({
      roles: '["reporter"] → ["head"]',
      secretsSet: 'password',
    })
    expect(JSON.stringify(await entriesOf('users.update'))).not.toContain('another-password-1')
  })

  it('is given to machines and taken from sources with a line of audit, without the key', async () => {
    const head = await room.person('head')
    const path = `/sources/${lists.source}`
    await room.call({ method: 'PATCH', path, as: head, body: { inForce: false } })
    expect(await entriesOf('service-accounts.create')).toHaveLength(1)
    expect(JSON.stringify(await entriesOf('service-accounts.create'))).not.toContain(KEY)
    const [entry] = await entriesOf('sources.update')
    expect(entry?.actorId).toBe(head.id)
    expect(JSON.parse(entry?.detail ?? '{}')).toMatchObject({ inForce: 'true → false' })
  })
})

describe('what a role may not do', () => {
  it('leaves a line of audit when somebody signed in tries it, and no flood of them', async () => {
    const reporter = await room.person('reporter')
    const other = await room.person('head')
    const asked = { method: 'PATCH', path: `/users/${other.id}`, as: reporter, body: { name: 'X' } }
    expect((await room.call(asked)).status).toBe(403)
    const mine = async () =>
      (await entriesOf('api.patch')).filter(({ actorId }) => actorId === reporter.id)
    expect(await mine()).toMatchObject([
      { outcome: 'refused', subject: 'users', subjectId: other.id, reason: 'Forbidden' },
    ])
    for (let n = 0; n < 40; n += 1) await room.call(asked)
    expect(await mine()).toHaveLength(30)
  })

  it('is written down for the doors that are shut to everybody, too', async () => {
    const editor = await room.person('editor')
    const story = await aStory(await room.person('reporter'))
    await room.call({ method: 'DELETE', path: `/stories/${story}`, as: editor })
    const mine = (await entriesOf('api.delete')).filter(({ actorId }) => actorId === editor.id)
    expect(mine).toMatchObject([{ subject: 'stories', subjectId: story, reason: 'delete-off' }])
  })
})

describe('a forgotten password', () => {
  it('is set anew by the administrator alone: no letter goes out, and no token is made', async () => {
    const head = await room.person('head')
    const body = { email: head.email }
    const asked = await room.call({ method: 'POST', path: '/users/forgot-password', body })
    expect(asked.status).toBe(403)
    const row = await db.rowById(room.payload, 'users', head.id)
    expect(row?.resetPasswordToken ?? null).toBeNull()
    const reset = { token: 'a-guess', password: 'another-password-1' }
    const path = '/users/reset-password'
    expect((await room.call({ method: 'POST', path, body: reset })).status).toBe(403)
  })
})

describe('guessing passwords', () => {
  const guess = (email: string, address: string) =>
    room.call({
      method: 'POST',
      path: '/users/login',
      body: { email, password: 'a-wrong-guess' },
      headers: { 'x-forwarded-for': address },
    })

  it('is slowed down on one account though each try names another address', async () => {
    const head = await room.person('head')
    const statuses: number[] = []
    for (let n = 0; n < 25; n += 1) statuses.push((await guess(head.email, `10.1.0.${n}`)).status)
    expect(statuses.at(-1)).toBe(429)
  })

  it('leaves one line of audit a minute when it is refused unasked, not one a try', async () => {
    const before = (await entriesOf('login')).filter(({ reason }) => reason === 'rate-limit').length
    for (let n = 0; n < 20; n += 1) await guess('nobody.here@newsroom.test', '10.2.0.1')
    const after = (await entriesOf('login')).filter(({ reason }) => reason === 'rate-limit').length
    expect(after - before).toBe(1)
  })
})
