import type { CaptionsBrief } from '@/captions/brief'
import type { RightsNow } from '@/assets/rights-of'
import type { Help } from '@/errors'
import type { ChannelChoice, VariantText } from '@/stories/ui/types'

/** What the desk's endpoints answer, as these screens read it. */
export type Processing = { state: string; progress: number | null; secondsLeft: number | null }

export type Card = {
  story: string
  title: string
  kind: string
  section: string
  byline: string
  state: string
  stateAt: string
  revision: number
  political: boolean
  thumb: string | null
  durationSeconds: number | null
  processing: Processing | null
  channels: { channel: string; platform: string; name: string; state: string | null }[]
  whyMe: Help | null
}

export type Board = {
  me: { id: string; name: string; roles: string[] }
  columns: { state: string; label: Help; items: Card[] }[]
  waiting: Card[]
}

export type Action = {
  action: string
  label: Help
  allowed: boolean
  reason?: string
  help?: Help
  needsReason: boolean
  tone: string
}

export type FilePart = { path: string; bytes: number; sha256: string; mime: string }

export type Rendition = {
  id: string
  recipe: string
  digest: string
  width: number | null
  height: number | null
  durationSeconds: number | null
  loudness: number | null
  peak: number | null
  files: FilePart[]
}

export type Seal = {
  state: 'none' | 'valid' | 'void'
  signedAt: string | null
  signerName: string | null
  capacity: string | null
  digest: string | null
}

export type Outward = {
  id: string
  state: string
  dueAt: string | null
  url: string | null
  revision: number
  code: string | null
  line: string | null
  /** What a stranger saw of it, oldest first. */
  proof: { at: string; what: 'seen' | 'gone'; status: number; url: string; digest: string }[]
}

/** A variant as the composer edits it, and what became of it. */
export type Variant = VariantText & {
  /** What the channel binds is not all made yet. */
  making: boolean
  seal: Seal | null
  delivery: Outward | null
}

export type Change = {
  field: string
  label: Help
  parts: { text: string; kind: 'same' | 'added' | 'removed' }[]
}

export type Watch = {
  rendition: string
  needSeconds: number
  watchedSeconds: number
  gaps: [number, number][]
}

export type HistoryRow = {
  at: string
  actorName: string | null
  action: string
  outcome: string
  reason: string | null
  /** JSON of scalars. */
  detail: string | null
}

export type Asset = Processing & {
  id: string
  pass: string | null
  failure: Help | null
  goesOut: boolean
}

export type Review = {
  story: {
    id: string
    title: string
    kind: string
    summary?: string | null
    body?: string | null
    byline?: string | null
    note?: string | null
    section?: { name?: string | null } | string | null
    source?: { name?: string | null } | string | null
    political?: boolean | null
    revision: number
  }
  desk: {
    state: string
    revision: number
    contentRevision: number
    reason: string | null
    author: unknown
    clearer: unknown
    clearedAt: string | null
  }
  actions: Action[]
  asset: Asset | null
  /** Null where there is no clip, and for whoever does not sit at the desk. */
  rights: RightsNow | null
  /** For whoever may cover something in the clip: how much is covered. */
  cover: { count: number } | null
  /** Material beside the clip. */
  extras: {
    asset: string
    name: string
    state: string
    thumb: string | null
    open: string | null
  }[]
  /** What is said in the clip, by language. */
  captions: CaptionsBrief[]
  /** Pictures sent beside it that may stand for it. */
  pictures: { value: string; url: string; name: string }[]
  renditions: Rendition[]
  variants: Variant[]
  diff: Change[]
  watch: Watch | null
  channels: ChannelChoice[]
  editWarning: Help | null
  history: HistoryRow[]
}
