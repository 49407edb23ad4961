import type { StateId } from './states'

/** Where the story stands, as a decision reads it. */
export type DeskFacts = {
  state: StateId
  author: string
  clearer: string
  seconder: string
  lastEditor: string
  contentRevision: number
}

/** One channel chosen for the story, and whether its variant could go out. */
export type ChannelFacts = {
  channel: string
  name: string
  /** The channel is in use and its platform is known. */
  open: boolean
  /** No save of its variant is under way. */
  saved: boolean
  /** Every rendition that the platform binds is there. */
  made: boolean
  /** What the platform would refuse. */
  problems: number
  /** A seal binds it and still holds. */
  sealed: boolean
}

export type Facts = {
  story: { revision: number; kind: string; political: boolean; title: string; section: boolean }
  source: { inForce: boolean } | null
  clip: 'none' | 'wrong-kind' | 'arriving' | 'processing' | 'ready' | 'failed'
  /** Who sent the clip as it is now. */
  clipBy: readonly string[]
  /** The clip is the one that was cleared. */
  clipAsCleared: boolean
  channels: ChannelFacts[]
  watch: { needSeconds: number; watchedSeconds: number }
  /** What the person sent along. */
  asked: { reason: string; channels: string[] }
}

/** The share of a clip that its signer must have seen. */
export const WATCH_SHARE = 0.95

/** Seconds that are still to be seen, as a player counts: begun seconds only when they are whole. 0 when enough was seen. */
export const secondsLeft = ({ needSeconds, watchedSeconds }: Facts['watch']): number =>
  watchedSeconds >= needSeconds * WATCH_SHARE
    ? 0
    : Math.max(1, Math.floor(needSeconds - watchedSeconds))

/** For saves, whose rules ask only who and where. Nothing is there, so a guard that did ask would refuse. */
export const NO_FACTS: Facts = {
  story: { revision: -1, kind: 'clip', political: true, title: '', section: false },
  source: null,
  clip: 'none',
  clipBy: [],
  clipAsCleared: false,
  channels: [],
  watch: { needSeconds: 1, watchedSeconds: 0 },
  asked: { reason: '', channels: [] },
}
