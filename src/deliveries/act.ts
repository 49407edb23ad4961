import type { Payload } from 'payload'
import { record } from '@/audit/record'
import { nowIso } from '@/clock'
import type { Outcome, Refusal } from '@/errors'
import { holds, type Person } from '@/people/person'
import { change } from '@/records/change'
import { rowById } from '@/records/db'
import type { Actor, Telling } from '@/records/event'
import { stepOf, type Delivery } from './claim'
import { no } from './refusals'
import { actionsIn, SENDERS, type PersonAction } from './states'

export type Asking = { payload: Payload; person: Person | null }

export const actorOf = (person: Person): Actor => ({
  id: person.id,
  name: person.name,
  roles: person.roles.join(','),
})

const NOBODY: Actor = { id: 'nobody', name: '', roles: '' }

/** A refusal is written down like an action. */
export const refused = async (
  asking: Asking,
  on: { action: string; subject: string; id: string; story?: string },
  refusal: Refusal,
): Promise<Refusal> => {
  await record({
    payload: asking.payload,
    actor: asking.person ? actorOf(asking.person) : NOBODY,
    action: on.action,
    outcome: 'refused',
    subject: on.subject,
    subjectId: on.id,
    story: on.story ?? '',
    reason: refusal.reason,
  })
  return refusal
}

/** Null when this person may send, hold and take down. */
export const senderOnly = (person: Person | null): Refusal | null => {
  if (!person) return no('nobody')
  // Whoever runs the machine sends nothing, whatever else they are.
  if (holds(person, 'admin')) return no('role')
  return holds(person, ...SENDERS) ? null : no('role')
}

export type Decided = {
  set: Record<string, string | number | boolean | null>
  reason?: string
  detail?: Record<string, string | number | boolean | null>
}

/** One action of a person on one delivery: who, where it stands, which revision they saw, then one change. */
export const act = async (
  args: Asking & {
    action: PersonAction
    delivery: string
    revision: number
    decide: (row: Delivery) => Promise<Decided | Refusal>
  },
): Promise<Outcome<{ delivery: Delivery }>> => {
  const { payload, person, action, delivery } = args
  const name = `delivery.${action}`
  const row = await rowById(payload, 'deliveries', delivery)
  const on = { action: name, subject: 'deliveries', id: delivery, story: row?.story ?? '' }
  const role = senderOnly(person)
  if (role || !person) return refused(args, on, role ?? no('nobody'))
  if (!row) return refused(args, on, no('absent'))
  if (row.revision !== args.revision)
    return refused(args, on, no('stale', { revision: row.revision }))
  if (!actionsIn(row.state).includes(action))
    return refused(args, on, no('not-here', { state: row.state }))
  const decided = await args.decide(row)
  if ('ok' in decided) return refused(args, on, decided)
  const tell: Telling[] = [stepOf(row.id)]
  const changed = await change({
    payload,
    collection: 'deliveries',
    id: row.id,
    revision: row.revision,
    set: decided.set,
    event: {
      action: name,
      actor: actorOf(person),
      at: nowIso(),
      story: row.story,
      ...(decided.reason ? { reason: decided.reason } : {}),
      detail: { channel: row.channel, ...decided.detail },
      tell,
    },
  })
  return changed.ok ? { ok: true, delivery: changed.row } : refused(args, on, no('stale'))
}
