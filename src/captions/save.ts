import type { Payload } from 'payload'
import { nowIso } from '@/clock'
import type { Outcome } from '@/errors'
import { plainText, type Cue } from '@/media/captions'
import { isCaptionLanguage, type CaptionLanguage } from '@/media/caption-languages'
import { holds, type Person } from '@/people/person'
import { change } from '@/records/change'
import { insertRow, rowById } from '@/records/db'
import type { RowEvent } from '@/records/event'
import { settle } from '@/records/settle'
import { CAPTIONERS } from './captioners'
import { NO, stale } from './refusals'
import { actorOf, captionsIn, captionsView, cuesOf, emptyRow, heardOf, type CaptionRow } from './rows' // prettier-ignore

export type Saving = {
  payload: Payload
  person: Person
  asset: string
  language: CaptionLanguage
  /** The revision that the words started from; -1 where there were none. */
  revision: number
  cues: Cue[]
  /** Whose words a file is when it takes the place of all; a correction leaves it as it was. */
  origin?: 'person'
}

export const captionsConflict = (row: CaptionRow) =>
  stale({ captions: captionsView(row), cues: cuesOf(row) })

const columns = ({ person, cues }: Saving) => ({
  cues: JSON.stringify(cues),
  count: cues.length,
  editedBy: person.id,
  editedByName: person.name,
  editedAt: nowIso(),
})

const eventOf = (
  { person, asset, language, cues }: Saving,
  action: string,
  more: RowEvent['detail'] = {},
): RowEvent => ({
  action,
  actor: actorOf(person),
  at: nowIso(),
  detail: { asset, language, cues: cues.length, ...more },
})

const said = ({ text }: Cue) => plainText(text).replace(/\s+/g, ' ').trim()

const isMostly = (cues: readonly Cue[], of: readonly Cue[]): boolean => {
  const known = new Set(of.map(said))
  return cues.filter((cue) => known.has(said(cue))).length * 2 > cues.length
}

type Cells = Record<string, string>

/** Whose words a file brings: a machine's that went out and came back through one are the machine's still. */
const originOf = (row: CaptionRow, { origin, cues }: Saving): { set: Cells; note: Cells } => {
  if (!origin) return { set: {}, note: {} }
  const was = row.origin === 'machine'
  const stays = was && isMostly(cues, cuesOf(row))
  const set: Cells = stays ? { heard: '' } : { origin, model: '', heard: '' }
  return { set, note: was && !stays ? { origin: `machine → ${origin}` } : {} }
}

/** The first words in a language. Of two who begin at once the second is told of the first. */
const begin = async (saving: Saving): Promise<Outcome<{ row: CaptionRow }>> => {
  const { payload, asset, language } = saving
  const found = await rowById(payload, 'assets', asset)
  if (!found) return NO.absent
  if (found.kind !== 'video' && found.kind !== 'audio') return NO.still
  const made = await insertRow({
    payload,
    collection: 'captions',
    data: {
      ...emptyRow(asset, language),
      ...columns(saving),
      revision: 0,
      pending: true,
      pendingEvent: JSON.stringify(eventOf(saving, 'captions.begin')),
    },
  })
  if (made.ok) {
    await settle({ payload, collection: 'captions', row: made.row as CaptionRow })
    return { ok: true, row: made.row as CaptionRow }
  }
  const there = await captionsIn(payload, asset, language)
  return there ? captionsConflict(there) : NO.absent
}

/**
 * Saves a draft, from the revision that it was begun from. A refused save brings along what stands there: nothing that
 * anybody typed is lost on the way. A draft is no reader's, so no signature is touched.
 */
export const saveCaptions = async (saving: Saving): Promise<Outcome<{ row: CaptionRow }>> => {
  const { payload, person, asset, language, revision } = saving
  if (!holds(person, ...CAPTIONERS)) return NO.role
  const row = await captionsIn(payload, asset, language)
  if (!row) return revision === -1 ? begin(saving) : NO.absent
  if (row.state === 'accepted') return { ...NO.accepted, detail: { captions: captionsView(row) } }
  if (row.revision !== revision) return captionsConflict(row)
  const whose = originOf(row, saving)
  const done = await change({
    payload,
    collection: 'captions',
    id: row.id,
    revision,
    set: { ...columns(saving), ...whose.set },
    event: eventOf(saving, saving.origin ? 'captions.import' : 'captions.save', whose.note),
  })
  if (done.ok) return { ok: true, row: done.row }
  const now = await captionsIn(payload, asset, language)
  return now ? captionsConflict(now) : NO.absent
}

/** What the machine heard while somebody wrote: taken in the place of what stands there, or dropped. */
export const settleHeard = async (args: {
  payload: Payload
  person: Person
  id: string
  revision: number
  take: boolean
}): Promise<Outcome<{ row: CaptionRow }>> => {
  const { payload, person, id, revision, take } = args
  if (!holds(person, ...CAPTIONERS)) return NO.role
  const row = await rowById(payload, 'captions', id)
  const cues = row && heardOf(row)
  if (!row || !cues) return NO.absent
  if (row.state === 'accepted') return NO.accepted
  if (row.revision !== revision) return captionsConflict(row)
  const { asset } = row
  const language = isCaptionLanguage(row.language) ? row.language : 'vi'
  const saving = { payload, person, asset, language, revision, cues: take ? cues : cuesOf(row) }
  const taken: Record<string, string | number> = take
    ? { ...columns(saving), origin: 'machine' }
    : {}
  const event = eventOf(saving, take ? 'captions.take-heard' : 'captions.drop-heard')
  const set = { ...taken, heard: '' }
  const done = await change({ payload, collection: 'captions', id, revision, set, event })
  if (done.ok) return { ok: true, row: done.row }
  const now = await captionsIn(payload, asset, language)
  return now ? captionsConflict(now) : NO.absent
}
