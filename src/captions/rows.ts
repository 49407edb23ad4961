import type { Payload } from 'payload'
import { z } from 'zod'
import { inOrder, LATEST_MS, LONGEST_TEXT, MOST_CUES, tidyText, type Cue } from '@/media/captions'
import type { CaptionLanguage } from '@/media/caption-languages'
import type { Person } from '@/people/person'
import { findRow, findRows, type Row } from '@/records/db'
import type { Actor } from '@/records/event'

export type CaptionRow = Row<'captions'>

export const actorOf = ({ id, name, roles }: Person): Actor => ({ id, name, roles: roles.join(',') }) // prettier-ignore

const captionsKey = (asset: string, language: string) => `${asset}:${language}`

const moment = z.number().int().min(0).max(LATEST_MS)
const cuesShape = z
  .array(z.object({ start: moment, end: moment, text: z.string().max(2 * LONGEST_TEXT) }))
  .max(MOST_CUES)

/** Cues as somebody sent them, brought into the house's form. Null when they are none. An empty one may stay in a draft. */
export const cuesFrom = (given: unknown): Cue[] | null => {
  const parsed = cuesShape.safeParse(given)
  if (!parsed.success) return null
  const cues = parsed.data.map((cue) => ({ ...cue, text: tidyText(cue.text) }))
  return cues.some(({ text }) => text.length > LONGEST_TEXT) ? null : inOrder(cues)
}

export const cuesOf = (row: Pick<CaptionRow, 'cues'>): Cue[] =>
  JSON.parse(row.cues || '[]') as Cue[] // written by this room alone

export const heardOf = (row: Pick<CaptionRow, 'heard'>): Cue[] | null =>
  row.heard ? (JSON.parse(row.heard) as Cue[]) : null // as above

export const captionsOf = (payload: Payload, asset: string): Promise<CaptionRow[]> =>
  findRows({
    payload,
    collection: 'captions',
    where: { asset: { equals: asset } },
    sort: 'language',
  })

export const captionsIn = (
  payload: Payload,
  asset: string,
  language: string,
): Promise<CaptionRow | null> =>
  findRow({
    payload,
    collection: 'captions',
    where: { key: { equals: captionsKey(asset, language) } },
  })

/** A row as it begins; what is left out of an insert is null on one database and absent on the other. */
export const emptyRow = (asset: string, language: CaptionLanguage) => ({
  key: captionsKey(asset, language),
  asset,
  language,
  state: 'draft',
  origin: 'person',
  model: '',
  cues: '[]',
  count: 0,
  editedBy: '',
  editedByName: '',
  editedAt: '',
  acceptedBy: '',
  acceptedByName: '',
  acceptedAt: '',
  digest: '',
  hearing: '',
  hearingId: '',
  hearingTries: 0,
  hearingHelp: '',
  leaseBy: '',
  leaseUntil: 0,
  heard: '',
})

/** What people see of a row. */
export const captionsView = (row: CaptionRow) => ({
  id: row.id,
  asset: row.asset,
  language: row.language,
  state: row.state,
  origin: row.origin ?? 'person',
  model: row.model || null,
  count: row.count ?? 0,
  revision: row.revision,
  editedByName: row.editedByName || null,
  editedAt: row.editedAt || null,
  acceptedByName: row.acceptedByName || null,
  acceptedAt: row.acceptedAt || null,
  hearing: row.hearing ?? '',
  hearingHelp: JSON.parse(row.hearingHelp || 'null') as unknown,
})
