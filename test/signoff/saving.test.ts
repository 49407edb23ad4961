import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom } from '../support/newsroom'
import { act, addVariant, bring, itemOf, newStory, openDesk, reasonOf, save, seal, signedStory, storyRow, type Desk } from './support' // prettier-ignore

let desk: Desk
beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
})
afterAll(() => desk.room.close())

const patch = (story: string, body: Record<string, unknown>, as = desk.reporter) =>
  desk.room.call({ method: 'PATCH', path: `/stories/${story}`, as, body })

describe('a new story', () => {
  it('belongs to who made it, stands as a draft, and has an address of its own', async () => {
    const story = await newStory(desk, {
      title: 'Đồng Hỷ'.normalize('NFD'),
      author: desk.head.id,
      revision: 9,
      slug: 'x',
    })
    const row = await storyRow(desk, story)
    expect(row).toMatchObject({
      author: desk.reporter.id,
      revision: 0,
      title: 'Đồng Hỷ'.normalize('NFC'),
    })
    expect(row.slug).toMatch(/^dong-hy-[0-9a-f]{6}$/)
    expect(row.searchText).toContain('dong hy')
    expect(await itemOf(desk, story)).toMatchObject({
      state: 'draft',
      author: desk.reporter.id,
      revision: 0,
    })
  })

  it('whose desk item was lost in a crash gets one from the sweeper, once', async () => {
    const { ensureDeskItems } = await import('@/signoff/desk-item')
    const row = { title: 'Mất', kind: 'text', author: desk.reporter.id, revision: 0, slug: 'mat' }
    const made = await desk.db.insertRow({ payload: desk.room.payload, collection: 'stories', data: { ...row, section: desk.section, source: desk.source } }) // prettier-ignore
    expect(await ensureDeskItems(desk.room.payload)).toBe(1)
    expect(await ensureDeskItems(desk.room.payload)).toBe(0)
    expect(await itemOf(desk, made.ok ? made.row.id : '')).toMatchObject({
      state: 'draft',
      author: desk.reporter.id,
    })
  })
})

