import type { Payload } from 'payload'
import { nowMs } from '@/clock'
import type { Help } from '@/errors'
import { findRows, type Row } from '@/records/db'
import { failureOf } from './failure-words'
import { forWhom, type ForWhom } from './for-whom'
import { weightOf, type Weight } from './turns'
import { waitingInTurn } from './waiting'

const PARKED_SHOWN = 100

/** Why a clip stands where it stands among those that wait. */
export type Why = 'turn' | 'urgent' | 'outside' | 'lost' | 'failed' | 'soon'

/** One clip on the list of what runs, waits and is parked. */
export type Transcode = {
  asset: string
  title: string
  /** The story that it came for, where the reader may read stories; null for one without, too. */
  story: { id: string; title: string } | null
  desk: string
  durationSeconds: number | null
  weight: Weight
  state: 'running' | 'stopping' | 'waiting' | 'parked'
  urgent: boolean
  /** Its place among those that wait, from 1; null when it does not wait for a slot. */
  turn: number | null
  /** Null when it does not wait. */
  why: Why | null
  losses: number
  pass: string
  progress: number
  secondsLeft: number | null
  failure: string
  /** The same in both languages. */
  failureHelp: Help | null
}

const stateOf = (row: Row<'assets'>): Transcode['state'] => {
  if (row.state === 'failed') return 'parked'
  if (row.state === 'stopping') return 'stopping'
  return (row.leaseUntil ?? 0) >= nowMs() ? 'running' : 'waiting'
}

const lossesOf = (row: Row<'assets'>) => (row.losses ?? 0) + (row.leaseBy ? 1 : 0)

/** The first that holds; `soon` is a clip that no open job names yet or again. */
const REASONS: [Why, (row: Row<'assets'>, turn: number | undefined) => boolean][] = [
  ['outside', (row) => (row.waitUntil ?? 0) > nowMs()],
  ['lost', (row) => lossesOf(row) > 0],
  ['urgent', (row) => (row.urgentAt ?? 0) > 0],
  ['failed', (row) => (row.failures ?? 0) > 0],
  ['turn', (_, turn) => turn !== undefined],
]

const whyOf = (row: Row<'assets'>, turn: number | undefined): Why =>
  REASONS.find(([, holds]) => holds(row, turn))?.[0] ?? 'soon'

const shown = (
  row: Row<'assets'>,
  turn: number | undefined,
  owner: ForWhom | undefined,
): Transcode => {
  const state = stateOf(row)
  return {
    asset: row.id,
    title: row.title ?? '',
    story: owner?.story ?? null,
    desk: owner?.desk ?? '',
    durationSeconds: row.durationSeconds ?? null,
    weight: weightOf(row.kind),
    state,
    urgent: (row.urgentAt ?? 0) > 0,
    turn: turn ?? null,
    why: state === 'waiting' ? whyOf(row, turn) : null,
    losses: state === 'waiting' ? lossesOf(row) : (row.losses ?? 0),
    pass: row.pass ?? '',
    progress: row.progress ?? 0,
    secondsLeft: row.secondsLeft ?? null,
    failure: row.failure ?? '',
    failureHelp: failureOf(row),
  }
}

/** What runs first, then what waits in its turn, then what is parked, newest first. */
export const listTranscodes = async (
  payload: Payload,
  { stories }: { stories: boolean },
): Promise<Transcode[]> => {
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
  const ids = [...open, ...parked].map(({ id }) => id)
  const owners = await forWhom(payload, ids, { stories })
  const one = (row: Row<'assets'>) => shown(row, turns.get(row.id), owners.get(row.id))
  const rank = ({ state, turn }: Transcode) =>
    state === 'waiting' ? (turn ?? Number.MAX_SAFE_INTEGER) : 0
  return [...open.map(one).sort((a, b) => rank(a) - rank(b)), ...parked.map(one)]
}
