import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { TypedUser } from 'payload'
import { openNewsroom } from '../support/newsroom'
import { CLOSED, LOCAL_PATHS } from './guard-paths'
import { openDesk, seal, signedStory, type Desk } from './support'

let desk: Desk
let head: TypedUser
let story = ''
beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
  const found = await desk.room.payload.findByID({ collection: 'users', id: desk.head.id })
  head = { ...found, collection: 'users' }
  story = (await signedStory(desk)).story
})
afterAll(() => desk.room.close())

const everyRow = async () => {
  const { payload } = desk.room
  const all = CLOSED.map((collection) =>
    desk.db.findRows({ payload, collection, where: {}, sort: 'id' }),
  )
  return JSON.stringify(await Promise.all(all))
}

describe('a row that only the newsroom writes, with its event', () => {
  it.each(LOCAL_PATHS)(
    'stays as it is when a stray line of code tries: $name',
    async ({ call }) => {
      const before = await everyRow()
      for (const as of [{ overrideAccess: true }, { overrideAccess: false, user: head }]) {
        const said = await call(desk.room.payload, as).catch((error: unknown) => error)
        // 400 is Payload's word for a collection that is never duplicated.
        expect([400, 403]).toContain((said as { status?: number }).status)
      }
      expect(await everyRow()).toBe(before)
    },
  )

  it('and the seal among them still holds', async () => {
    expect(await seal(desk, story)).toBe('ok')
  })
})
