import { beforeAll, describe, expect, it } from '@jest/globals'
import { byDay, find, pageOf, type Query } from '@/library/find'
import { openSearchIndex, wordsOf, type SearchIndex } from '@/library/search-index'
import {
  emptyShelf,
  entryOf,
  isTheirs,
  ownEntryOf,
  withCuts,
  type Entry,
  type NoteCard,
  type Shelf,
} from '@/library/shelf'

const TODAY = '2026-11-21'
let shelf: Shelf
let entries: Map<string, Entry>
let index: SearchIndex

const asset = (id: string, title: string, more: { kind?: string; parent?: string; at?: string }) =>
  shelf.assets.set(id, {
    id,
    title,
    kind: more.kind ?? 'video',
    state: 'ready',
    seconds: 10,
    createdAt: more.at ?? '2026-11-01T08:00:00.000Z',
    parent: more.parent ?? '',
  })
const note = (id: string, more: Partial<NoteCard>) =>
  shelf.notes.set(id, { asset: id, title: '', people: '', place: '', takenOn: '', credit: '', ...more }) // prettier-ignore
const inStory = (id: string, story: string, owner = 'p1') =>
  shelf.uploads.set(id, new Map([[`u-${id}`, { id: `u-${id}`, asset: id, story, owner }]]))

beforeAll(async () => {
  shelf = emptyShelf()
  shelf.sections.set('s1', 'Kinh tế').set('s2', 'Văn hóa')
  shelf.stories
    .set('t1', { id: 't1', title: 'Cầu mới qua sông Lô', section: 's1', author: 'p1' })
    .set('t2', { id: 't2', title: 'Hội đua ghe', section: 's2', author: 'p2' })
  asset('bridge', 'VID_0001.mp4', {})
  note('bridge', { people: 'Nguyễn Văn Đức', place: 'Đồng Hỷ', takenOn: '2026-03-05', basis: 'own', credit: 'Thongtanxa' }) // prettier-ignore
  inStory('bridge', 't1')
  asset('race', 'dua-ghe.mp4', { at: '2026-11-20T20:00:00.000Z' })
  note('race', { place: 'Sóc Trăng', basis: 'licence', leaseTo: '2026-11-25', title: 'Đua ghe ngo' }) // prettier-ignore
  inStory('race', 't2', 'p2')
  asset('cut', 'cắt.mp4', { parent: 'race' })
  asset('song', 'quan họ.mp3', { kind: 'audio' })
  note('song', { takenOn: '2025-01-01', leaseTo: '2026-11-01' })
  asset('dong', 'đông.mp4', {})
  entries = new Map([...shelf.assets].map(([id, card]) => [id, entryOf(shelf, card)]))
  index = openSearchIndex()
  await index.addAll([...entries.values()])
})

const EMPTY: Query = { text: '', person: '', place: '', kind: '', section: '', rights: '', from: '', to: '' } // prettier-ignore
const ask = (query: Partial<Query>) =>
  find(
    { ...EMPTY, ...query },
    { entries, ordered: [...entries.values()].sort(byDay), index, today: TODAY },
  )

