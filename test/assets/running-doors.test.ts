import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { TestPerson } from '../support/newsroom'
import { openTranscodes, type Transcodes } from './running-support'

const ROLES = [
  'contributor',
  'reporter',
  'producer',
  'editor',
  'desk-head',
  'secretariat',
  'board',
  'deputy',
  'head',
  'audience',
  'admin',
  'inspector',
] as const
type Role = (typeof ROLES)[number]

const HANDLE: Role[] = ['producer', 'editor', 'desk-head', 'secretariat', 'admin']
const HURRY: Role[] = ['desk-head', 'secretariat', 'deputy', 'head']
const VERBS = { stop: HANDLE, retry: HANDLE, urgent: HURRY, calm: HURRY }
type Verb = keyof typeof VERBS
const verbs = Object.keys(VERBS) as Verb[]
const SEES = ROLES.filter((role) => !['contributor', 'reporter'].includes(role))
/** In which states of a clip that nobody holds each verb does something. */
const FROM: Record<Verb, string[]> = {
  stop: ['stored', 'processing'],
  retry: ['failed'],
  urgent: ['storing', 'stored', 'processing', 'failed'],
  calm: ['storing', 'stored', 'processing', 'failed', 'ready'],
}
const STATES = ['storing', 'stored', 'processing', 'stopping', 'failed', 'ready']

let on: Transcodes
const people = new Map<Role, TestPerson>()

beforeAll(async () => {
  on = await openTranscodes()
  for (const role of ROLES) people.set(role, await on.newsroom.person(role))
}, 120_000)
afterAll(() => on.newsroom.close())

const as = (role: Role) => people.get(role) ?? null
const ask = (verb: string, asset: string, person: TestPerson | null) =>
  on.newsroom.call({
    method: 'POST',
    path: `/transcodes/${verb}`,
    as: person,
    body: { asset, reason: 'Thử' },
  })
const outcomes = async (asset: string) =>
  (
    await on.db.findRows({
      payload: on.payload,
      collection: 'audit-entries',
      where: { subjectId: { equals: asset } },
    })
  ).map(({ action, outcome, actorId }) => `${action} ${outcome} ${actorId}`)

describe.each(ROLES)('the transcodes, to whoever is %s', (role) => {
  it.each(verbs)(
    '%s is done or refused as the role allows, and written down either way',
    async (verb) => {
      const asset = await on.waiting({ state: verb === 'retry' ? 'failed' : 'stored' })
      const before = await on.row(asset)
      const allowed = VERBS[verb].includes(role)
      expect((await ask(verb, asset, as(role))).status).toBe(allowed ? 200 : 403)
      expect(await outcomes(asset)).toEqual([
        `asset.${verb} ${allowed ? 'done' : 'refused'} ${as(role)?.id}`,
      ])
      if (!allowed) expect(await on.row(asset)).toEqual(before)
    },
  )

  it('the list is shown or refused, with the verbs that the role may use and no story to who reads none', async () => {
    const answer = await on.newsroom.call({ path: '/transcodes', as: as(role) })
    if (!SEES.includes(role)) return expect(answer.status).toBe(403)
    expect(answer.body.may).toEqual(verbs.filter((verb) => VERBS[verb].includes(role)))
  })
})

describe.each(verbs)('%s', (verb) => {
  it.each(STATES)(
    'of a clip that is %s is done or refused with the row as it was',
    async (state) => {
      const asset = await on.waiting({ state })
      const before = await on.row(asset)
      const answer = await ask(verb, asset, as('desk-head'))
      expect(answer.status).toBe(FROM[verb].includes(state) ? 200 : 409)
      if (answer.status === 409) expect(await on.row(asset)).toEqual(before)
    },
  )
})

it('nobody who is not signed in sees or does anything', async () => {
  const asset = await on.waiting()
  expect((await on.newsroom.call({ path: '/transcodes' })).status).toBe(401)
  for (const verb of verbs) expect((await ask(verb, asset, null)).status).toBe(401)
})

it('a verb that does not exist, or no asset, makes no sense; an asset that is not there is not found', async () => {
  const asset = await on.waiting()
  expect((await ask('delete', asset, as('desk-head'))).status).toBe(422)
  expect((await ask('stop', '', as('desk-head'))).status).toBe(422)
  expect((await ask('stop', 'f'.repeat(24), as('desk-head'))).status).toBe(404)
})

it('says for which story and desk a clip is made, to the desk; the administrator is told no title', async () => {
  const desk = await on.section('kinh-te')
  const asset = await on.waiting({ desk })
  const shown = async (role: Role) => {
    const { body } = await on.newsroom.call({ path: '/transcodes', as: as(role) })
    return (body.transcodes as { asset: string }[]).find((one) => one.asset === asset)
  }
  expect(await shown('editor')).toMatchObject({ desk: 'kinh-te', story: { title: 'Tin' }, why: 'turn' }) // prettier-ignore
  expect(await shown('admin')).toMatchObject({ desk: 'kinh-te', story: null })
})

it('says why each waits where it waits', async () => {
  const cases = [
    [{ waitUntil: Date.now() + 60_000, failure: 'Ổ đĩa đầy.' }, 'outside'],
    [{ state: 'processing', leaseBy: 'dead:1', leaseUntil: 1 }, 'lost'],
    [{ losses: 2 }, 'lost'],
    [{ urgentAt: Date.now() }, 'urgent'],
    [{ failures: 1 }, 'failed'],
    [{}, 'turn'],
  ] as const
  const made = await Promise.all(cases.map(([cells]) => on.waiting({ ...cells })))
  const { body } = await on.newsroom.call({ path: '/transcodes', as: as('editor') })
  const list = body.transcodes as { asset: string; why: string; failure: string }[]
  const why = made.map((asset) => list.find((one) => one.asset === asset)?.why)
  expect(why).toEqual(cases.map(([, reason]) => reason))
})
