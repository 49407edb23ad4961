import type { Payload } from 'payload'
import { deskUrl, thumbUrl } from '@/assets/my-stories'
import { renditionsOfEach } from '@/assets/main-asset'
import { rightsNow, type RightsNow } from '@/assets/rights-of'
import { findRows, type Row } from '@/records/db'
import type { Entry } from './shelf'

/** Where the desk reads the stills to scrub over; null for what was made before them. */
export type Scrub = { sheet: string; list: string } | null

export type Card = {
  asset: string
  title: string
  kind: string
  state: string
  durationSeconds: number
  day: string
  people: string
  place: string
  /** Null for who may not read what the desk noted. */
  rights: RightsNow | null
  thumb: string | null
  scrub: Scrub
  /** How many stories it lies in. */
  stories: number
}

export const scrubOf = (rows: Row<'renditions'>[]): Scrub => {
  const sheet = deskUrl(rows, 'sprite', (path) => path.endsWith('.jpg'))
  const list = deskUrl(rows, 'sprite', (path) => path.endsWith('.json'))
  return sheet && list ? { sheet, list } : null
}

/** Recipes of what a card shows. */
const SHOWN = ['poster', 'sprite']

/** The name that people gave it, else the file's own. */
const titlesOf = async (payload: Payload, ids: string[]): Promise<Map<string, string>> => {
  const notes = await findRows({
    payload,
    collection: 'asset-notes',
    where: { asset: { in: ids } },
  })
  return new Map(notes.flatMap(({ asset, title }) => (title ? [[asset, title]] : [])))
}

/** What the grid shows of each, in the order of the ids. */
export const cardsOf = async (args: {
  payload: Payload
  ids: string[]
  entries: ReadonlyMap<string, Entry>
  today: string
  /** What the desk wrote down is shown. */
  all: boolean
}): Promise<Card[]> => {
  const { payload, ids, entries, today, all } = args
  if (ids.length === 0) return []
  const [rows, titles] = await Promise.all([
    findRows({ payload, collection: 'assets', where: { id: { in: ids } } }),
    all ? titlesOf(payload, ids) : new Map<string, string>(),
  ])
  const renditions = await renditionsOfEach(payload, rows, SHOWN)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    const entry = entries.get(id)
    if (!row || !entry) return []
    const made = renditions.get(id) ?? []
    return [
      {
        asset: id,
        title: titles.get(id) ?? row.title ?? '',
        kind: row.kind ?? '',
        state: row.state,
        durationSeconds: row.durationSeconds ?? 0,
        day: entry.day,
        people: entry.people,
        place: entry.place,
        rights: all ? rightsNow(entry.rights, today) : null,
        thumb: thumbUrl(made),
        scrub: scrubOf(made),
        stories: entry.storyCount,
      },
    ]
  })
}
