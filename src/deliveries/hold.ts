import type { Payload } from 'payload'
import { nowIso } from '@/clock'
import type { Outcome } from '@/errors'
import { changeLatest } from '@/records/change'
import { findRows, insertRow } from '@/records/db'
import { actorOf, refused, senderOnly, type Asking } from './act'
import { OUTWARD, outwardSwitch } from './gates'
import { disarmHeld } from './listen'
import { no } from './refusals'

export type Outward = { held: boolean; reason: string; disarming: number }

/** `disarming` above zero: some platform may still fire by itself, the hold is not complete. */
export const outwardNow = async (payload: Payload): Promise<Outward> => {
  const [row, armed] = await Promise.all([
    outwardSwitch(payload),
    findRows({ payload, collection: 'deliveries', where: { armed: { equals: true } } }),
  ])
  const held = row?.held === true
  return { held, reason: held ? (row?.reason ?? '') : '', disarming: held ? armed.length : 0 }
}

/** The one switch that holds everything outward. Takedowns go on. */
export const hold = async (
  args: Asking & { held: unknown; reason: unknown },
): Promise<Outcome<{ outward: Outward }>> => {
  const { payload, person, held } = args
  const on = {
    action: held === true ? 'outward.hold' : 'outward.release',
    subject: 'switches',
    id: OUTWARD,
  }
  const role = senderOnly(person)
  if (role || !person) return refused(args, on, role ?? no('nobody'))
  if (typeof held !== 'boolean') return refused(args, on, no('bad-request'))
  const reason = typeof args.reason === 'string' ? args.reason.trim().slice(0, 500) : ''
  if (held && reason === '') return refused(args, on, no('no-reason'))
  const id = await switchId(payload)
  const changed = await changeLatest({
    payload,
    collection: 'switches',
    id,
    decide: async (row) =>
      row.held === held
        ? { stop: 'same' as const }
        : {
            set: { held, reason },
            event: { action: on.action, actor: actorOf(person), at: nowIso(), reason },
          },
  })
  if (!changed.ok && 'reason' in changed) return refused(args, on, no('stale'))
  await disarmHeld(payload)
  return { ok: true, outward: await outwardNow(payload) }
}

const switchId = async (payload: Payload): Promise<string> => {
  await insertRow({
    payload,
    collection: 'switches',
    data: { name: OUTWARD, held: false, reason: '', revision: 0, pending: false },
  })
  return (await outwardSwitch(payload))?.id ?? ''
}
