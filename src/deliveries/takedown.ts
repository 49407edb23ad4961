import { nowMs } from '@/clock'
import type { Outcome } from '@/errors'
import { findRows } from '@/records/db'
import { act, refused, senderOnly, type Asking } from './act'
import type { Delivery } from './claim'
import { no } from './refusals'
import { restColumns } from './rest'
import { BEFORE_COMMIT, isClosed } from './states'

const reasonOf = (given: unknown): string =>
  typeof given === 'string' ? given.trim().slice(0, 500) : ''

const columnsOf = (row: Delivery): Record<string, string | number> => {
  if (BEFORE_COMMIT.some((state) => state === row.state)) {
    return restColumns(row, { state: 'cancelled', code: 'taken-down', line: '' })
  }
  if (row.state === 'disarming') return { goal: 'cancelled', code: 'taken-down', nextAt: nowMs() }
  // Nobody knows yet whether it is out: first that is found out, then it is taken back.
  if (row.state === 'committing' || row.state === 'unconfirmed') return { wanted: 'gone' }
  return {
    state: 'withdrawing',
    wanted: 'gone',
    goal: '',
    code: '',
    line: '',
    tries: 0,
    goneCount: 0,
    nextAt: nowMs(),
  }
}

/** Makes one delivery disappear, with proof; what is not out yet is cancelled. */
export const takedown = (args: Asking & { delivery: string; revision: number; reason: unknown }) =>
  act({
    ...args,
    action: 'takedown',
    decide: async (row) => {
      const reason = reasonOf(args.reason)
      return reason === '' ? no('no-reason') : { set: columnsOf(row), reason }
    },
  })

export type TakenDown = { id: string; channel: string; state: string; ok: boolean; reason?: string }

/** Everything of one story, from one screen: what is out is withdrawn, what is planned is cancelled. */
export const takedownStory = async (
  args: Asking & { story: string; reason: unknown },
): Promise<Outcome<{ deliveries: TakenDown[] }>> => {
  const on = { action: 'story.takedown', subject: 'stories', id: args.story, story: args.story }
  const role = senderOnly(args.person)
  if (role) return refused(args, on, role)
  if (reasonOf(args.reason) === '') return refused(args, on, no('no-reason'))
  const rows = await findRows({
    payload: args.payload,
    collection: 'deliveries',
    where: { story: { equals: args.story } },
    sort: 'number',
  })
  if (rows.length === 0) return refused(args, on, no('absent'))
  const done: TakenDown[] = []
  for (const row of rows) done.push(await one(args, row))
  return { ok: true, deliveries: done }
}

const one = async (
  args: Asking & { reason: unknown },
  row: Delivery,
  tries = 6,
): Promise<TakenDown> => {
  const base = { id: row.id, channel: row.channel }
  if (isClosed(row.state) || row.state === 'withdrawing')
    return { ...base, state: row.state, ok: true }
  const done = await takedown({ ...args, delivery: row.id, revision: row.revision })
  if (done.ok) return { ...base, state: done.delivery.state, ok: true }
  // The machine was faster by one step: it is read again, for a takedown must not be lost to a race.
  const [fresh] = await findRows({
    payload: args.payload,
    collection: 'deliveries',
    where: { id: { equals: row.id } },
  })
  if (fresh && tries > 1 && done.reason === 'stale') return one(args, fresh, tries - 1)
  return { ...base, state: fresh?.state ?? row.state, ok: false, reason: done.reason }
}
