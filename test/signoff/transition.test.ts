import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom } from '../support/newsroom'
import {
  act,
  bring,
  giveClip,
  itemOf,
  newStory,
  openDesk,
  reasonOf,
  save,
  seal,
  watchAll,
  type Desk,
} from './support'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
})
afterAll(() => desk.room.close())

const audit = (story: string) =>
  desk.db.findRows({
    payload: desk.room.payload,
    collection: 'audit-entries',
    where: { story: { equals: story } },
  })

describe('the one door', () => {
  it('lets one of two win who act at once, and tells the other clearly', async () => {
    const story = await newStory(desk)
    await bring(desk, story, 'submitted')
    const second = await desk.room.person('editor')
    const { revision } = await itemOf(desk, story)
    const take = (as: { token: string }) =>
      desk.room.call({
        method: 'POST',
        path: '/actions',
        as,
        body: { story, action: 'take', revision },
      })
    const answers = await Promise.all([take(desk.editor), take(second)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.map(reasonOf).filter(Boolean)).toEqual(['stale'])
    expect((await itemOf(desk, story)).revision).toBe(revision + 1)
  })

  it('lets one of two heads sign, and leaves one set of seals that hold', async () => {
    const story = await newStory(desk)
    const clip = await bring(desk, story, 'cleared')
    const other = await desk.room.person('head')
    await watchAll(desk, clip)
    await watchAll(desk, clip, other)
    const { revision } = await itemOf(desk, story)
    const channels = Object.values(desk.channels)
    const sign = (as: { token: string }) =>
      desk.room.call({
        method: 'POST',
        path: '/actions',
        as,
        body: { story, action: 'sign', revision, channels },
      })
    const answers = await Promise.all([sign(desk.head), sign(other)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect([await seal(desk, story), await seal(desk, story, 'video')]).toEqual(['ok', 'ok'])
    const standing = await desk.db.findRows({ payload: desk.room.payload, collection: 'seals', where: { and: [{ story: { equals: story } }, { voidedAt: { equals: '' } }] } }) // prettier-ignore
    expect(standing).toHaveLength(2)
  })

  it('lets a save and a signature meet: whichever wins, no seal names other words than were signed', async () => {
    const story = await newStory(desk)
    await watchAll(desk, await bring(desk, story, 'cleared'))
    const channels = Object.values(desk.channels)
    const [signed, saved] = await Promise.all([
      act(desk, desk.head, story, 'sign', { channels }),
      save(desk, desk.editor, story, { body: 'Chữ mới' }),
    ])
    expect(saved.status).toBe(200)
    expect([200, 409, 422]).toContain(signed.status)
    expect((await itemOf(desk, story)).state).toBe('in-review')
    expect(['voided', 'unsigned']).toContain(await seal(desk, story))
  })

  it('asks for a signature of a new channel alone, and keeps the others', async () => {
    const story = await newStory(desk)
    await watchAll(desk, await bring(desk, story, 'cleared'))
    expect(
      (await act(desk, desk.head, story, 'sign', { channels: [desk.channels.website] })).status,
    ).toBe(200)
    expect([await seal(desk, story), await seal(desk, story, 'video')]).toEqual(['ok', 'unsigned'])
    expect(
      (await act(desk, desk.head, story, 'sign', { channels: [desk.channels.video] })).status,
    ).toBe(200)
    expect([await seal(desk, story), await seal(desk, story, 'video')]).toEqual(['ok', 'ok'])
    expect(
      reasonOf(await act(desk, desk.head, story, 'sign', { channels: [desk.channels.video] })),
    ).toBe('already-signed')
  })

  it('does not let a head sign a clip that was not watched, or changed since it was cleared', async () => {
    const story = await newStory(desk)
    await bring(desk, story, 'cleared')
    const sign = async () =>
      reasonOf(await act(desk, desk.head, story, 'sign', { channels: [desk.channels.website] }))
    expect(await sign()).toBe('not-watched')
    await watchAll(desk, await giveClip(desk, story))
    expect(await sign()).toBe('clip-changed')
  })

  it('answers each stranger, each wrong role and each wrong moment with its own number', async () => {
    const story = await newStory(desk)
    const body = { story, action: 'submit', revision: 0 }
    const ask = async (as: { token: string } | null, more = {}) => {
      const answer = await desk.room.call({
        method: 'POST',
        path: '/actions',
        as,
        body: { ...body, ...more },
      })
      return [answer.status, reasonOf(answer)]
    }
    expect(await ask(null)).toEqual([401, 'nobody'])
    expect(await ask(desk.audience)).toEqual([403, 'role'])
    expect(await ask(desk.reporter)).toEqual([422, 'clip-missing'])
    expect(await ask(desk.reporter, { revision: 5 })).toEqual([409, 'stale'])
    expect(await ask(desk.reporter, { story: 'nothing' })).toEqual([404, 'absent'])
    expect(await ask(desk.reporter, { action: 'edit-story' })).toEqual([400, 'bad-request'])
    expect(await ask(desk.reporter, { action: 'withdraw' })).toEqual([422, 'wrong-state'])
  })

  it('writes every step and every refusal into the audit', async () => {
    const story = await newStory(desk)
    await watchAll(desk, await bring(desk, story, 'cleared'))
    await act(desk, desk.editor, story, 'sign', { channels: [desk.channels.website] })
    await act(desk, desk.head, story, 'return', { reason: 'Kiểm lại số' })
    const rows = (await audit(story)).map(({ action, outcome, reason }) => [
      action,
      outcome,
      reason,
    ])
    expect(rows).toEqual(
      expect.arrayContaining([
        ['story.create', 'done', ''],
        ['story.submit', 'done', ''],
        ['story.take', 'done', ''],
        ['story.clear', 'done', ''],
        ['variant.save', 'done', ''],
        ['story.sign', 'refused', 'role'],
        ['story.return', 'done', 'Kiểm lại số'],
      ]),
    )
  })
})

describe('what the desk sees', () => {
  type Seen = Record<string, never> & { actions: { action: string; allowed: boolean; reason?: string }[]; diff: { field: string; parts: { text: string; kind: string }[] }[]; variants: { seal: { state: string }; problems: unknown[] }[]; desk: { clearer: { name: string } | null }; watch: { watchedSeconds: number } | null; editWarning: { vi: string } | null } // prettier-ignore
  const look = async (as: { token: string }, story: string) => {
    const answer = await desk.room.call({ path: `/desk/story/${story}`, as })
    return { status: answer.status, seen: answer.body as unknown as Seen }
  }

  it('shows the head what changed since it was last cleared, word by word', async () => {
    const story = await newStory(desk)
    await bring(desk, story, 'cleared')
    await save(desk, desk.editor, story, { body: 'Bốn mươi bảy tấn.' })
    const { seen } = await look(desk.head, story)
    expect(seen.diff).toHaveLength(1)
    expect(seen.diff[0]).toMatchObject({ field: 'body' })
    const parts = seen.diff[0]?.parts ?? []
    expect(parts.filter(({ kind }) => kind === 'removed').map(({ text }) => text)).toEqual(['sáu'])
    expect(parts.filter(({ kind }) => kind === 'added').map(({ text }) => text)).toEqual(['bảy'])
  })

  it('shows each person only what they may do, and why a step is stopped', async () => {
    const story = await newStory(desk)
    await bring(desk, story, 'cleared')
    const forHead = (await look(desk.head, story)).seen
    expect(forHead.actions.find(({ action }) => action === 'sign')).toMatchObject({
      allowed: false,
      reason: 'not-watched',
    })
    expect(forHead.watch).toMatchObject({ watchedSeconds: 0, needSeconds: 10 })
    expect(forHead.editWarning?.vi).toContain('Đang biên tập')
    const forEditor = (await look(desk.editor, story)).seen
    expect(forEditor.actions.filter(({ allowed }) => allowed).map(({ action }) => action).sort()).toEqual(['return', 'spike', 'unclear']) // prettier-ignore
    expect(forEditor.variants.map(({ problems, seal: { state } }) => [problems.length, state])).toEqual([[0, 'none'], [0, 'none']]) // prettier-ignore
    expect((await look(await desk.room.person('reporter'), story)).status).toBe(404)
    expect((await look(desk.reporter, story)).status).toBe(200)
  })

  it('puts what waits for each person first', async () => {
    const story = await newStory(desk)
    await bring(desk, story, 'cleared')
    type Board = {
      columns: { state: string; items: { story: string }[] }[]
      waiting: { story: string; whyMe: { vi: string } }[]
    }
    const boardOf = async (as: { token: string }) =>
      (await desk.room.call({ path: '/desk/board', as })).body as unknown as Board
    const forHead = await boardOf(desk.head)
    expect(forHead.waiting.find((card) => card.story === story)?.whyMe.vi).toBe('Chờ bạn ký')
    const cleared = forHead.columns.find(({ state }) => state === 'cleared')?.items ?? []
    expect(cleared.find((card) => card.story === story)).toMatchObject({
      title: 'Chè Tân Cương vào vụ',
      section: 'Kinh tế',
      durationSeconds: 10,
      channels: [{ platform: 'website', state: null }, { state: null }],
    })
    expect((await boardOf(desk.editor)).waiting.filter((card) => card.story === story)).toEqual([])
    const stranger = await boardOf(await desk.room.person('reporter'))
    expect(stranger.columns.flatMap(({ items }) => items)).toEqual([])
  })
})