describe('Tìm tư liệu cũ', () => {
  it.each([
    ['without diacritics', 'dong hy', 'bridge'],
    ['with them', 'Đồng Hỷ', 'bridge'],
    ['as a Mac sends them, letter and mark apart', 'Đồng Hỷ'.normalize('NFD'), 'bridge'],
    ['by the beginning of a word', 'nguy duc', 'bridge'],
    ['by the name of the file', 'vid 0001', 'bridge'],
    ['by the story that it lies in', 'cau moi song lo', 'bridge'],
    ['by the section', 'kinh te', 'bridge'],
    ['by a sound’s name', 'QUAN HO', 'song'],
  ])('finds it %s', (_name, text, id) => {
    expect(ask({ text })).toEqual({ ids: [id], near: false })
  })

  it.each([
    ['a wrong letter', 'donh hy', 'bridge'],
    ['a letter too many', 'ngguyen', 'bridge'],
    ['two in a long word', 'thogntanxa', 'bridge'],
  ])('forgives %s only where nothing has the word, and says so', (_name, text, id) => {
    expect(ask({ text })).toEqual({ ids: [id], near: true })
  })

  it('does not set what is merely alike beside what was meant', () => {
    expect(ask({ text: 'dong' }).ids.sort()).toEqual(['bridge', 'dong'])
    expect(ask({ text: 'trang' }).ids).not.toContain('bridge')
    expect(ask({ text: 'khong co gi ca' })).toEqual({ ids: [], near: false })
  })

  it('asks people and places by themselves', () => {
    expect(ask({ person: 'duc' }).ids).toEqual(['bridge'])
    expect(ask({ person: 'dong' }).ids).toEqual([])
    expect(ask({ place: 'soc trang' }).ids.sort()).toEqual(['cut', 'race'])
    expect(ask({ text: 'cau', place: 'dong hy' }).ids).toEqual(['bridge'])
  })

  it('without words shows all, newest first, by the day that was said or else the newsroom’s', () => {
    expect(ask({}).ids).toEqual(['race', 'cut', 'dong', 'bridge', 'song'])
    expect(entries.get('race')?.day).toBe('2026-11-21')
  })

  it('keeps to the filters: kind, section, days, rights', () => {
    expect(ask({ kind: 'audio' }).ids).toEqual(['song'])
    expect(ask({ section: 's2' }).ids).toEqual(['race'])
    expect(ask({ from: '2026-03-05', to: '2026-11-01' }).ids).toEqual(['cut', 'dong', 'bridge'])
    expect(ask({ rights: 'valid' }).ids).toEqual(['bridge'])
    expect(ask({ rights: 'expiring' }).ids).toEqual(['race', 'cut'])
    expect(ask({ rights: 'expired' }).ids).toEqual(['song'])
    expect(ask({ rights: 'unknown' }).ids).toEqual(['dong'])
    expect(ask({ text: 'ghe', rights: 'valid' }).ids).toEqual([])
  })

  it('finds under its new words what was described anew, and no more under the old', () => {
    note('dong', { place: 'Mường Lát' })
    const card = shelf.assets.get('dong')
    if (card) index.put(entryOf(shelf, card))
    expect(index.find({ text: 'muong lat', person: '', place: '' }, false)).toHaveLength(1)
    note('dong', {})
    if (card) index.put(entryOf(shelf, card))
    expect(index.find({ text: 'muong lat', person: '', place: '' }, false)).toEqual([])
  })
})

describe('Từng trang', () => {
  const ids = ['a', 'b', 'c', 'd', 'e']

  it('goes on after the last one that was shown, also when something new came before it', () => {
    const first = pageOf(ids, '', 2)
    expect(first).toEqual({ ids: ['a', 'b'], next: '2.b' })
    expect(pageOf(['new', ...ids], first.next ?? '', 2).ids).toEqual(['c', 'd'])
    expect(pageOf(['a', 'c', 'd'], '2.b', 2).ids).toEqual(['d'])
    expect(pageOf(ids, '4.d', 2)).toEqual({ ids: ['e'], next: null })
  })

  it('begins at the beginning with a cursor that says nothing', () => {
    expect(pageOf(ids, 'xyz', 2).ids).toEqual(['a', 'b'])
  })
})

describe('Của ai', () => {
  it('an original is theirs who sent it or wrote a story with it', () => {
    expect(isTheirs(shelf, 'bridge', 'p1')).toBe(true)
    expect(isTheirs(shelf, 'bridge', 'p2')).toBe(false)
    expect(isTheirs(shelf, 'dong', 'p1')).toBe(false)
  })

  it('tells a reporter neither what the desk noted nor the title of somebody else’s story', () => {
    const card = shelf.assets.get('bridge')
    const seen = card && ownEntryOf(shelf, card, 'p2')
    expect(seen).toMatchObject({ people: '', place: '', stories: '', rights: [], sections: '' })
  })

  it('says of a cut what is said of the whole', () => {
    expect(entries.get('cut')).toMatchObject({ place: 'Sóc Trăng' })
    expect([...withCuts(shelf, new Set(['race']))]).toEqual(['race', 'cut'])
  })
})

it('cuts text into words as it is searched', () => {
  expect(wordsOf('Đồng-Hỷ_01.mp4 “Ông Ấy”')).toEqual(['dong', 'hy', '01', 'mp4', 'ong', 'ay'])
})
