import type { Payload } from 'payload'
import type { Readable } from 'node:stream'
import type { Store } from '@/media/store'

/** One signed file; opened anew at each call. */
export type SealedFile = {
  path: string
  bytes: number
  sha256: string
  mime: string
  open: (start?: number) => Promise<Readable>
}

/**
 * What an edition is made of. The shape of a publisher's `Work` as far as the site needs it: this room may not
 * import publishers, the worker hands it over.
 */
export type EditionWork = {
  deliveryId: string
  storyId: string
  sealId: string
  sealDigest: string
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
  variant: { title: string; text: string; tags: string[] }
  facts: { durationSeconds: number; width: number; height: number; hasSound: boolean } | null
  renditions: Record<string, SealedFile[]>
  thumbnail: SealedFile | null
  /** Why a correction was made, when somebody wrote it down. */
  correction?: string | null
}

/** What the room needs from outside: the records and the bytes. */
export type Hands = { payload: Payload; store: Store }

/** Paths as a reader's browser asks for them, with the leading slash. */
export type SavedEdition = { path: string; digest: string; mediaPaths: string[] }
export type EditionState = 'live' | 'superseded' | 'withdrawn'
export type FoundEdition = SavedEdition & { state: EditionState; number: number }
