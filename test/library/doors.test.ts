import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom } from '../support/newsroom'
import { callersOf, type Caller } from '../signoff/guard-suite'
import { bring, newStory, openDesk, type Desk } from '../signoff/support'

let desk: Desk
let callers: Caller[]
const assets: { standing: string; asset: string }[] = []

beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
  callers = await callersOf(desk)
  for (const standing of ['submitted', 'cleared', 'signed'] as const) {
    const { asset } = await bring(desk, await newStory(desk), standing)
    assets.push({ standing, asset })
  }
}, 120_000)
afterAll(() => desk.room.close())

const ALL = ['producer', 'editor', 'desk-head', 'secretariat', 'board', 'deputy', 'head', 'audience', 'inspector'] // prettier-ignore
const OWN = ['the author', 'reporter', 'contributor']
const KEEPERS = ['producer', 'editor', 'desk-head', 'secretariat']
const STRANGERS = ['nobody', 'an API key']

const known = async () => {
  const { payload } = desk.room
  return (await desk.db.findRows({ payload, collection: 'asset-notes', where: {} })).length
}

/** Every role, wherever the story of the original stands: the library knows no state in which it opens wider. */
describe('Ai vào được kho tư liệu', () => {
  it('finds: the desk all, who sends files their own, everybody else nothing', async () => {
    for (const { name, as } of callers) {
      const { status, body } = await desk.room.call({ path: '/library', as })
      const expected = STRANGERS.includes(name) ? 401 : [...ALL, ...OWN].includes(name) ? 200 : 403
      expect([name, status]).toEqual([name, expected])
      const found = ALL.includes(name) || name === 'the author' ? assets.length : 0
      if (status === 200) expect([name, body.total]).toEqual([name, found])
    }
  })

  it('opens one original: as one finds it, and what one may not see is not there', async () => {
    for (const { standing, asset } of assets) {
      for (const { name, as } of callers) {
        const { status } = await desk.room.call({ path: `/library/${asset}`, as })
        const sees = ALL.includes(name) || name === 'the author'
        const blind = STRANGERS.includes(name) ? 401 : OWN.includes(name) ? 404 : 403
        expect([standing, name, status]).toEqual([standing, name, sees ? 200 : blind])
      }
    }
  })

  it('describes: four roles, and every refusal of a person is written down', async () => {
    for (const { standing, asset } of assets) {
      let revision = 0
      for (const { name, as } of callers) {
        const before = await known()
        const body = { revision, place: `Nơi ${name}` }
        const path = `/library/${asset}/notes`
        const { status } = await desk.room.call({ method: 'POST', path, as, body })
        const may = KEEPERS.includes(name)
        expect([standing, name, status]).toEqual([standing, name, may ? 200 : STRANGERS.includes(name) ? 401 : 403]) // prettier-ignore
        if (may) revision += 1
        else expect(await known()).toBe(before)
      }
    }
    const { payload } = desk.room
    const where = { action: { equals: 'asset.describe' } }
    const written = await desk.db.findRows({ payload, collection: 'audit-entries', where })
    const refused = written.filter(({ outcome }) => outcome === 'refused')
    const looking = callers.filter(({ name }) => [...ALL, ...OWN].includes(name))
    expect(refused).toHaveLength((looking.length - KEEPERS.length) * assets.length)
  })

  it('is not opened by Payload’s own doors: nobody writes a note over them', async () => {
    const { asset } = assets[0] ?? { asset: '' }
    for (const { name, as } of callers) {
      const body = { asset, place: 'Trộm', revision: 9 }
      const made = await desk.room.call({ method: 'POST', path: '/asset-notes', as, body })
      expect([name, made.status]).toEqual([name, 403])
    }
  })
})
