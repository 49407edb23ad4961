import { frameRateOf, type Facts, type Look } from './facts'
import { topRung } from './pictures'
import type { Track } from './mp4-table'

/** What a place asks of a file whose picture may go there as it came. */
export type Need = {
  /** The longest short side, and the most kilobits a second. */
  side: number
  mostK: number
  mostFps: number
  level: number
  /** As large as the ladder's top rung: our own players count on it. */
  onLadder?: true
  /** Seconds between key pictures at the most. */
  gap?: number
  /** Cut into pieces of so many seconds at the same instants as the other rungs; so much in any of them at the most. */
  pieces?: { seconds: number; mostK: number }
}

/**
 * YouTube takes what a phone or an editing program exports; it encodes everything again, so more is better. For the site
 * the limits are those of the top rung that it stands for.
 */
export const NEEDS = {
  master: { side: 2160, mostK: 85_000, mostFps: 60, level: 52 },
  web: { side: 1080, mostK: 5000, mostFps: 30, level: 42, onLadder: true, gap: 5 },
  stream: {
    ...{ side: 1080, mostK: 5000, mostFps: 30, level: 42, onLadder: true, gap: 6.1 },
    pieces: { seconds: 6, mostK: 6700 },
  },
} as const satisfies Record<string, Need>
export type NeedName = keyof typeof NEEDS

const PROFILES = ['Constrained Baseline', 'Main', 'High']
const side = ({ width, height }: Facts) => Math.min(width, height)
const isTop = (facts: Facts) => {
  const { width, height } = topRung(facts)
  return width === facts.width && height === facts.height
}

type Check = (facts: Facts, look: Look, need: Need) => boolean
const CHECKS: readonly [string, Check][] = [
  ['container', ({ container }) => container === 'mov'],
  ['codec', ({ videoCodec }) => videoCodec === 'h264'],
  ['profile', (_, look, need) => PROFILES.includes(look.profile) && look.level <= need.level],
  ['pixels', ({ pixelFormat }) => pixelFormat === 'yuv420p'],
  ['hdr', ({ hdr }, { colours }) => !hdr && !/2020/.test(colours)],
  ['interlaced', ({ interlaced }) => !interlaced],
  ['rotation', ({ rotation }) => rotation === 0],
  ['odd-size', ({ width, height }) => width % 2 === 0 && height % 2 === 0],
  ['size', (facts, _, need) => side(facts) <= need.side && (!need.onLadder || isTop(facts))],
  ['frame-rate', ({ fps, vfr }, _, need) => !vfr && fps >= 23 && fps <= need.mostFps + 0.5],
  ['late', (_, look) => Math.abs(look.lateSeconds) < 0.05],
  ['bitrate', (_, look, need) => look.pictureK > 0 && look.pictureK <= need.mostK],
]

/** Why a picture can not go there as it came, as the first word that is in the way; null when it can be copied. */
export const misfit = (facts: Facts, look: Look, need: Need): string | null =>
  CHECKS.find(([, fits]) => !fits(facts, look, need))?.[0] ?? null

type Placed = Pick<Track, 'codec' | 'width' | 'height' | 'seconds' | 'keys' | 'steady' | 'sizes'>

const longestGap = ({ keys, seconds }: Placed) =>
  keys.reduce(
    (most, { at }, n) => Math.max(most, (keys[n + 1]?.at ?? seconds) - at),
    keys.length > 0 ? 0 : Infinity,
  )

/** Pieces of whole seconds begin at key pictures only where the frame rate is whole, too. */
const inPieces = (
  facts: Facts,
  track: Placed,
  { seconds, mostK }: { seconds: number; mostK: number },
) => {
  if (!track.steady || Math.abs(facts.fps - frameRateOf(facts)) > 0.001) return false
  const half = 0.5 / facts.fps
  const starts: number[] = []
  for (let at = 0; at < track.seconds - half; at += seconds) {
    const key = track.keys.find((one) => Math.abs(one.at - at) < half)
    if (!key) return false
    starts.push(key.sample)
  }
  return starts.every((from, n) => {
    const sizes = track.sizes.slice(from, starts[n + 1])
    const length = Math.min(seconds, track.seconds - n * seconds)
    const bits = sizes.reduce((sum, size) => sum + size, 0) * 8
    return length < 1 || bits / length / 1000 <= mostK
  })
}

/** The same of where its pictures lie in the file. */
export const misplaced = (facts: Facts, track: Placed, need: Need): string | null => {
  if (track.codec !== 'avc1') return 'container'
  if (track.width !== facts.width || track.height !== facts.height) return 'pixel-shape'
  if (need.gap && longestGap(track) > need.gap) return 'key-pictures'
  if (need.pieces && !inPieces(facts, track, need.pieces)) return 'pieces'
  return null
}

/** The same of a sound's form; how loud it is, only hearing it tells. */
export const soundFits = (facts: Facts, { soundProfile, soundRate }: Look): boolean =>
  facts.audioCodec === 'aac' &&
  soundProfile === 'LC' &&
  facts.audioChannels <= 2 &&
  soundRate <= 48_000 &&
  soundRate >= 44_100
