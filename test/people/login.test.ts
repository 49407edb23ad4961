import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom, type Newsroom } from '../support/newsroom'

let newsroom: Newsroom
let db: typeof import('@/records/db')

beforeAll(async () => {
  newsroom = await openNewsroom()
  db = await import('@/records/db')
})
afterAll(() => newsroom.close())

const logins = async (outcome: string, reason?: string) => {
  const rows = await db.findRows({
    payload: newsroom.payload,
    collection: 'audit-entries',
    where: { and: [{ action: { equals: 'login' } }, { outcome: { equals: outcome } }] },
  })
  return reason ? rows.filter((row) => row.reason === reason) : rows
}
const signIn = (email: string, password: string, address: string) =>
  newsroom.call({
    method: 'POST',
    path: '/users/login',
    body: { email, password },
    headers: { 'x-forwarded-for': address },
  })

describe('signing in', () => {
  it('writes down who came in', async () => {
    const reporter = await newsroom.person('reporter')
    const answer = await signIn(reporter.email, 'a-password-for-tests-only', '10.0.0.1')
    expect(answer.status).toBe(200)
    const rows = (await logins('done')).filter((row) => row.actorId === reporter.id)
    expect(rows.length).toBe(2) // once by the builder, once by this case
    expect(rows.every((row) => row.actorRoles === 'reporter')).toBe(true)
  })

  it('writes down who was refused, without the password', async () => {
    const reporter = await newsroom.person('reporter')
    const answer = await signIn(reporter.email, 'a-wrong-guess', '10.0.0.2')
    expect(answer.status).toBe(401)
    const refused = (await logins('refused')).find((row) => row.actorName === reporter.email)
    expect(refused?.reason).toBe('AuthenticationError')
    expect(JSON.stringify(refused)).not.toContain('a-wrong-guess')
  })

  it('slows guessing: the eleventh try in a minute from one address on one account is refused unasked', async () => {
    const reporter = await newsroom.person('reporter')
    const answers = []
    for (let n = 0; n < 11; n++)
      answers.push(await signIn(reporter.email, `guess-${n}`, '10.0.0.3'))
    expect(answers.map((answer) => answer.status).slice(0, 9)).toEqual(Array(9).fill(401))
    expect(answers[10]?.status).toBe(429)
    expect(await logins('refused', 'rate-limit')).toHaveLength(1)
  })

  it('keeps a disabled account out, and gives an old token no rights', async () => {
    const editor = await newsroom.person('editor')
    await newsroom.payload.update({ collection: 'users', id: editor.id, data: { active: false } })
    expect((await signIn(editor.email, 'a-password-for-tests-only', '10.0.0.4')).status).toBe(403)
    const read = await newsroom.call({ path: '/stories', as: editor })
    expect(read.status).toBe(403)
  })

  it('lets nobody give themselves a role or another name', async () => {
    const reporter = await newsroom.person('reporter')
    await newsroom.call({
      method: 'PATCH',
      path: `/users/${reporter.id}`,
      as: reporter,
      body: { roles: ['head'], name: 'Tổng biên tập', active: true },
    })
    const after = await newsroom.payload.findByID({ collection: 'users', id: reporter.id })
    expect(after.roles).toEqual(['reporter'])
    expect(after.name).toBe(reporter.name)
  })
})
