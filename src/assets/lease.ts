import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'
import { nowMs } from '@/clock'
import { env } from '@/env'
import { logOf } from '@/log'
import { compareAndSet, type Row } from '@/records/db'
import { failureCells } from './failure-words'
import { holderOf, killsItsWorkers, lossCells } from './losses'
import { desksOf } from './waiting'

const log = logOf('assets')
const BEAT_MS = 1_000
/** This worker: whatever is in its hands when it dies is lost with it. */
const WORKER = `${process.pid}-${randomUUID()}`

export type Told = { pass: string; progress: number; secondsLeft: number | null }

/** The right to work on one asset, renewed while it is held; `signal` aborts when it was lost or stopping was asked. */
export type AssetLease = {
  holder: string
  signal: AbortSignal
  /** How many workers died over this clip, when it is what they die of; 0 when it is not known to be. */
  killed: number
  /** Tells how far the work is; the next beat, at most a second away, writes it down. Never runs backwards. */
  say: (told: Told) => void
  /** Gives the lease back, so that the next one need not wait for it to run out. */
  release: () => Promise<void>
}

/** Takes the lease of an asset that nobody works on; null when somebody does. */
export const leaseAsset = async (
  payload: Payload,
  row: Row<'assets'>,
): Promise<AssetLease | null> => {
  const until = row.leaseUntil ?? 0
  if (until >= nowMs()) return null
  const holder = holderOf(WORKER, randomUUID())
  const desk = (await desksOf(payload, [row.id])).get(row.id) ?? ''
  const leaseUntil = nowMs() + env.LEASE_MS
  const lost = await lossCells(row)
  // Only over a new loss: who has it done again, or sends it again, is not answered by the old ones.
  const kills = lost !== null && (await killsItsWorkers(payload, { ...row, ...lost }))
  const won = await compareAndSet({
    payload,
    collection: 'assets',
    id: row.id,
    // The instant is the lease's own revision: of those who saw it run out, one gets past it.
    expect: { state: row.state, leaseUntil: until },
    set: {
      ...{ state: 'processing', leaseBy: holder, leaseUntil, startedAt: nowMs(), desk, ...lost },
      // What it waited for is there again, as far as anybody knows.
      ...failureCells(null),
    },
  })
  return won ? held({ payload, row: won, holder, killed: kills ? (won.losses ?? 0) : 0 }) : null
}

type Holding = { payload: Payload; row: Row<'assets'>; holder: string; killed: number }

const held = ({ payload, row, holder, killed }: Holding): AssetLease => {
  const lost = new AbortController()
  const write = (
    set: Record<string, string | number | null>,
    expect: Record<string, string> = {},
  ) =>
    compareAndSet({
      payload,
      collection: 'assets',
      id: row.id,
      expect: { leaseBy: holder, ...expect },
      set,
    })
  let told: Partial<Told> = {}
  let until = row.leaseUntil ?? 0
  let beating = false
  /** The database does not answer: past its time the lease may be somebody else's already. */
  const giveUpIfLate = () => {
    if (nowMs() >= until) lost.abort()
  }
  const beat = async () => {
    if (beating) return giveUpIfLate()
    beating = true
    const next = nowMs() + env.LEASE_MS
    try {
      // Taken by another, asked to stop, or at its end: in none of them is there anything to renew or to tell.
      const mine = await write({ leaseUntil: next, ...told }, { state: 'processing' })
      if (mine) until = next
      else lost.abort()
    } catch (error) {
      log.warn({ asset: row.id, err: String(error) }, 'the lease was not renewed')
      giveUpIfLate()
    }
    beating = false
  }
  const timer = setInterval(() => void beat(), Math.min(BEAT_MS, env.LEASE_MS / 3))
  let furthest = row.progress ?? 0
  return {
    holder,
    signal: lost.signal,
    killed,
    say: ({ pass, progress, secondsLeft }) => {
      furthest = Math.max(furthest, progress)
      told = { pass, progress: furthest, secondsLeft }
    },
    release: async () => {
      clearInterval(timer)
      await write({ leaseBy: '', leaseUntil: 0 }).catch(() => undefined)
    },
  }
}
