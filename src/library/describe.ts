import type { Payload } from 'payload'
import { actorOf } from '@/assets/tus'
import { record } from '@/audit/record'
import { isBasis } from '@/assets/rights'
import { nowIso } from '@/clock'
import type { Outcome, Refusal } from '@/errors'
import type { Person } from '@/people/person'
import { change } from '@/records/change'
import { findRow, insertRow, rowById, type Row } from '@/records/db'
import type { RowEvent } from '@/records/event'
import { settle } from '@/records/settle'
import { mayKeep } from './access'
import { NOTE_DAYS, NOTE_FIELDS, type NoteField } from './note-fields'
import { no } from './refusals'

type Said = Partial<Record<NoteField, string>>
type Note = Row<'asset-notes'>

const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** One spelling of each letter, no blanks around, no line breaks. */
const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim()

const cleaned = (said: Said): Said =>
  Object.fromEntries(
    NOTE_FIELDS.flatMap((name) => {
      const text = said[name]
      return text === undefined ? [] : [[name, tidy(text)]]
    }),
  )

const wrong = (after: Said): Refusal | null => {
  const day = NOTE_DAYS.find((name) => after[name] && !isDay(after[name]))
  if (day) return no('bad-date', { field: day })
  if (after.basis && !isBasis(after.basis)) return no('bad-basis')
  const { leaseFrom, leaseTo } = after
  return leaseFrom && leaseTo && leaseTo < leaseFrom ? no('lease-backwards') : null
}

/** What is written down of a change: from what to what, field by field. */
const detailOf = (before: Said, after: Said): Record<string, string> =>
  Object.fromEntries(
    NOTE_FIELDS.filter((name) => (before[name] ?? '') !== (after[name] ?? '')).map((name) => [
      name,
      `${before[name] || '–'} → ${after[name] || '–'}`,
    ]),
  )

const saidBy = (note: Note | null): Said =>
  Object.fromEntries(NOTE_FIELDS.map((name) => [name, note?.[name] ?? '']))

type Describing = { payload: Payload; person: Person; asset: string; revision: number; said: Said }

/** Says what an original shows and how long it may be used: by the revision that was read, or not at all. */
export const describe = async (args: Describing): Promise<Outcome<{ revision: number }>> => {
  const done = await decide(args)
  if (done.ok) return done
  await record({
    payload: args.payload,
    actor: actorOf(args.person),
    action: 'asset.describe',
    outcome: 'refused',
    subject: 'assets',
    subjectId: args.asset,
    reason: done.reason,
  })
  return done
}

const decide = async (args: Describing): Promise<Outcome<{ revision: number }>> => {
  const { payload, person, asset, revision } = args
  if (!mayKeep(person)) return no('role')
  if (!(await rowById(payload, 'assets', asset))) return no('absent')
  const note = await findRow({
    payload,
    collection: 'asset-notes',
    where: { asset: { equals: asset } },
  })
  if ((note?.revision ?? 0) !== revision) return no('stale', { revision: note?.revision ?? 0 })
  const before = saidBy(note)
  const after = { ...before, ...cleaned(args.said) }
  const refusal = wrong(after)
  if (refusal) return refusal
  const detail = detailOf(before, after)
  if (Object.keys(detail).length === 0) return { ok: true, revision }
  const event: RowEvent = {
    action: 'asset.describe',
    actor: actorOf(person),
    at: nowIso(),
    detail: { asset, ...detail },
  }
  return note ? again(args, note, after, event) : first(args, after, event)
}

const again = async (
  { payload, revision }: Describing,
  note: Note,
  set: Said,
  event: RowEvent,
): Promise<Outcome<{ revision: number }>> => {
  const changed = await change({ payload, collection: 'asset-notes', id: note.id, revision, set, event }) // prettier-ignore
  return changed.ok ? { ok: true, revision: changed.row.revision } : no('stale')
}

/** The row comes with its first words; of two people at once the unique key lets one in. */
const first = async (
  { payload, asset }: Describing,
  said: Said,
  event: RowEvent,
): Promise<Outcome<{ revision: number }>> => {
  const made = await insertRow({
    payload,
    collection: 'asset-notes',
    data: { asset, ...said, revision: 1, pending: true, pendingEvent: JSON.stringify(event) },
  })
  if (!made.ok) return no('stale')
  await settle({ payload, collection: 'asset-notes', row: made.row })
  return { ok: true, revision: 1 }
}
