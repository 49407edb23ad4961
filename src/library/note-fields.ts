import { z } from 'zod'

/** What people may say of an original, each a line of text; days as YYYY-MM-DD, empty for not said. */
export const NOTE_FIELDS = [
  'title',
  'people',
  'place',
  'takenOn',
  'credit',
  'basis',
  'holder',
  'leaseFrom',
  'leaseTo',
  'territory',
] as const
export type NoteField = (typeof NOTE_FIELDS)[number]

export const NOTE_DAYS = ['takenOn', 'leaseFrom', 'leaseTo'] as const satisfies NoteField[]

const line = z.string().max(500)

/** Fields that are not sent stay as they are. */
export const noteShape = z
  .object({
    revision: z.number().int().min(0),
    ...Object.fromEntries(NOTE_FIELDS.map((name) => [name, line.optional()])),
  })
  .strict()
