import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Redaction } from '@/media/redact'
import { openNewsroom, type TestPerson } from '../support/newsroom'
import { callersOf, type Caller } from './guard-suite'
import { bring, giveClip, itemOf, newStory, openDesk, reasonOf, seal, type Clip, type Desk } from './support' // prettier-ignore

let desk: Desk
let callers: Caller[]
beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
  callers = await callersOf(desk)
}, 240_000)
afterAll(() => desk.room.close())

const FACE: Redaction = {
  kind: 'blur',
  fromMs: 0,
  toMs: 5000,
  box: { x: 0.4, y: 0.3, width: 0.2, height: 0.2 },
}
const NAME: Redaction = { kind: 'mute', fromMs: 1000, toMs: 2000 }

const FACTS = { hasSound: true, hasPicture: true, durationSeconds: 10, width: 640, height: 360 }

/** The clips of this suite are of a few bytes; what the probe would say of them is written down by hand. */
const probed = async (clip: Clip): Promise<Clip> => {
  await desk.db.compareAndSet({
    payload: desk.room.payload,
    collection: 'assets',
    id: clip.asset,
    expect: {},
    set: { facts: JSON.stringify(FACTS) },
  })
  return clip
}
const assetOf = async (id: string) => {
  const row = await desk.db.rowById(desk.room.payload, 'assets', id)
  if (!row) throw new Error('no asset')
  return row
}

type As = Caller['as']
const cover = async (as: As, story: string, redactions: unknown = [FACE], revision = 0) => {
  const { mainAssetOf } = await import('@/assets/main-asset')
  const asset = (await mainAssetOf(desk.room.payload, story))?.id
  const body = { story, asset, revision, redactions }
  return desk.room.call({ method: 'POST', path: '/redactions', as, body })
}
const read = (as: As, story: string) => desk.room.call({ path: `/desk/redactions/${story}`, as })

const standing = async (to: 'submitted' | 'in-review' | 'cleared' | 'signed') => {
  const story = await newStory(desk)
  return { story, clip: await probed(await bring(desk, story, to)) }
}

const auditOf = (story: string) =>
  desk.db.findRows({
    payload: desk.room.payload,
    collection: 'audit-entries',
    where: { story: { equals: story } },
    sort: 'at',
  })

const MAY = ['editor', 'desk-head', 'secretariat']

describe('Ai được che, ở đâu', () => {
  it.each([
    ['draft', false],
    ['submitted', true],
    ['in-review', true],
    ['cleared', true],
    ['signed', true],
  ] as const)(
    'a story that is %s: editors may (%s), nobody else',
    async (state, editors) => {
      const build = async () => {
        if (state !== 'draft') return standing(state)
        const id = await newStory(desk)
        return { story: id, clip: await probed(await giveClip(desk, id)) }
      }
      let fixture = await build()
      for (const { name, as } of callers) {
        const { story, clip } = fixture
        const answer = await cover(as, story)
        const may = editors && MAY.includes(name)
        expect([name, answer.status < 300]).toEqual([name, may])
        expect([name, (await assetOf(clip.asset)).dressing ?? '']).toEqual([name, may ? expect.stringMatching(/^[0-9a-f]{12}$/) : '']) // prettier-ignore
        if (may) fixture = await build()
        else expect((await itemOf(desk, story)).state).toBe(state)
      }
    },
    600_000,
  )

  it('what is covered is read by the desk and by an inspector, and by no reporter, stranger or machine', async () => {
    const { story } = await standing('in-review')
    for (const { name, as } of callers) {
      const { status } = await read(as, story)
      const closed = ['nobody', 'an API key', 'the author', 'contributor', 'reporter', 'admin']
      expect([name, status === 200]).toEqual([name, !closed.includes(name)])
    }
  })

  it.each<[string, unknown, number]>([
    ['no list', null, 400],
    [
      'a box outside the picture',
      [{ ...FACE, box: { x: 0.9, y: 0, width: 0.5, height: 0.1 } }],
      422,
    ],
    ['a box of no size', [{ ...FACE, box: { x: 0.1, y: 0.1, width: 0, height: 0 } }], 422],
    ['a span after the end', [{ ...NAME, fromMs: 60_000, toMs: 61_000 }], 422],
    ['an end before its beginning', [{ ...NAME, fromMs: 2000, toMs: 1000 }], 422],
    ['a word nobody knows', [{ ...NAME, kind: 'sharpen' }], 400],
    ['too many', Array.from({ length: 41 }, () => NAME), 400],
    ['a box with words in it', [{ ...FACE, box: { x: '0;movie=/etc/passwd', y: 0, width: 1, height: 1 } }], 400], // prettier-ignore
  ])('refuses %s, and the story keeps its seals', async (_what, list, status) => {
    const { story, clip } = await standing('signed')
    const answer = await cover(desk.editor, story, list)
    expect(answer.status).toBe(status)
    expect([await seal(desk, story), (await itemOf(desk, story)).state]).toEqual(['ok', 'signed'])
    expect((await assetOf(clip.asset)).redactions || '').toBe('')
  })
})

