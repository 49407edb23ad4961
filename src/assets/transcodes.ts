import type { Payload } from 'payload'
import { nowMs } from '@/clock'
import { findRows, type Row } from '@/records/db'
import { weightOf, type Weight } from './turns'
import { waitingInTurn } from './waiting'

const PARKED_SHOWN = 100

/** One clip on the list of what runs, waits and is parked. */
export type Transcode = {
  asset: string
  title: string
  weight: Weight
  state: 'running' | 'stopping' | 'waiting' | 'parked'
  urgent: boolean
  /** Its place among those that wait, from 1; null when it does not wait for a slot. */
  turn: number | null
  pass: string
  progress: number
  secondsLeft: number | null
  failure: string
}

const stateOf = (row: Row<'assets'>): Transcode['state'] => {
  if (row.state === 'failed') return 'parked'
  if (row.state === 'stopping') return 'stopping'
  return (row.leaseUntil ?? 0) >= nowMs() ? 'running' : 'waiting'
}

const shown = (row: Row<'assets'>, turn: number | undefined): Transcode => ({
  asset: row.id,
  title: row.title ?? '',
  weight: weightOf(row.kind),
  state: stateOf(row),
  urgent: (row.urgentAt ?? 0) > 0,
  turn: turn ?? null,
  pass: row.pass ?? '',
  progress: row.progress ?? 0,
  secondsLeft: row.secondsLeft ?? null,
  failure: row.failure ?? '',
})

/** What runs first, then what waits in its turn, then what is parked, newest first. */
export const listTranscodes = async (payload: Payload): Promise<Transcode[]> => {
  const [open, parked, heavy, light] = await Promise.all([
    findRows({
      payload,
      collection: 'assets',
      where: { state: { in: ['stored', 'processing', 'stopping'] } },
    }),
    findRows({
      payload,
      collection: 'assets',
      where: { state: { equals: 'failed' } },
      sort: '-updatedAt',
      limit: PARKED_SHOWN,
    }),
    waitingInTurn(payload, 'heavy'),
    waitingInTurn(payload, 'light'),
  ])
  const turns = new Map<string, number>()
  for (const lane of [heavy, light]) lane.forEach(({ asset }, at) => turns.set(asset, at + 1))
  const rank = ({ state, turn }: Transcode) =>
    state === 'waiting' ? (turn ?? Number.MAX_SAFE_INTEGER) : 0
  const live = open.map((row) => shown(row, turns.get(row.id))).sort((a, b) => rank(a) - rank(b))
  return [...live, ...parked.map((row) => shown(row, undefined))]
}
