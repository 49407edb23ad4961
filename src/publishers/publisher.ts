import type { Readable } from 'node:stream'

/**
 * What a publisher promises. It gets plain values and returns plain values; it knows no Payload and no room.
 *
 * prepare → (wait) → verify → commit once → check. `prepare` and every read may be repeated freely and must pick up
 * where the checkpoint says they stopped. `commit` is called once; when its answer is lost the caller asks
 * `find`, and never calls `commit` again. What a platform lacks is answered `cannot`.
 *
 * Left out on purpose: retries (the room of deliveries owns them), clocks (the caller passes `now`).
 */
export type Publisher = {
  name: string
  accepts: Accepts
  connect: (ctx: Context) => Promise<Answer<{ account: Account }>>
  prepare: (ctx: Context, work: Work) => Promise<Answer<Prepared>>
  /**
   * The last look before the commit at what lies prepared, as long as it takes: a commit has a limit. Nothing of it
   * is seen by anybody. Its checkpoint is handed to the commit that follows, and kept nowhere.
   */
  verify?: (ctx: Context, work: Work) => Promise<Answer<Prepared>>
  commit: (ctx: Context, work: Work) => Promise<Answer<Receipt>>
  check: (ctx: Context, work: Work) => Promise<Answer<Receipt>>
  /** Is it out, for everybody to see? `there` only when the commit's effect is seen on the platform. */
  find: (ctx: Context, work: Work) => Promise<Found>
  /**
   * Changes what is there without making anything public. Before the commit it cancels the platform's own
   * timer and reads back that it is gone (a hold or a void counts as done only after this); refused with
   * `already-public` when the timer was faster: then retract. After the commit (`checkpoint.committed`)
   * it sends the signed text again.
   */
  amend: (ctx: Context, work: Work) => Promise<Answer<Receipt>>
  retract: (ctx: Context, work: Work) => Promise<Answer<{ how: 'deleted' | 'hidden' }>>
  /** Reads as a stranger: no token, no cookie, no cache. */
  seen: (ctx: Context, work: Work) => Promise<Seen>
  measure: (ctx: Context, work: Work) => Promise<Answer<{ views: number }>>
}

/**
 * The eight answers, and `cannot`. Only `done` carries a value. `unknown` means that the effect may have
 * happened. `line` is for the log and the row, never holds a token or a bearer URL.
 */
export type Answer<T> =
  | ({ is: 'done' } & T)
  | { is: 'pending'; line: string; checkpoint?: Checkpoint }
  | { is: 'refused'; code: string; line: string }
  | { is: 'later'; afterMs: number; line: string; checkpoint?: Checkpoint }
  | { is: 'quota'; until: string; line: string }
  | { is: 'reconnect'; line: string }
  | { is: 'blocked'; line: string }
  | { is: 'unknown'; line: string }
  | { is: 'cannot' }

export type Found =
  { is: 'there'; receipt: Receipt } | { is: 'absent' } | { is: 'cannot-tell'; line: string }
export type Seen =
  | { is: 'seen'; digest?: string; status: number }
  | { is: 'gone'; status: number }
  | { is: 'cannot-tell'; line: string }

/** `state` is the publisher's own small JSON, kept encrypted by the caller after every step; it may hold bearers. */
export type Checkpoint = Record<string, string | number | boolean | null>
export type Prepared = { checkpoint: Checkpoint; externalId?: string }
export type Receipt = { externalId: string; url: string; checkpoint?: Checkpoint }
export type Account = { id: string; name: string }

/** A limit with where it was read and when. */
export type Limit = {
  max: number
  unit: 'characters' | 'bytes' | 'seconds' | 'pixels' | 'items'
  source: string
  verifiedAt: string
}
export type Accepts = {
  kinds: readonly ('clip' | 'text' | 'audio' | 'photo')[]
  /** Which rendition recipe of a clip this platform takes; null when it takes none. */
  rendition: string | null
  /** Every rendition recipe that the signature must bind for this platform. */
  binds: readonly string[]
  title: Limit | null
  text: Limit | null
  tags: Limit | null
  duration: Limit | null
  size: Limit | null
  /** True when a thumbnail of ours is sent. */
  thumbnail: boolean
  /** Characters that neither title nor text may hold. */
  forbids?: string
}

/** One sealed file, opened anew at each call, from byte `start`. The caller checks its hash as it flows. */
export type SealedFile = {
  path: string
  bytes: number
  sha256: string
  mime: string
  open: (start?: number) => Promise<Readable>
}

/** One delivery as plain values. Everything here was signed, but for the hour. */
export type Work = {
  deliveryId: string
  storyId: string
  sealId: string
  sealDigest: string
  kind: 'clip' | 'text' | 'audio' | 'photo'
  /** The sealed text fields of the story that this channel shows. */
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
  /** Keyed by recipe: the files of each bound rendition, sorted by path. */
  renditions: Record<string, SealedFile[]>
  thumbnail: SealedFile | null
  checkpoint: Checkpoint
  externalId: string | null
  url: string | null
  /** ISO instant at which it goes public. */
  dueAt: string
  /** The channel asked for the platform's own timer as insurance against our outage. */
  insurance: boolean
}

export type Context = {
  /** The channel's settings that are no secret, as data. */
  settings: Record<string, string>
  /** The token, decrypted for this call only; null when the channel has none. */
  token: string | null
  /** Keeps a checkpoint before going on; resolves when it is on disk. */
  keep: (checkpoint: Checkpoint) => Promise<void>
  /** Keeps a rotated token by compare-and-set; false when another process was first. */
  keepToken: (token: string) => Promise<boolean>
  now: () => Date
  signal: AbortSignal
  /**
   * May the effect still happen? Whoever needs long to get to a commit's effect asks right before it: meanwhile the
   * signature may have been voided, everything held, or the work taken over by another process.
   */
  still: () => Promise<boolean>
  /** Guarded HTTP: refuses private addresses unless demo platforms are on. */
  fetch: typeof globalThis.fetch
}
