import type { Payload } from 'payload'
import type { Outcome } from '@/errors'
import type { Store } from '@/media/store'
import type { Publisher } from '@/publishers/publisher'
import type { Sealed } from '@/signoff/seal'
import { LATE_MS } from './next'

export type SealQuestion = {
  payload: Payload
  store: Store
  story: string
  channel: string
  binds: readonly string[]
  /** Hash the very bytes in the store, too. */
  bytes: boolean
}

export type CheckSeal = (question: SealQuestion) => Promise<Outcome<Sealed>>

/** What a seal bound, whether or not it still holds: taking something back needs no valid signature. */
export type ReadSeal = (args: { payload: Payload; seal: string }) => Promise<Sealed | null>

export type Timing = {
  /** Later than this after its hour a delivery is held for a person. */
  lateMs: number
  /** Two "absent" count only this far apart. */
  absentApartMs: number
  /** Two "gone" count only this far apart. */
  goneApartMs: number
  /** A commit without an answer after this is unconfirmed. */
  commitMs: number
  /** First pause between two polls; it doubles up to `slowMs`. */
  pollMs: number
  slowMs: number
}

export const TIMING: Timing = {
  lateMs: LATE_MS,
  absentApartMs: 10_000,
  goneApartMs: 2_000,
  commitMs: 60_000,
  pollMs: 1_000,
  slowMs: 30_000,
}

/** What the machine of deliveries is handed by the worker. */
export type DeliveryDeps = {
  payload: Payload
  store: Store
  publishers: Record<string, Publisher>
  checkSeal: CheckSeal
  readSeal: ReadSeal
  fetch: typeof globalThis.fetch
  timing?: Partial<Timing>
}

export const timingOf = (deps: DeliveryDeps): Timing => ({ ...TIMING, ...deps.timing })
