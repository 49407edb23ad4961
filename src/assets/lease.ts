import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'
import { nowMs } from '@/clock'
import { env } from '@/env'
import { logOf } from '@/log'
import { compareAndSet, type Row } from '@/records/db'
import { desksOf } from './waiting'

const log = logOf('assets')
const BEAT_MS = 1_000

export type Told = { pass: string; progress: number; secondsLeft: number | null }

/** The right to work on one asset, renewed while it is held; `signal` aborts when it was lost or stopping was asked. */
export type AssetLease = {
  holder: string
  signal: AbortSignal
  /** Workers that died over this asset since its last rendition came out whole. */
  losses: number
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
  const holder = `${process.pid}-${randomUUID()}`
  const desk = (await desksOf(payload, [row.id])).get(row.id) ?? ''
  const leaseUntil = nowMs() + env.LEASE_MS
  // Whoever gives a lease back takes its name off; a name that is left is of a worker that died or was cut off.
  const losses = (row.losses ?? 0) + (row.leaseBy ? 1 : 0)
  const won = await compareAndSet({
    payload,
    collection: 'assets',
    id: row.id,
    // The instant is the lease's own revision: of those who saw it run out, one gets past it.
    expect: { state: row.state, leaseUntil: until },
    set: { state: 'processing', leaseBy: holder, leaseUntil, startedAt: nowMs(), desk, losses },
  })
  return won ? held({ payload, row: won, holder }) : null
}

const held = (args: { payload: Payload; row: Row<'assets'>; holder: string }): AssetLease => {
  const { payload, row, holder } = args
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
    losses: row.losses ?? 0,
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
