import { nowIso, nowMs } from '@/clock'
import type { Outcome, Refusal } from '@/errors'
import { change } from '@/records/change'
import { findRow, findRows, insertRow, rowById, type Row } from '@/records/db'
import { MACHINE, type RowEvent } from '@/records/event'
import { settle } from '@/records/settle'
import { actorOf, refused, senderOnly, type Asking } from './act'
import { stepOf, type Delivery } from './claim'
import { dueOf } from './due'
import { replacesInPlace } from './platforms'
import { no } from './refusals'
import { rightsAt } from './rights'
import { isClosed } from './states'

type Wish = Asking & { story: string; channel: string; dueAt: unknown }
type Place = { channel: Row<'channels'>; dueAt: string; number: number; replaces: string }

/**
 * Puts one variant of a story on one channel at one hour, before or after the signature: nothing leaves without one.
 * The number is claimed by a unique key, so two people who plan at once make one delivery.
 */
export const plan = async (wish: Wish): Promise<Outcome<{ delivery: Delivery }>> => {
  const { payload, person, story } = wish
  const on = { action: 'delivery.plan', subject: 'stories', id: story, story }
  const role = senderOnly(person)
  if (role || !person) return refused(wish, on, role ?? no('nobody'))
  const place = await placeOf(wish)
  if ('reason' in place) return refused(wish, on, place)
  const made = await insert(story, place, wish, {
    action: on.action,
    actor: actorOf(person),
    at: nowIso(),
    story,
    detail: { channel: place.channel.id, dueAt: place.dueAt, number: place.number },
  })
  if (!made) return refused(wish, on, no('already-planned'))
  await settle({ payload, collection: 'deliveries', row: made })
  const woken = await change({
    payload,
    collection: 'deliveries',
    id: made.id,
    revision: 0,
    set: { nextAt: nowMs() },
    event: {
      action: 'delivery.wake',
      actor: MACHINE,
      at: nowIso(),
      story,
      tell: [stepOf(made.id)],
    },
  })
  return { ok: true, delivery: woken.ok ? woken.row : made }
}

const placeOf = async (wish: Wish): Promise<Place | Refusal> => {
  const { payload, story } = wish
  const due = dueOf(wish.dueAt)
  if (!due.ok) return due
  const channel = await rowById(payload, 'channels', wish.channel)
  if (!channel) return no('absent')
  if (!channel.active) return no('channel-off')
  const variant = await findRow({
    payload,
    collection: 'variants',
    where: { and: [{ story: { equals: story } }, { channel: { equals: channel.id } }] },
  })
  if (!variant || variant.removed) return no('no-variant')
  const rights = await rightsAt(payload, { story, channel: channel.id }, due.dueAt)
  if (rights) return rights
  const before = await findRows({
    payload,
    collection: 'deliveries',
    where: { and: [{ story: { equals: story } }, { channel: { equals: channel.id } }] },
  })
  const open = before.filter((row) => !isClosed(row.state))
  const out = open.find((row) => row.state === 'published')
  if (open.some((row) => row.state !== 'published')) return no('already-planned')
  if (out && !replacesInPlace(channel.platform)) return no('already-out')
  const number = Math.max(0, ...before.map((row) => row.number)) + 1
  return { channel, dueAt: due.dueAt, number, replaces: out?.id ?? '' }
}

const insert = async (
  story: string,
  place: Place,
  { payload }: Asking,
  event: RowEvent,
): Promise<Delivery | null> => {
  const { channel, number } = place
  const made = await insertRow({
    payload,
    collection: 'deliveries',
    data: {
      key: `${story}:${channel.id}:${number}`,
      story,
      channel: channel.id,
      platform: channel.platform,
      number,
      replaces: place.replaces,
      state: 'planned',
      dueAt: place.dueAt,
      // Due at once: should the planner die before the bell, the sweep goes on from here.
      nextAt: 1,
      leaseBy: '',
      leaseUntil: 0,
      tries: 0,
      attempts: 0,
      absentAt: 0,
      armed: false,
      goal: '',
      wanted: '',
      goneCount: 0,
      code: '',
      line: '',
      proof: '[]',
      revision: 0,
      // Who planned it rides on the row from its first instant.
      pending: true,
      pendingEvent: JSON.stringify(event),
    },
  })
  return made.ok ? made.row : null
}
