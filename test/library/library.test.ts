import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openNewsroom, type TestPerson } from '../support/newsroom'
import { newStory, openDesk, type Desk } from '../signoff/support'
import { describeAsset, inStory, insert, newAsset, search, titles, type Answer } from './support'
import { until } from '../assets/support'

let desk: Desk
let other: TestPerson
let bridge: { asset: string; story: string }
let race: { asset: string; story: string }

beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
  other = await desk.room.person('reporter')
  bridge = await inStory(desk, 'Cầu mới sông Lô.mp4')
  race = await inStory(desk, 'Đua ghe ngo.mp4', { owner: other })
})
afterAll(() => desk.room.close())

const audit = (action: string) =>
  desk.db.findRows({
    payload: desk.room.payload,
    collection: 'audit-entries',
    where: { action: { equals: action } },
    sort: 'createdAt',
  })
type Opened = { uses: { story: string }[]; notes: { title: string } }
const detail = async (as: TestPerson, asset: string) =>
  (await desk.room.call({ path: `/library/${asset}`, as })).body.detail as Opened

describe('Kho tư liệu qua cửa HTTP', () => {
  it('finds an original by its name, its story and its section, typed in a hurry', async () => {
    expect(await titles(desk, desk.editor, 'q=cau%20moi')).toEqual(['Cầu mới sông Lô.mp4'])
    expect(await titles(desk, desk.editor, 'q=dua%20ghee')).toEqual(['Đua ghe ngo.mp4'])
    expect((await search(desk, desk.editor, 'q=kinh%20te')).total).toBe(2)
  })

  it('shows a reporter what they sent and nothing else, by no word of anybody else’s', async () => {
    expect(await titles(desk, other, '')).toEqual(['Đua ghe ngo.mp4'])
    expect(await titles(desk, other, 'q=song%20lo')).toEqual([])
    const { status } = await desk.room.call({ path: `/library/${bridge.asset}`, as: other })
    expect(status).toBe(404)
    expect(await detail(other, race.asset)).toMatchObject({ rights: null, may: { keep: false } })
  })

  it('shows one who sent the same bytes only their own story with them', async () => {
    const mine = await newStory(desk, { title: 'Ghe ngo của tôi' })
    await inStory(desk, '', { asset: race.asset, story: mine })
    await until('the library has seen it', async () =>
      (await titles(desk, desk.reporter, 'q=ghe')).includes('Đua ghe ngo.mp4'),
    )
    expect(await titles(desk, desk.reporter, 'q=tin%20dua')).toEqual([])
    const uses = (await detail(desk.reporter, race.asset)).uses
    expect(uses.map(({ story }) => story)).toEqual([mine])
    const all = (await detail(desk.editor, race.asset)).uses
    expect(all.map(({ story }) => story).sort()).toEqual([mine, race.story].sort())
  })

  it('gives page after page, each original once', async () => {
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Answer = await search(desk, desk.editor, `limit=1&cursor=${cursor}`)
      seen.push(...page.items.map(({ asset }) => asset))
      cursor = page.next
    }
    expect(seen.sort()).toEqual([bridge.asset, race.asset].sort())
  })

  it('sees what another process wrote, within moments and without being started again', async () => {
    const asset = await newAsset(desk, 'Sạt lở đèo Khánh Lê.mp4')
    await until('it is found', async () => (await titles(desk, desk.editor, 'q=sat%20lo')).length > 0) // prettier-ignore
    await insert(desk, 'asset-notes', { asset, place: 'Khánh Hòa', revision: 1, pending: false })
    await until('its place is', async () => (await titles(desk, desk.editor, 'place=khanh%20hoa')).length > 0) // prettier-ignore
  })

  it.each([
    ['limit=0'],
    ['limit=1000'],
    ['kind=disk'],
    ['rights=maybe'],
    ['from=yesterday'],
    ['from=2026-02-30'],
    [`q=${'a'.repeat(300)}`],
  ])('refuses a question that makes no sense: %s', async (query) => {
    const { status, body } = await desk.room.call({ path: `/library?${query}`, as: desk.editor })
    expect([status, body.reason]).toEqual([400, 'bad-request'])
  })

  it('tells where an original went: its stories with their state, each with its deliveries', async () => {
    const key = `${bridge.story}:${desk.channels.website}:1`
    await insert(desk, 'deliveries', { key, story: bridge.story, channel: desk.channels.website, platform: 'website', number: 1, state: 'published', dueAt: '2026-11-20T08:00:00.000Z', url: 'http://localhost/x', revision: 0, pending: false }) // prettier-ignore
    const { uses } = await detail(desk.editor, bridge.asset)
    expect(uses).toMatchObject([
      {
        story: bridge.story,
        title: 'Tin Cầu mới sông Lô.mp4',
        section: 'Kinh tế',
        state: 'draft',
        as: 'clip',
        deliveries: [{ channel: 'Trang tin', platform: 'website', state: 'published' }],
      },
    ])
  })
})

