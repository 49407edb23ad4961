import type { Payload } from 'payload'
import type { Outcome } from '@/errors'
import type { Store } from '@/media/store'
import type { Publisher } from '@/publishers/publisher'
import { LATE_MS } from './next'

/** The words and facts that a seal binds, as this room reads them. */
export type SealedWords = {
  kind: 'clip' | 'text' | 'audio' | 'photo'
  story: {
    slug: string
    title: string
    summary: string
    body: string
    byline: string
    section: string
    sectionSlug: string
    credit: string
    signedBy: string
  }
  variant: { title: string; text: string; tags: string[]; thumbnail: StoredFile | null }
  facts: { durationSeconds: number; width: number; height: number; hasSound: boolean } | null
}

export type StoredFile = { key: string; path: string; bytes: number; sha256: string; mime: string }

/** A seal that holds, with what it binds. */
export type Sealed = {
  seal: { id: string; digest: string }
  words: SealedWords
  /** Files by recipe, sorted by path. */
  renditions: Record<string, StoredFile[]>
}

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
