import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom, type TestPerson } from '../support/newsroom'
import {
  act,
  bring,
  giveClip,
  newStory,
  openDesk,
  reasonOf,
  save,
  watchAll,
  type Desk,
} from './support'

let desk: Desk
let second: TestPerson
beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
  second = await desk.room.person('editor')
})
afterAll(() => desk.room.close())

const inReview = async () => {
  const story = await newStory(desk)
  await bring(desk, story, 'in-review')
  return story
}
const clear = async (story: string, as: TestPerson) => {
  const answer = await act(desk, as, story, 'clear')
  return answer.status === 200 ? 'ok' : reasonOf(answer)
}
/** Another clip, as if this person had sent it: the upload itself has its own tests. */
const replaceClip = async (story: string, as: TestPerson) => {
  const clip = await giveClip(desk, story)
  const [upload] = await desk.db.findRows({
    payload: desk.room.payload,
    collection: 'uploads',
    where: { asset: { equals: clip.asset } },
  })
  await desk.db.compareAndSet({
    payload: desk.room.payload,
    collection: 'uploads',
    id: upload?.id ?? '',
    expect: { state: 'accepted' },
    set: { owner: as.id },
  })
  return clip
}

describe('who made what is looked at does not decide on it alone', () => {
  it('an editor who changed words in review clears them: that is editing', async () => {
    const story = await inReview()
    expect((await save(desk, desk.editor, story, { body: 'Viết lại hết.' })).status).toBe(200)
    expect(await clear(story, desk.editor)).toBe('ok')
  })

  it('an editor who replaced the clip does not clear it; another one does', async () => {
    const story = await inReview()
    await replaceClip(story, desk.editor)
    expect(await clear(story, desk.editor)).toBe('own-clip')
    expect(await clear(story, second)).toBe('ok')
  })

  it('a head who brought the clip does not sign it, though others edited and cleared after', async () => {
    const chief = await desk.room.person('head', 'editor')
    const story = await inReview()
    const mine = await replaceClip(story, chief)
    await save(desk, second, story, { title: 'Tít khác' })
    expect(await clear(story, desk.editor)).toBe('ok')
    const channels = Object.values(desk.channels)
    const sign = async (as: TestPerson) => {
      await watchAll(desk, mine, as)
      return act(desk, as, story, 'sign', { channels })
    }
    expect(reasonOf(await sign(chief))).toBe('own-clip')
    expect((await sign(desk.head)).status).toBe(200)
  })

  it('is told so in the review room before they try, in both languages', async () => {
    const story = await inReview()
    await replaceClip(story, desk.editor)
    const { body } = await desk.room.call({ path: `/desk/story/${story}`, as: desk.editor })
    const actions = body.actions as { action: string; help?: { vi: string; en: string } }[]
    const help = actions.find(({ action }) => action === 'clear')?.help
    expect([help?.vi, help?.en]).toEqual([
      expect.stringContaining('Clip này do bạn gửi'),
      expect.stringContaining('You sent this clip'),
    ])
  })
})
