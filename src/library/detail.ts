import type { Payload } from 'payload'
import { renditionsOf } from '@/assets/main-asset'
import { deskUrl, thumbUrl } from '@/assets/my-stories'
import { rightsNow, type RightsNow } from '@/assets/rights-of'
import type { Person } from '@/people/person'
import { findRow, findRows, rowById, type Row } from '@/records/db'
import { mayKeep, seesAll } from './access'
import { scrubOf, type Scrub } from './cards'
import type { Library } from './keep'
import { NOTE_FIELDS, type NoteField } from './note-fields'
import { ownEntryOf } from './shelf'

export type Use = {
  story: string
  title: string
  section: string
  state: string
  /** The clip of the story itself, or material beside it; or one that was cut out of this. */
  as: 'clip' | 'extra' | 'cut'
  deliveries: { id: string; platform: string; channel: string; state: string; at: string; url: string | null }[] // prettier-ignore
}

export type Detail = {
  asset: string
  name: string
  kind: string
  state: string
  progress: number
  durationSeconds: number
  bytes: number
  sha256: string
  createdAt: string
  day: string
  notes: Record<NoteField, string>
  revision: number
  rights: RightsNow | null
  thumb: string | null
  scrub: Scrub
  peaks: string | null
  play: string | null
  parent: { asset: string; title: string; inMs: number; outMs: number } | null
  uses: Use[]
  may: { keep: boolean }
}

const idOf = (related: unknown): string =>
  typeof related === 'object' && related !== null && 'id' in related
    ? String(related.id)
    : String(related ?? '')

type Upload = Row<'uploads'>

const asOf = (upload: Upload, asset: string): Use['as'] => {
  if (upload.asset !== asset) return 'cut'
  return upload.extra ? 'extra' : 'clip'
}

/** Stories that it lies in, itself or by what was cut out of it, and what became of each. */
const usesOf = async (payload: Payload, asset: string, person: Person): Promise<Use[]> => {
  const cuts = await findRows({
    payload,
    collection: 'assets',
    where: { parent: { equals: asset } },
    select: { title: true },
  })
  const uploads = await findRows({
    payload,
    collection: 'uploads',
    where: {
      and: [
        { asset: { in: [asset, ...cuts.map(({ id }) => id)] } },
        { state: { equals: 'accepted' } },
      ],
    },
    sort: '-createdAt',
  })
  const ids = [...new Set(uploads.flatMap(({ story }) => (story ? [story] : [])))]
  if (ids.length === 0) return []
  const own = seesAll(person) ? [] : [{ author: { equals: person.id } }]
  const [stories, items, sections, deliveries, channels] = await Promise.all([
    findRows({ payload, collection: 'stories', where: { and: [{ id: { in: ids } }, ...own] } }),
    findRows({ payload, collection: 'desk-items', where: { story: { in: ids } } }),
    findRows({ payload, collection: 'sections', where: {} }),
    findRows({ payload, collection: 'deliveries', where: { story: { in: ids } }, sort: '-dueAt' }),
    findRows({ payload, collection: 'channels', where: {} }),
  ])
  return ids.flatMap((id) => {
    const story = stories.find((one) => one.id === id)
    const upload = uploads.find((one) => one.story === id)
    if (!story || !upload) return []
    const sent = deliveries.filter((one) => one.story === id)
    return [
      {
        story: id,
        title: story.title,
        section: sections.find((one) => one.id === idOf(story.section))?.name ?? '',
        state: items.find((one) => one.story === id)?.state ?? 'draft',
        as: asOf(upload, asset),
        deliveries: sent.map((one) => ({
          id: one.id,
          platform: one.platform,
          channel: channels.find((channel) => channel.id === one.channel)?.name ?? '',
          state: one.state,
          at: one.dueAt,
          url: one.url || null,
        })),
      },
    ]
  })
}

const parentOf = async (payload: Payload, row: Row<'assets'>): Promise<Detail['parent']> => {
  const parent = row.parent ? await rowById(payload, 'assets', row.parent) : null
  if (!parent) return null
  const { inPoint, outPoint } = row
  return { asset: parent.id, title: parent.title ?? '', inMs: inPoint ?? 0, outMs: outPoint ?? 0 }
}

const fieldsOf = (note: Row<'asset-notes'> | null): Record<NoteField, string> =>
  Object.fromEntries(NOTE_FIELDS.map((name) => [name, note?.[name] ?? ''])) as Record<
    NoteField,
    string
  > // the very list that the type is made of

/** All that the panel shows of one original. Null when it is not there. */
export const detailOf = async (args: {
  payload: Payload
  library: Library
  person: Person
  asset: string
  today: string
}): Promise<Detail | null> => {
  const { payload, library, person, asset, today } = args
  const all = seesAll(person)
  const card = library.shelf.assets.get(asset)
  const row = await rowById(payload, 'assets', asset)
  if (!row || !card) return null
  const entry = all ? library.entries.get(asset) : ownEntryOf(library.shelf, card, person.id)
  const [note, made, uses, parent] = await Promise.all([
    findRow({ payload, collection: 'asset-notes', where: { asset: { equals: asset } } }),
    renditionsOf(payload, asset),
    usesOf(payload, asset, person),
    all ? parentOf(payload, row) : null,
  ])
  const play = (recipe: string) => deskUrl(made, recipe, (path) => /\.(mp4|m4a)$/.test(path))
  return {
    asset,
    name: row.title ?? '',
    kind: row.kind ?? '',
    state: row.state,
    progress: row.progress ?? 0,
    durationSeconds: row.durationSeconds ?? 0,
    bytes: row.bytes ?? 0,
    sha256: row.sha256,
    createdAt: row.createdAt,
    day: entry?.day ?? '',
    notes: fieldsOf(all ? note : null),
    revision: all ? (note?.revision ?? 0) : 0,
    rights: all && entry ? rightsNow(entry.rights, today) : null,
    thumb: thumbUrl(made),
    scrub: scrubOf(made),
    peaks: deskUrl(made, 'peaks', (path) => path.endsWith('.json')),
    play: play('proxy') ?? play('audio'),
    parent,
    uses,
    may: { keep: mayKeep(person) },
  }
}
