import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom } from '../support/newsroom'
import { giveClip, newStory, openDesk, reasonOf, type Clip, type Desk } from '../signoff/support'
import { callersOf, type Caller } from '../signoff/guard-suite'
import { auditOf, bring, captionsRow, CUES, move, refusedOn, write } from './support'

let desk: Desk
let callers: Caller[]
let clip: Clip
const freshClip = async () => giveClip(desk, await newStory(desk))
beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
  callers = await callersOf(desk)
  clip = await freshClip()
  await write(desk, desk.editor, { asset: clip.asset })
})
afterAll(() => desk.room.close())

const WRITERS = ['producer', 'editor', 'desk-head', 'secretariat']
const READERS = [...WRITERS, 'board', 'deputy', 'head', 'audience', 'inspector']
const STRANGERS = ['nobody', 'an API key']

describe('who may do what with captions', () => {
  const answers = async (call: (caller: Caller) => Promise<{ status: number }>) => {
    const found: Record<string, number> = {}
    for (const caller of callers) found[caller.name] = (await call(caller)).status
    return found
  }
  const expected = (allowed: string[], yes: number) =>
    Object.fromEntries(
      callers.map(({ name }) => [name, STRANGERS.includes(name) ? 401 : allowed.includes(name) ? yes : 403]), // prettier-ignore
    )

  it('the desk reads them', async () => {
    const read = (path: string) => answers(({ as }) => desk.room.call({ path, as }))
    const { id } = await captionsRow(desk, clip.asset)
    expect(await read(`/captioning/of/${clip.asset}`)).toEqual(expected(READERS, 200))
    expect(await read(`/captioning/${id}/file?format=srt`)).toEqual(expected(READERS, 200))
  })

  it('producers and editors write, import, accept and reopen them; others change nothing', async () => {
    const before = await captionsRow(desk, clip.asset)
    const stale = { asset: clip.asset, revision: before.revision + 9 }
    expect(await answers(({ as }) => write(desk, as, stale))).toEqual(expected(WRITERS, 409))
    expect(await answers(({ as }) => bring(desk, as, stale, '00:00:01,000 --> 00:00:02,000\nA'))).toEqual(expected(WRITERS, 409)) // prettier-ignore
    const body = { id: before.id, revision: before.revision + 9 }
    for (const verb of ['accept', 'reopen']) {
      const path = `/captioning/${verb}`
      expect(await answers(({ as }) => desk.room.call({ method: 'POST', path, as, body }))).toEqual(expected(WRITERS, 409)) // prettier-ignore
    }
    expect(await captionsRow(desk, clip.asset)).toEqual(before)
  })
})

describe('what is refused', () => {
  it('stands in the audit: who wanted what, of which captions, and why not', async () => {
    const { asset } = await freshClip()
    await write(desk, desk.editor, { asset, cues: [] })
    const { id } = await captionsRow(desk, asset)
    await write(desk, desk.head, { asset, revision: 0 })
    await write(desk, desk.editor, { asset, revision: 7 })
    await bring(desk, desk.editor, { asset, revision: 0 }, '<html>')
    await move(desk, desk.editor, 'accept', asset)
    await move(desk, desk.editor, 'reopen', asset)
    const body = { asset, language: 'vi' }
    await desk.room.call({ method: 'POST', path: '/captioning/transcribe', as: desk.editor, body })
    const rows = [...(await refusedOn(desk, asset)), ...(await refusedOn(desk, id))]
    expect(rows.map(({ action, reason, actorName }) => [action, reason, actorName])).toEqual([
      ['captions.save', 'role', desk.head.name],
      ['captions.save', 'stale', desk.editor.name],
      ['captions.import', 'not-captions', desk.editor.name],
      ['captions.ask', 'no-machine', desk.editor.name],
      ['captions.accept', 'empty', desk.editor.name],
      ['captions.reopen', 'state', desk.editor.name],
    ])
  })

  it('before the door stands there too', async () => {
    const stranger = await desk.room.person('reporter')
    await write(desk, stranger, { asset: clip.asset })
    const rows = await desk.db.findRows({ payload: desk.room.payload, collection: 'audit-entries', where: { and: [{ action: { equals: 'captions.save' } }, { actorId: { equals: stranger.id } }] } }) // prettier-ignore
    expect(rows.map(({ outcome, reason }) => [outcome, reason])).toEqual([['refused', 'role']])
  })
})

