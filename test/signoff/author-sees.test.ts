import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom } from '../support/newsroom'
import { act, bring, newStory, openDesk, type Desk } from './support'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
})
afterAll(() => desk.room.close())

describe('an author who follows their own story', () => {
  it('sees where it stands and why, and none of what the desk wrote for its channels', async () => {
    const story = await newStory(desk)
    await bring(desk, story, 'cleared')
    await act(desk, desk.editor, story, 'unclear')
    const variants = await desk.db.findRows({
      payload: desk.room.payload,
      collection: 'variants',
      where: { story: { equals: story } },
    })
    for (const { id, revision } of variants) {
      const body = { revision, text: 'Lờicủabàn' }
      const path = `/variants/${id}`
      const saved = await desk.room.call({ method: 'PATCH', path, as: desk.editor, body })
      expect(saved.status).toBe(200)
    }
    const page = await desk.room.call({ path: `/desk/story/${story}`, as: desk.reporter })
    expect(page.body).toMatchObject({ desk: { state: 'in-review' } })
    expect(JSON.stringify(page.body)).not.toContain('Lờicủabàn')
    const items = await desk.room.call({ path: '/desk-items', as: desk.reporter })
    expect(items.body).toMatchObject({ docs: [{ story, state: 'in-review' }] })
    expect(JSON.stringify(items.body)).not.toContain('Mô tả')
    const editors = await desk.room.call({ path: `/desk/story/${story}`, as: desk.editor })
    expect(JSON.stringify(editors.body)).toContain('Lờicủabàn')
  })
})
