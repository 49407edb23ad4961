import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'
import { nowMs } from '@/clock'
import { env } from '@/env'
import { logOf } from '@/log'
import { compareAndSet, type Row } from '@/records/db'

const log = logOf('assets')
const SAY_EVERY_MS = 1_000

/** The right to work on one asset, renewed while it is held; `signal` aborts when it was lost. */
export type AssetLease = {
  holder: string
  signal: AbortSignal
  /** Tells how far the work is, at most once a second; a second call within it is dropped. */
  say: (told: { pass: string; progress: number; secondsLeft: number | null }) => void
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
  const won = await compareAndSet({
    payload,
    collection: 'assets',
    id: row.id,
    // The instant is the lease's own revision: of those who saw it run out, one gets past it.
    expect: { state: row.state, leaseUntil: until },
    set: { state: 'processing', leaseBy: holder, leaseUntil: nowMs() + env.LEASE_MS },
  })
  return won ? held(payload, row.id, holder) : null
}

const held = (payload: Payload, asset: string, holder: string): AssetLease => {
  const lost = new AbortController()
  const write = (set: Record<string, string | number | null>) =>
    compareAndSet({ payload, collection: 'assets', id: asset, expect: { leaseBy: holder }, set })
  const renew = async () => {
    try {
      if (!(await write({ leaseUntil: nowMs() + env.LEASE_MS }))) lost.abort()
    } catch (error) {
      // A database out of reach: the lease may run out meanwhile, and then the next renewal finds it taken.
      log.warn({ asset, err: String(error) }, 'the lease was not renewed')
    }
  }
  const timer = setInterval(() => void renew(), env.LEASE_MS / 3)
  let saidAt = 0
  return {
    holder,
    signal: lost.signal,
    say: ({ pass, progress, secondsLeft }) => {
      if (nowMs() - saidAt < SAY_EVERY_MS) return
      saidAt = nowMs()
      write({ pass, progress, secondsLeft }).catch(() => undefined)
    },
    release: async () => {
      clearInterval(timer)
      await write({ leaseBy: '', leaseUntil: 0 }).catch(() => undefined)
    },
  }
}