describe('captions are written', () => {
  it('the first words make the draft, and who wrote them is in the audit', async () => {
    const { asset } = await freshClip()
    const answer = await write(desk, desk.editor, { asset })
    expect(answer.body.captions).toMatchObject({ state: 'draft', origin: 'person', count: 2, revision: 0 }) // prettier-ignore
    const row = await captionsRow(desk, asset)
    expect(JSON.parse(row.cues ?? '')).toEqual(CUES)
    const [entry] = await auditOf(desk, 'captions.begin', row.id)
    expect(entry?.actorName).toBe(desk.editor.name)
  })

  it('they come out tidy: in order, in one form of the letters, with tags in pairs', async () => {
    const { asset } = await freshClip()
    const cues = [
      { start: 5000, end: 6000, text: 'hai\n\n  ba ' },
      { start: 0, end: 1000, text: `<b>${'một'.normalize('NFD')}` },
    ]
    await write(desk, desk.editor, { asset, cues })
    expect(JSON.parse((await captionsRow(desk, asset)).cues ?? '')).toEqual([
      { start: 0, end: 1000, text: '<b>một</b>' },
      { start: 5000, end: 6000, text: 'hai\nba' },
    ])
  })

  it('of two who began from the same words the second is told, and gets the other’s words along', async () => {
    const { asset } = await freshClip()
    await write(desk, desk.editor, { asset })
    const mine = [{ start: 0, end: 1000, text: 'Của tôi' }]
    const [one, two] = await Promise.all([
      write(desk, desk.editor, { asset, revision: 0, cues: mine }),
      write(desk, desk.editor, { asset, revision: 0, cues: [{ start: 0, end: 1000, text: 'Của họ' }] }),
    ]) // prettier-ignore
    const [won, lost] = one.status === 200 ? [one, two] : [two, one]
    expect([won.status, lost.status, reasonOf(lost)]).toEqual([200, 409, 'stale'])
    const row = await captionsRow(desk, asset)
    const detail = lost.body.detail as { cues: unknown; captions: { revision: number } }
    expect(detail.cues).toEqual(JSON.parse(row.cues ?? ''))
    expect(detail.captions.revision).toBe(row.revision)
  })

  it('two who begin in the same language at once: one begins, the other is told', async () => {
    const { asset } = await freshClip()
    const answers = await Promise.all([0, 1, 2].map(() => write(desk, desk.editor, { asset })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })

  it.each([
    ['no list', 'chữ'],
    ['a time before the clip', [{ start: -1, end: 5, text: 'a' }]],
    ['a time of no number', [{ start: '0', end: 5, text: 'a' }]],
    ['a day and more', [{ start: 0, end: 25 * 3_600_000, text: 'a' }]],
    ['a text without end', [{ start: 0, end: 5, text: 'a'.repeat(1_001) }]],
    ['ten thousand and one', Array.from({ length: 10_001 }, (_, at) => ({ start: at, end: at + 1, text: 'a' }))], // prettier-ignore
  ])('%s is refused', async (_name, cues) => {
    const answer = await write(desk, desk.editor, { asset: clip.asset, revision: 0, cues })
    expect([answer.status, reasonOf(answer)]).toEqual([400, 'bad-request'])
  })

  it('a language nobody knows and a tape nobody has are refused', async () => {
    expect((await write(desk, desk.editor, { asset: clip.asset, language: 'xx' })).status).toBe(400)
    expect((await write(desk, desk.editor, { asset: 'khong-co' })).status).toBe(404)
  })
})

describe('files go in and out', () => {
  it('an SRT comes in, its words are what is kept, and a person stands for them', async () => {
    const { asset } = await freshClip()
    const file = '1\r\n00:00:01,000 --> 00:00:02,500\r\n<font color=red>Một</font>\r\n'
    const answer = await bring(desk, desk.editor, { asset }, file)
    const cues = [{ start: 1000, end: 2500, text: 'Một' }]
    expect(answer.body).toMatchObject({ format: 'srt', cues, captions: { origin: 'person' } })
    expect(JSON.parse((await captionsRow(desk, asset)).cues ?? '')).toEqual(cues)
  })

  it('the machine’s words stay the machine’s when they go out as a file and come back; another’s do not', async () => {
    const { asset } = await freshClip()
    await write(desk, desk.editor, { asset, cues: [...CUES, { start: 7000, end: 8000, text: 'Hết.' }] }) // prettier-ignore
    const { id } = await captionsRow(desk, asset)
    const machine = { origin: 'machine', model: 'whisper-1' }
    await desk.db.compareAndSet({ payload: desk.room.payload, collection: 'captions', id, expect: {}, set: { ...machine } }) // prettier-ignore
    const out = await desk.room.call({ path: `/captioning/${id}/file?format=srt`, as: desk.editor })
    // One of three is a person's now, and another stands on one line.
    const edited = String(out.body.text)
      .replace('Hết.', 'Hết rồi.')
      .replace('Cương\nvào', 'Cương vào')
    const back = await bring(desk, desk.editor, { asset, revision: 0 }, edited)
    expect(back.body.captions).toMatchObject(machine)
    const other = '00:00:01,000 --> 00:00:02,000\nChè Tân Cương\nvào vụ xuân.\n\n00:00:03,000 --> 00:00:04,000\nKhác.' // prettier-ignore
    const fresh = await bring(desk, desk.editor, { asset, revision: 1 }, other)
    expect(fresh.body.captions).toMatchObject({ origin: 'person', model: null })
    const details = (await auditOf(desk, 'captions.import', id)).map(({ detail }) => JSON.parse(detail ?? '{}') as object) // prettier-ignore
    expect(details.filter((detail) => 'origin' in detail)).toMatchObject([{ origin: 'machine → person' }]) // prettier-ignore
  })

  it('a file in an old table of letters is refused in plain words, and nothing changes', async () => {
    const before = await captionsRow(desk, clip.asset)
    const file = Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nViÖt Nam', 'latin1')
    const answer = await bring(desk, desk.editor, { asset: clip.asset, revision: before.revision }, file) // prettier-ignore
    expect([answer.status, reasonOf(answer)]).toEqual([422, 'old-letters'])
    expect((answer.body.help as { vi: string }).vi).toContain('UTF-8')
    expect(await captionsRow(desk, clip.asset)).toEqual(before)
  })

  it.each([
    ['vtt', 'text/vtt; charset=utf-8', 'WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nChè Tân Cương\nvào'],
    ['srt', 'application/x-subrip; charset=utf-8', '1\n00:00:01,000 --> 00:00:03,000\nChè Tân Cương\nvào'],
  ])('%s goes out as a file with its name', async (format, mime, start) => {
    const { asset } = await freshClip()
    await write(desk, desk.editor, { asset })
    const { id } = await captionsRow(desk, asset)
    const answer = await desk.room.call({ path: `/captioning/${id}/file?format=${format}`, as: desk.editor }) // prettier-ignore
    expect(answer.headers.get('content-type')).toBe(mime)
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="phu-de-vi.${format}"`) // prettier-ignore
    expect(String(answer.body.text).startsWith(start)).toBe(true)
  }) // prettier-ignore

  it('the editor opens with what it needs, told whether the person may write', async () => {
    const asked = (as: Desk['editor']) =>
      desk.room.call({ path: `/captioning/of/${clip.asset}`, as })
    const [mine, head] = [await asked(desk.editor), await asked(desk.head)]
    expect(mine.body).toMatchObject({ mayWrite: true, captions: [{ language: 'vi', cues: CUES }] })
    expect(head.body).toMatchObject({ mayWrite: false, asset: { durationSeconds: 10 } })
  })
})

describe('before they are accepted', () => {
  it('captions that a reader could not get round are kept back, and the help says how many', async () => {
    const { asset } = await freshClip()
    const cues = [
      { start: 0, end: 2000, text: 'Một' },
      { start: 1000, end: 3000, text: 'Hai' },
      { start: 9000, end: 11_000, text: 'Quá clip' },
    ]
    await write(desk, desk.editor, { asset, cues })
    const answer = await move(desk, desk.editor, 'accept', asset)
    expect([answer.status, reasonOf(answer), answer.body.detail]).toEqual([422, 'problems', { count: 2 }]) // prettier-ignore
    expect((await captionsRow(desk, asset)).state).toBe('draft')
  })

  it('none at all can not be accepted', async () => {
    const { asset } = await freshClip()
    await write(desk, desk.editor, { asset, cues: [] })
    expect(reasonOf(await move(desk, desk.editor, 'accept', asset))).toBe('empty')
  })

  it('accepted ones are not written over: they are reopened first', async () => {
    const { asset } = await freshClip()
    await write(desk, desk.editor, { asset })
    await move(desk, desk.editor, 'accept', asset)
    const { revision, acceptedByName } = await captionsRow(desk, asset)
    expect(acceptedByName).toBe(desk.editor.name)
    expect(reasonOf(await write(desk, desk.editor, { asset, revision, cues: [] }))).toBe('accepted')
    expect((await move(desk, desk.editor, 'reopen', asset)).status).toBe(200)
    const now = await captionsRow(desk, asset)
    expect([now.state, now.acceptedByName]).toEqual(['draft', ''])
    expect((await write(desk, desk.editor, { asset, revision: now.revision, cues: [] })).status).toBe(200) // prettier-ignore
  })
})