describe('Ghi chú một tư liệu', () => {
  it('is found by its new words at once, shows its rights, and is written down', async () => {
    const said = {
      ...{ people: ' Nguyễn  Văn Đức ', place: 'Tuyên Quang', takenOn: '2026-03-05' },
      ...{ basis: 'licence', holder: 'Đài bạn', leaseTo: '2020-01-01', territory: 'Trang tin' },
    }
    const done = await describeAsset(desk, desk.editor, bridge.asset, { revision: 0, ...said })
    expect([done.status, done.body.revision]).toEqual([200, 1])
    const { items } = await search(desk, desk.editor, 'person=van%20duc')
    expect(items).toMatchObject([{ asset: bridge.asset, rights: { state: 'expired', to: '2020-01-01' } }]) // prettier-ignore
    expect(await titles(desk, desk.editor, 'rights=expired')).toHaveLength(1)
    expect(await titles(desk, desk.editor, 'from=2026-03-05&to=2026-03-05')).toHaveLength(1)
    const [entry] = await audit('asset.describe')
    expect(entry).toMatchObject({ outcome: 'done', actorId: desk.editor.id })
    expect(entry?.detail).toContain('– → Nguyễn Văn Đức')
  })

  it('takes the revision that was read: of two people one wins, the other is told and loses nothing', async () => {
    const both = await Promise.all(
      ['Một', 'Hai'].map((title) =>
        describeAsset(desk, desk.editor, race.asset, { revision: 0, title }),
      ),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const late = await describeAsset(desk, desk.editor, race.asset, { revision: 0, title: 'Ba' })
    expect(late.body).toMatchObject({ reason: 'stale', detail: { revision: 1 } })
    const { notes } = await detail(desk.editor, race.asset)
    expect(['Một', 'Hai']).toContain(notes.title)
    const next = await describeAsset(desk, desk.editor, race.asset, { revision: 1, title: 'Ba' })
    expect([next.status, next.body.revision]).toEqual([200, 2])
  })

  it('keeps what was not sent, and writes nothing when nothing changed', async () => {
    const place = { revision: 2, place: 'Sóc Trăng' }
    expect((await describeAsset(desk, desk.editor, race.asset, place)).body.revision).toBe(3)
    expect((await detail(desk.editor, race.asset)).notes).toMatchObject({ title: 'Ba', place: 'Sóc Trăng' }) // prettier-ignore
    const before = (await audit('asset.describe')).length
    const same = { revision: 3, place: 'Sóc Trăng' }
    expect((await describeAsset(desk, desk.editor, race.asset, same)).body.revision).toBe(3)
    expect(await audit('asset.describe')).toHaveLength(before)
  })

  it.each([
    ['bad-date', { takenOn: '2026-02-30' }, 422],
    ['bad-date', { leaseTo: '31/12/2026' }, 422],
    ['lease-backwards', { leaseFrom: '2026-12-01', leaseTo: '2026-11-01' }, 422],
    ['bad-basis', { basis: 'found-it' }, 422],
    ['bad-request', { sha256: 'x' }, 400],
    ['bad-request', { people: 'a'.repeat(501) }, 400],
  ])('refuses what can not be: %s %j', async (reason, said, status) => {
    const asked = { revision: 3, ...said }
    const answer = await describeAsset(desk, desk.editor, race.asset, asked)
    expect([answer.status, answer.body.reason]).toEqual([status, reason])
    expect(answer.body.help).toMatchObject({ vi: expect.any(String), en: expect.any(String) })
  })

  it('of an original that is not there is refused as not found', async () => {
    const answer = await describeAsset(desk, desk.editor, 'none', { revision: 0, title: 'x' })
    expect([answer.status, answer.body.reason]).toEqual([404, 'absent'])
  })
})
