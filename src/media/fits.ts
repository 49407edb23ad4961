import type { Facts } from './facts'

/** What only a closer look says of a file: how it was encoded. */
export type Look = {
  profile: string
  level: number
  /** Kilobits a second of the picture. */
  pictureK: number
  bFrames: number
  /** When the picture begins after the file does. */
  lateSeconds: number
  /** The longest way from one key picture to the next; null when it was not measured. */
  longestGap: number | null
  colours: string
  soundProfile: string
  soundRate: number
}

/** What a place asks of a file that may go there as it came. */
export type Need = {
  /** The longest short side, and the most kilobits a second. */
  side: number
  mostK: number
  mostFps: number
  /** Seconds between key pictures; only a stream that is cut at them cares. */
  gap?: number
}

const PROFILES = ['Constrained Baseline', 'Main', 'High']
const LEVEL = 52

type Check = (facts: Facts, look: Look, need: Need) => boolean
const CHECKS: readonly [string, Check][] = [
  ['container', ({ container }) => container === 'mov'],
  ['codec', ({ videoCodec }) => videoCodec === 'h264'],
  ['profile', (_, look) => PROFILES.includes(look.profile) && look.level <= LEVEL],
  ['pixels', ({ pixelFormat }) => pixelFormat === 'yuv420p'],
  ['hdr', ({ hdr }, { colours }) => !hdr && !/2020/.test(colours)],
  ['interlaced', ({ interlaced }) => !interlaced],
  ['rotation', ({ rotation }) => rotation === 0],
  ['odd-size', ({ width, height }) => width % 2 === 0 && height % 2 === 0],
  ['size', ({ width, height }, _, need) => Math.min(width, height) <= need.side],
  ['frame-rate', ({ fps, vfr }, _, need) => !vfr && fps >= 23 && fps <= need.mostFps + 0.5],
  ['late', (_, look) => Math.abs(look.lateSeconds) < 0.05],
  ['bitrate', (_, look, need) => look.pictureK > 0 && look.pictureK <= need.mostK],
  ['key-pictures', (_, look, { gap }) => !gap || (look.longestGap ?? Infinity) <= gap],
  ['sound', (facts, look) => !facts.hasSound || soundFits(facts, look)],
]

const soundFits = ({ audioCodec, audioChannels }: Facts, { soundProfile, soundRate }: Look) =>
  audioCodec === 'aac' && soundProfile === 'LC' && audioChannels <= 2 && soundRate <= 48_000

/** Why a file can not go there as it came, as the first word that is in the way; null when it can be copied. */
export const misfit = (facts: Facts, look: Look, need: Need): string | null =>
  CHECKS.find(([, fits]) => !fits(facts, look, need))?.[0] ?? null

/** YouTube takes what a phone or an editing program exports; it encodes everything again, so more is better. */
export const MASTER_NEED: Need = { side: 2160, mostK: 85_000, mostFps: 60 }
