import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { secondsLeft } from '@/signoff/facts'
import { openNewsroom, type TestPerson } from '../support/newsroom'
import { bring, itemOf, newStory, openDesk, save, signedStory, type Desk } from './support'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
})
afterAll(() => desk.room.close())

const waitingFor = async (as: TestPerson, story: string) => {
  const { body } = await desk.room.call({ path: '/desk/board', as })
  const waiting = body.waiting as { story: string; whyMe: { vi: string } }[]
  return waiting.find((card) => card.story === story)?.whyMe.vi ?? null
}

const sent = async (story: string, channel: string, state: string, number = 1) => {
  const seal = (JSON.parse((await itemOf(desk, story)).sealed ?? '{}') as Record<string, string>)[channel] ?? '' // prettier-ignore
  const data = { key: `${story}:${channel}:${number}`, story, channel, number, state, seal, platform: 'website', dueAt: '2026-11-21T13:00:00.000Z', revision: 0, pending: false } // prettier-ignore
  await desk.db.insertRow({ payload: desk.room.payload, collection: 'deliveries', data })
}

describe('what waits for the audience editor', () => {
  it('is a signed story until each signed channel has its hour, and nothing before it is signed', async () => {
    const cleared = await newStory(desk)
    await bring(desk, cleared, 'cleared')
    expect(await waitingFor(desk.audience, cleared)).toBeNull()
    const { story } = await signedStory(desk)
    expect(await waitingFor(desk.audience, story)).toBe('Chờ xếp lịch')
    expect(await waitingFor(desk.editor, story)).toBeNull()
    await sent(story, desk.channels.website, 'published')
    expect(await waitingFor(desk.audience, story)).toBe('Chờ xếp lịch')
    await sent(story, desk.channels.video, 'cancelled')
    expect(await waitingFor(desk.audience, story)).toBe('Chờ xếp lịch')
    await sent(story, desk.channels.video, 'planned', 2)
    expect(await waitingFor(desk.audience, story)).toBeNull()
  })

  it('is not what was taken down under the same signature', async () => {
    const { story } = await signedStory(desk)
    await sent(story, desk.channels.website, 'withdrawn')
    await sent(story, desk.channels.video, 'withdrawn')
    expect(await waitingFor(desk.audience, story)).toBeNull()
  })
})

describe('the review room', () => {
  const look = async (as: TestPerson, story: string) =>
    (await desk.room.call({ path: `/desk/story/${story}`, as })).body as {
      story: { note: string | null }
      history: { action: string; detail: string }[]
    }

  it('shows the reporter’s note to the desk, and to nobody else', async () => {
    const story = await newStory(desk, { note: 'Gọi lại cho xã trước khi đăng.' })
    for (const as of [desk.editor, desk.head, desk.audience])
      expect((await look(as, story)).story.note).toBe('Gọi lại cho xã trước khi đăng.')
    const inspector = await desk.room.person('inspector')
    for (const as of [desk.reporter, inspector])
      expect(JSON.stringify(await look(as, story))).not.toContain('Gọi lại cho xã')
  })

  it('tells in its history that a save cost the signatures, and which save did not', async () => {
    const { story } = await signedStory(desk)
    for (const body of ['Bốn mươi bảy tấn.', 'Bốn mươi tám tấn.'])
      expect((await save(desk, desk.editor, story, { body })).status).toBe(200)
    const { history } = await look(desk.head, story)
    const { rowWords } = await import('@/signoff/ui/history-words')
    const rows = history.map((row) => ({ ...row, at: '', actorName: '', outcome: '', reason: '' }))
    const saves = rows.filter(({ action }) => action === 'story.save')
    expect(saves.map((row) => rowWords(row).vi)).toEqual(['Lưu bài', 'Lưu bài · ấn mất hiệu lực'])
  })
})

describe('what is left to watch', () => {
  it.each([
    [6.9, 0, 6],
    [10, 9.4, 1],
    [10, 9.5, 0],
    [10, 3.2, 6],
  ])(
    'of %d s with %d s seen is said as %d s, never more than the clip’s length',
    (need, seen, said) => {
      expect(secondsLeft({ needSeconds: need, watchedSeconds: seen })).toBe(said)
    },
  )
})