describe('Phóng viên gửi clip khác trong lúc biên tập viên đang che', () => {
  it('what was drawn on the first clip is not put on the second, and the editor is told', async () => {
    const { story, clip } = await standing('in-review')
    const second = await probed(await giveClip(desk, story))
    const body = { story, asset: clip.asset, revision: 0, redactions: [FACE] }
    const answer = await desk.room.call({ method: 'POST', path: '/redactions', as: desk.editor, body }) // prettier-ignore
    expect(answer).toMatchObject({ status: 409, body: { reason: 'stale' } })
    expect((await assetOf(second.asset)).dressing ?? '').toBe('')
  })
})

describe('Che rồi thì bản chưa che không ra được nữa', () => {
  it('a signed story loses its seals and goes back to review; nothing that was made before is bound', async () => {
    const { story, clip } = await standing('signed')
    expect(await seal(desk, story)).toBe('ok')
    const answer = await cover(desk.editor, story)
    expect(answer.status).toBe(200)
    const item = await itemOf(desk, story)
    expect([item.state, item.sealed, item.clearer, item.lastEditor]).toEqual(['in-review', '', '', desk.editor.id]) // prettier-ignore
    expect(await seal(desk, story)).not.toBe('ok')
    const { renditionsOf } = await import('@/assets/main-asset')
    expect(await renditionsOf(desk.room.payload, clip.asset)).toEqual([])
    expect((await assetOf(clip.asset)).state).toBe('stored')
    const room = await desk.room.call({ path: `/desk/story/${story}`, as: desk.editor })
    expect(room.body.renditions).toEqual([])
  })

  it('even a desk item that still names its seals sends nothing: the wall is the clip’s own', async () => {
    const { story, clip } = await standing('signed')
    const before = await itemOf(desk, story)
    await cover(desk.editor, story)
    const { id, revision } = await itemOf(desk, story)
    // As if the return to review had never been written.
    await desk.db.compareAndSet({
      payload: desk.room.payload,
      collection: 'desk-items',
      id,
      expect: { revision },
      set: { state: 'signed', sealed: before.sealed ?? '' },
    })
    expect([await seal(desk, story), await seal(desk, story, 'video')]).toEqual(['rendition-changed', 'rendition-changed']) // prettier-ignore
    // With that wall taken away it would be sent: the clip named as it was.
    const covered = (await assetOf(clip.asset)).dressing ?? ''
    const wall = (dressing: string) =>
      desk.db.compareAndSet({ payload: desk.room.payload, collection: 'assets', id: clip.asset, expect: {}, set: { dressing } }) // prettier-ignore
    await wall('')
    expect(await seal(desk, story)).toBe('ok')
    await wall(covered)
    expect(await seal(desk, story)).toBe('rendition-changed')
  })

  it('another story with the same clip goes back too, by whoever is told of it, and once', async () => {
    const { story, clip } = await standing('signed')
    const other = await newStory(desk)
    const { insertRow } = desk.db
    const on = { payload: desk.room.payload, collection: 'uploads' as const }
    await bring(desk, other, 'signed')
    await insertRow({ ...on, data: { tusId: `u-${other}`, owner: desk.reporter.id, story: other, asset: clip.asset, state: 'accepted', revision: 0, pending: false } }) // prettier-ignore
    await cover(desk.editor, story)
    expect((await itemOf(desk, other)).state).toBe('in-review')
    expect((await auditOf(other)).map(({ action }) => action)).toContain('story.clip-changed')
    const { returnToReview } = await import('@/signoff/redressed')
    const { revision } = await itemOf(desk, other)
    await returnToReview({ payload: desk.room.payload, asset: clip.asset })
    expect((await itemOf(desk, other)).revision).toBe(revision)
  })

  it('tells the worker in the write itself, and the audit who covered how much', async () => {
    const { story, clip } = await standing('in-review')
    await cover(desk.editor, story, [FACE, NAME])
    const rows = await desk.db.findRows({
      payload: desk.room.payload,
      collection: 'outbox',
      where: { payload: { equals: JSON.stringify({ asset: clip.asset }) } },
      sort: 'job',
    })
    expect(rows.map(({ job }) => job)).toEqual([
      'asset.process',
      'asset.redressed',
      'captions.make',
    ])
    const entry = (await auditOf(story)).find(({ action }) => action === 'asset.redact')
    expect([entry?.actorId, entry?.outcome]).toEqual([desk.editor.id, 'done'])
    expect(JSON.parse(entry?.detail ?? '{}')).toEqual({ blurs: 1, mutes: 1, revision: 1 })
    await cover(desk.reporter, story)
    expect((await auditOf(story)).at(-1)).toMatchObject({ action: 'asset.redact', outcome: 'refused', reason: 'role' }) // prettier-ignore
  })

  it('of two who save at once one wins, and the other is told', async () => {
    const { story } = await standing('in-review')
    const two = await Promise.all([cover(desk.editor, story, [FACE]), cover(desk.editor, story, [NAME])]) // prettier-ignore
    expect(two.map(({ status }) => status).sort()).toEqual([200, 409])
    const late = await cover(desk.editor, story, [], 0)
    expect([late.status, reasonOf(late)]).toEqual([409, 'stale'])
  })

  it('a cover that is taken off again gives back what was made before, to be decided on anew', async () => {
    const { story, clip } = await standing('signed')
    const { renditionsOf } = await import('@/assets/main-asset')
    const before = await renditionsOf(desk.room.payload, clip.asset)
    expect(before.length).toBeGreaterThan(0)
    await cover(desk.editor, story)
    expect((await cover(desk.editor, story, [], 1)).status).toBe(200)
    expect(await renditionsOf(desk.room.payload, clip.asset)).toEqual(before)
    expect((await itemOf(desk, story)).state).toBe('in-review')
  })
})