describe('saving a story', () => {
  it('lets one of twelve win who save at once, and tells eleven that they are late', async () => {
    const story = await newStory(desk)
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => patch(story, { revision: 0, body: `Chữ ${n}` })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const late = answers.filter(({ status }) => status === 409)
    expect(late.map(reasonOf)).toEqual(Array.from({ length: 11 }, () => 'stale'))
    const winner = answers.findIndex(({ status }) => status === 200)
    expect(await storyRow(desk, story)).toMatchObject({ body: `Chữ ${winner}`, revision: 1 })
    expect((await itemOf(desk, story)).contentRevision).toBe(1)
    const versions = await desk.room.payload.countVersions({
      collection: 'stories',
      where: { parent: { equals: story } },
    })
    expect(versions.totalDocs).toBe(2)
  })

  it('asks for the revision that the save started from', async () => {
    const story = await newStory(desk)
    for (const title of [{ a: 1 }, ['x'], null])
      expect((await patch(story, { title, revision: 0 })).status).toBe(400)
    expect((await itemOf(desk, story)).contentRevision).toBe(0)
    for (const revision of [undefined, null, '0', 0.5, [0]]) {
      const answer = await patch(story, { title: 'Khác', revision })
      expect([answer.status, reasonOf(answer)]).toEqual([400, 'revision-missing'])
    }
    expect((await storyRow(desk, story)).title).toBe('Chè Tân Cương vào vụ')
  })

  it('tells a late save in Vietnamese', async () => {
    const story = await newStory(desk)
    expect((await patch(story, { revision: 0, title: 'Một' })).status).toBe(200)
    const answer = await patch(story, { revision: 0, title: 'Hai' })
    expect(JSON.stringify(answer.body)).toContain('Có người vừa lưu trước')
    expect((await patch(story, { revision: 1, title: 'Ba' })).status).toBe(200)
  })

  it('claims nothing for words that are refused themselves', async () => {
    const story = await newStory(desk)
    expect((await patch(story, { revision: 0, title: 'x'.repeat(201) })).status).toBe(400)
    expect((await patch(story, { revision: 0, title: 'Vừa' })).status).toBe(200)
    expect(await storyRow(desk, story)).toMatchObject({ title: 'Vừa', revision: 1 })
    const { story: signed } = await signedStory(desk)
    expect((await save(desk, desk.editor, signed, { title: '' })).status).toBe(400)
    expect([(await itemOf(desk, signed)).state, await seal(desk, signed)]).toEqual(['signed', 'ok'])
  })

  it('goes on after a process that claimed and died, but not while it may still be writing', async () => {
    const story = await newStory(desk)
    const item = await itemOf(desk, story)
    const claim = (claimedAt: number) =>
      desk.db.compareAndSet({ payload: desk.room.payload, collection: 'desk-items', id: item.id, expect: {}, set: { contentRevision: 1, claimedAt } }) // prettier-ignore
    await claim(Date.now())
    expect((await patch(story, { revision: 0, title: 'Sớm' })).status).toBe(409)
    await claim(Date.now() - 31_000)
    const both = await Promise.all([
      patch(story, { revision: 0, title: 'A' }),
      patch(story, { revision: 0, title: 'B' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await storyRow(desk, story)).revision).toBe(2)
  })

  it('is for the author until it is submitted, for editors after, and never for the head', async () => {
    const story = await newStory(desk)
    const other = await desk.room.person('reporter')
    expect((await save(desk, desk.editor, story, { title: 'E' })).status).toBe(403)
    expect((await save(desk, other, story, { title: 'O' })).status).toBe(403)
    expect((await save(desk, desk.reporter, story, { title: 'R' })).status).toBe(200)
    await bring(desk, story, 'in-review')
    expect((await save(desk, desk.reporter, story, { title: 'R' })).status).toBe(403)
    expect((await save(desk, desk.editor, story, { title: 'E' })).status).toBe(200)
    expect((await save(desk, desk.head, story, { title: 'H' })).status).toBe(403)
    expect((await itemOf(desk, story)).state).toBe('in-review')
  })

  it('takes a signed story back to the editor and voids every seal', async () => {
    const { story } = await signedStory(desk)
    expect(await seal(desk, story)).toBe('ok')
    expect((await save(desk, desk.editor, story, { body: 'Bốn mươi bảy tấn.' })).status).toBe(200)
    expect(await itemOf(desk, story)).toMatchObject({ state: 'in-review', clearer: '', sealed: '' })
    expect([await seal(desk, story), await seal(desk, story, 'video')]).toEqual([
      'voided',
      'voided',
    ])
    const told = await desk.db.findRows({
      payload: desk.room.payload,
      collection: 'outbox',
      where: { job: { equals: 'seal.void' } },
    })
    expect(told.filter(({ payload }) => payload.includes(story))).toHaveLength(1)
  })
})

describe('saving a variant', () => {
  const variants = async (story: string) =>
    desk.db.findRows({
      payload: desk.room.payload,
      collection: 'variants',
      where: { story: { equals: story } },
      sort: 'createdAt',
    })
  const change = (id: string, body: Record<string, unknown>, as = desk.editor) =>
    desk.room.call({ method: 'PATCH', path: `/variants/${id}`, as, body })

  it('lets one of eight win who save at once', async () => {
    const story = await newStory(desk)
    await bring(desk, story, 'in-review')
    const [variant] = await variants(story)
    const id = variant?.id ?? ''
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => change(id, { revision: 0, title: `Tít ${n}` })),
    )
    const winner = answers.findIndex(({ status }) => status === 200)
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200,
      ...Array.from({ length: 7 }, () => 409),
    ])
    expect((await variants(story))[0]).toMatchObject({ title: `Tít ${winner}`, revision: 1 })
  })

  it('is one a channel, and keeps its story and channel', async () => {
    const story = await newStory(desk)
    await bring(desk, story, 'in-review')
    expect(reasonOf(await addVariant(desk, story, desk.channels.website))).toBe('duplicate')
    const [variant] = await variants(story)
    expect(
      (await change(variant?.id ?? '', { revision: 0, channel: 'other', story: 'other', key: 'k' }))
        .status,
    ).toBe(200)
    expect((await variants(story))[0]).toMatchObject({
      channel: desk.channels.website,
      story,
      revision: 1,
    })
  })

  it('of a cleared story takes it back; of a signed one voids that channel alone', async () => {
    const cleared = await newStory(desk)
    await bring(desk, cleared, 'cleared')
    const [first] = await variants(cleared)
    expect((await change(first?.id ?? '', { revision: 0, title: 'Khác' })).status).toBe(200)
    expect((await itemOf(desk, cleared)).state).toBe('in-review')

    const { story } = await signedStory(desk)
    const video = (await variants(story)).find(({ channel }) => channel === desk.channels.video)
    expect(
      (await change(video?.id ?? '', { revision: 0, text: 'Khác' }, desk.audience)).status,
    ).toBe(200)
    expect((await itemOf(desk, story)).state).toBe('signed')
    expect([await seal(desk, story), await seal(desk, story, 'video')]).toEqual(['ok', 'voided'])
    const again = await act(desk, desk.head, story, 'sign', { channels: [desk.channels.video] })
    expect(again.status).toBe(200)
    expect([await seal(desk, story), await seal(desk, story, 'video')]).toEqual(['ok', 'ok'])
  })

  it('is not for a reporter, nor for a draft', async () => {
    const story = await newStory(desk)
    expect((await addVariant(desk, story, desk.channels.website, desk.reporter)).status).toBe(403)
    expect(reasonOf(await addVariant(desk, story, desk.channels.website))).toBe('wrong-state')
  })
})

describe('a source', () => {
  it('that changes is a new version of itself, and what was signed under the old one must be signed again', async () => {
    const { story } = await signedStory(desk)
    const change = (body: Record<string, unknown>) =>
      desk.room.call({ method: 'PATCH', path: `/sources/${desk.source}`, as: desk.head, body })
    await change({ name: 'Tự sản xuất', version: 40 })
    expect(await seal(desk, story)).toBe('ok')
    await change({ credit: 'Hội Tụ và bạn đọc' })
    expect(await seal(desk, story)).toBe('story-changed')
  })
})
