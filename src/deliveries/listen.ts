import type { Payload } from 'payload'
import { nowIso, nowMs } from '@/clock'
import { changeLatest } from '@/records/change'
import { findRows } from '@/records/db'
import { MACHINE, type Actor } from '@/records/event'
import { stepOf, type Delivery } from './claim'
import { outwardSwitch } from './gates'
import { restColumns, type Rest } from './rest'
import { BEFORE_COMMIT } from './states'

const beforeCommit = (state: string) => BEFORE_COMMIT.some((one) => one === state)

/** Rests one delivery from outside the machine, unless its commit was called or somebody was faster. */
export const restFrom = (args: {
  payload: Payload
  delivery: string
  actor: Actor
  action: string
  reason?: string
  decide: (row: Delivery) => Rest | null
}) =>
  changeLatest({
    payload: args.payload,
    collection: 'deliveries',
    id: args.delivery,
    decide: async (row) => {
      const to = beforeCommit(row.state) ? args.decide(row) : null
      if (!to) return { stop: 'moved' as const }
      return {
        set: restColumns(row, to),
        event: {
          action: args.action,
          actor: args.actor,
          at: nowIso(),
          story: row.story,
          reason: args.reason ?? to.code,
          detail: { channel: row.channel, code: to.code },
          tell: [stepOf(row.id)],
        },
      }
    },
  })

const openOf = async (payload: Payload, story: string): Promise<Delivery[]> => {
  const rows = await findRows({
    payload,
    collection: 'deliveries',
    where: { story: { equals: story } },
  })
  return rows.filter((row) => beforeCommit(row.state))
}

/** Channels of a story were signed: what is planned is prepared now, not at its hour. Idempotent. */
export const onStorySigned = async (args: { payload: Payload; story: string }): Promise<void> => {
  const rows = await openOf(args.payload, args.story)
  for (const row of rows.filter((one) => one.state === 'planned')) {
    await changeLatest({
      payload: args.payload,
      collection: 'deliveries',
      id: row.id,
      decide: async (latest) =>
        latest.state === 'planned'
          ? {
              set: { nextAt: nowMs(), tries: 0 },
              event: {
                action: 'delivery.wake',
                actor: MACHINE,
                at: nowIso(),
                story: latest.story,
                tell: [stepOf(latest.id)],
              },
            }
          : { stop: 'moved' as const },
    })
  }
}

/**
 * A seal no longer holds. What is not yet committed goes back to waiting for a signature, its timers on the
 * platforms first. The guard is the seal itself, read at the hour; this is so that people see it at once.
 */
export const onSealVoid = async (args: {
  payload: Payload
  story: string
  /** Says whether the channel's seal holds after all: another channel's may have been voided. */
  holds: (channel: string) => Promise<boolean>
}): Promise<void> => {
  for (const row of await openOf(args.payload, args.story)) {
    if (row.code === 'unsigned' || !row.seal || (await args.holds(row.channel))) continue
    await restFrom({
      payload: args.payload,
      delivery: row.id,
      actor: MACHINE,
      action: 'delivery.unsigned',
      decide: () => ({
        state: 'planned',
        code: 'unsigned',
        line: 'Duyệt lại thì mới đăng.',
        nextAt: nowMs() + 30_000,
        fresh: true,
      }),
    })
  }
}

/** While everything is held no platform may keep a timer of its own. Found from the rows, so nothing is forgotten. */
export const disarmHeld = async (payload: Payload): Promise<number> => {
  const outward = await outwardSwitch(payload)
  if (!outward?.held) return 0
  const armed = await findRows({
    payload,
    collection: 'deliveries',
    where: { armed: { equals: true } },
  })
  const open = armed.filter((row) => beforeCommit(row.state))
  for (const row of open) {
    await restFrom({
      payload,
      delivery: row.id,
      actor: MACHINE,
      action: 'delivery.held',
      decide: () => ({
        state: 'held',
        code: 'outward-held',
        line: outward.reason ?? '',
        nextAt: nowMs() + 1_000,
      }),
    })
  }
  return open.length
}