describe('Ai còn xem được bản chưa che', () => {
  it('only who may cover: everybody else finds nothing there, and each look is written down', async () => {
    const { serveDeskMedia } = await import('@/assets/desk-media')
    const { story, clip } = await standing('in-review')
    const look = async (as: Pick<TestPerson, 'token'>, more: Record<string, string> = {}) => {
      const headers = { Authorization: `JWT ${as.token}`, ...more }
      const request = new Request('http://localhost:3000/desk-media', { headers })
      const { payload } = desk.room
      return (await serveDeskMedia({ payload, store: desk.store, request, rendition: clip.mp4, path: 'clip.mp4' })).status // prettier-ignore
    }
    expect([await look(desk.head), await look(desk.editor)]).toEqual([200, 200])
    await cover(desk.editor, story)
    // A first look need not begin at the first byte, nor with a span at all.
    expect(await look(desk.editor, { Range: 'bytes=1-' })).toBe(206)
    expect(await look(desk.editor, { Range: 'x=0-' })).toBe(200)
    for (const { name, as } of callers) {
      if (!as || !('token' in as)) continue
      expect([name, await look(as)]).toEqual([name, MAY.includes(name) ? 200 : 404])
    }
    const looks = await desk.db.findRows({
      payload: desk.room.payload,
      collection: 'audit-entries',
      where: { and: [{ action: { equals: 'asset.look-under' } }, { subjectId: { equals: clip.asset } }] }, // prettier-ignore
    })
    // Each of them once, and the one who looked twice within minutes.
    expect(looks).toHaveLength(MAY.length + 1)
  })
})
