import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom, type TestPerson } from '../support/newsroom'
import {
  act,
  bring,
  giveClip,
  itemOf,
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
  it('an editor who changed the words in review does not clear them; another one does', async () => {
    const story = await inReview()
    expect((await save(desk, desk.editor, story, { body: 'Viết lại hết.' })).status).toBe(200)
    expect(await clear(story, desk.editor)).toBe('own-words')
    expect(await clear(story, second)).toBe('ok')
  })

  it('nor after somebody else changed a word too', async () => {
    const story = await inReview()
    await save(desk, desk.editor, story, { body: 'Viết lại hết.' })
    await save(desk, second, story, { title: 'Tít khác' })
    expect([await clear(story, desk.editor), await clear(story, second)]).toEqual(['own-words', 'own-words']) // prettier-ignore
    expect(await clear(story, await desk.room.person('secretariat'))).toBe('ok')
  })

  it('sent back and submitted again, the words are their author’s', async () => {
    const story = await inReview()
    await save(desk, desk.editor, story, { body: 'Viết lại hết.' })
    await act(desk, desk.editor, story, 'return', { reason: 'Xem lại chữ tôi sửa' })
    await act(desk, desk.reporter, story, 'submit')
    await act(desk, desk.editor, story, 'take')
    expect(await clear(story, desk.editor)).toBe('ok')
  })

  it('an editor who replaced the clip does not clear it; another one does', async () => {
    const story = await inReview()
    await replaceClip(story, desk.editor)
    expect(await clear(story, desk.editor)).toBe('own-clip')
    expect(await clear(story, second)).toBe('ok')
  })

  it('a head who changed a word or brought the clip does not sign, though others edited after', async () => {
    const chief = await desk.room.person('head', 'editor')
    const story = await inReview()
    await save(desk, chief, story, { body: 'Tổng biên tập viết.' })
    const clip = await replaceClip(story, desk.reporter)
    await save(desk, desk.editor, story, { title: 'Tít khác' })
    expect(await clear(story, second)).toBe('ok')
    await watchAll(desk, clip, chief)
    const channels = Object.values(desk.channels)
    expect(reasonOf(await act(desk, chief, story, 'sign', { channels }))).toBe('own-words')
    await watchAll(desk, clip)
    expect((await act(desk, desk.head, story, 'sign', { channels })).status).toBe(200)
  })

  it('is told so in the review room before they try, in both languages', async () => {
    const story = await inReview()
    await save(desk, desk.editor, story, { body: 'Viết lại hết.' })
    const { body } = await desk.room.call({ path: `/desk/story/${story}`, as: desk.editor })
    const actions = body.actions as { action: string; help?: { vi: string; en: string } }[]
    expect(actions.find(({ action }) => action === 'clear')?.help?.vi).toContain('Bạn đã sửa chữ')
    expect((await itemOf(desk, story)).wordsBy).toBe(desk.editor.id)
  })
})
