import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Payload } from 'payload'
import { nowMs } from '@/clock'
import { findRows, type Row } from '@/records/db'
import { workFolder } from './work-folder'

/** So many workers in a row, dead over one clip with nothing whole in between, while others fare well: it is the clip. */
export const MOST_LOSSES = 3
/** And so many when they die over other clips too: a machine in such a state makes nothing, and a person must look. */
export const LOSSES_AT_ALL = 20
/** A machine that lost a worker over something else so shortly before is not trusted to accuse a clip. */
const TRUST_MS = 10 * 60_000

/** One worker that died with a clip in hand. */
export type Lost = {
  worker: string
  /** When the next one found it. */
  at: number
  /** Passes that stood finished then, on the machine that looked. */
  whole: number
}

/** Its dead workers, the oldest first, and how many of the last ones count. */
export type Losses = { all: Lost[]; counted: number }

/** A new loss: what came out whole since the last one ends the count, and this one begins it anew. */
export const withLoss = ({ all, counted }: Losses, lost: Lost): Losses => {
  const series = counted > 0 ? all.slice(-counted) : []
  const furthest = Math.max(0, ...series.map(({ whole }) => whole))
  const onward = series.length > 0 && lost.whole > furthest
  return { all: [...all, lost].slice(-LOSSES_AT_ALL), counted: onward ? 1 : counted + 1 }
}

/**
 * Whether a clip is what its workers die of. A worker is also killed by a machine that is switched off, a neighbour that
 * eats its memory, a hand: that strikes whatever is in hand, and sooner or later another clip. So three in a row accuse a
 * clip only where no worker died over anything else since shortly before the first of them. What died in the same worker
 * beside the clip is no witness for it: that is what it took along.
 */
export const isToBlame = ({ all, counted }: Losses, others: readonly Lost[]): boolean => {
  if (counted >= LOSSES_AT_ALL) return true
  const series = all.slice(-counted)
  const [first] = series
  if (!first || counted < MOST_LOSSES) return false
  const own = series.map(({ worker }) => worker)
  return !others.some(({ worker, at }) => at >= first.at - TRUST_MS && !own.includes(worker))
}

/** As the row keeps them. */
export const lossesOf = (row: Pick<Row<'assets'>, 'lost' | 'losses'>): Losses => ({
  all: JSON.parse(row.lost || '[]') as Lost[], // written by `lossCells` alone
  counted: row.losses ?? 0,
})

const finishedPasses = async (asset: string): Promise<number> => {
  const workdir = workFolder(asset)
  const names = await readdir(workdir).catch(() => [])
  const whole = names.filter(
    (name) => !name.includes('.part-') && existsSync(path.join(workdir, name, 'manifest.json')),
  )
  return whole.length
}

/** The cells of a new loss. Whoever gives a lease back takes its name off: a name that is left is of one that died. */
export const lossCells = async (
  row: Row<'assets'>,
): Promise<Record<string, string | number> | null> => {
  if (!row.leaseBy) return null
  const at = nowMs()
  const worker = workerOf(row.leaseBy)
  const { all, counted } = withLoss(lossesOf(row), {
    worker,
    at,
    whole: await finishedPasses(row.id),
  })
  return { lost: JSON.stringify(all), losses: counted, lostAt: at }
}

/** A lease is held in the name of a worker, and of this one holding. */
export const holderOf = (worker: string, holding: string) => `${worker}:${holding}`
const workerOf = (holder: string) => holder.split(':')[0] ?? ''

/** Asked when a worker takes the clip after another died over it. */
export const killsItsWorkers = async (payload: Payload, row: Row<'assets'>): Promise<boolean> => {
  const losses = lossesOf(row)
  const first = losses.all.at(-losses.counted)
  if (!first || losses.counted < MOST_LOSSES) return false
  const rows = await findRows({
    payload,
    collection: 'assets',
    where: {
      and: [{ id: { not_equals: row.id } }, { lostAt: { greater_than: first.at - TRUST_MS - 1 } }],
    },
  })
  return isToBlame(
    losses,
    rows.flatMap((other) => lossesOf(other).all),
  )
}
