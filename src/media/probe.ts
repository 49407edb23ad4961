import { stat } from 'node:fs/promises'
import type { Outcome } from '../errors'
import type { Facts } from './facts'
import { runFfprobe } from './ffmpeg'
import { judge, pick } from './judge'
import { MOST_PIXELS, READING } from './limits'
import { factsOf, ENTRIES, lateness, readSaid, type Picked } from './probe-shape'
import { probeImage } from './probe-image'
import { refuseMedia } from './refusals'
import { IMAGES, sniff } from './sniff'

/** Says what a file is, or refuses it with a reason; under the limits of `limits.ts`, before anything else opens it. */
export const probe = async (
  file: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Outcome<{ facts: Facts }>> => {
  const sniffed = await sniff(file)
  if (!sniffed.ok) return sniffed
  const { container } = sniffed
  const bytes = (await stat(file)).size
  if (IMAGES.includes(container)) return probeImage({ file, container, bytes })
  const asked = await runFfprobe({
    argv: [...ASK, '-show_entries', ENTRIES, '-of', 'json', `file:${file}`],
    signal,
  })
  if (asked.timedOut) return refuseMedia('too-slow')
  // It may end well all the same, and then says a picture of no size.
  if (asked.code !== 0 || TOO_LARGE.test(asked.said)) {
    return refuseMedia(reasonOf(asked.said), { line: asked.line })
  }
  const said = readSaid(asked.stdout)
  if (!said) return refuseMedia('broken', { line: 'ffprobe said nothing usable' })
  if (!said.format.format_name.split(',').includes(container)) {
    return refuseMedia('not-media', { sniffed: container, found: said.format.format_name })
  }
  const picked = pick(said.streams, container)
  if (!picked.ok) return picked
  const facts = factsOf({ ...picked, format: said.format, container, bytes })
  const refusal = judge(facts, picked, said)
  if (refusal) return refusal
  return measured({ file, facts, ...picked, start: said.format.start_time ?? 0, signal })
}

const ASK = [
  '-v',
  'error',
  ...READING,
  ...['-max_pixels', String(MOST_PIXELS), '-probesize', '20M', '-analyzeduration', '20M'],
]

const TOO_LARGE = /max pixel count/i
const reasonOf = (said: string) => {
  if (/exceeds max_streams/i.test(said)) return 'too-many-streams'
  if (TOO_LARGE.test(said)) return 'too-large'
  if (/whitelist/i.test(said)) return 'playlist'
  return 'broken'
}

/**
 * Reads the last packets of the picture, or of the sound where there is none. A file cut short still promises its full
 * length in its head; ffmpeg transcodes what is there and exits 0, so this is where a half-copied clip is caught.
 */
const measured = async (
  found: Picked & { file: string; facts: Facts; start: number; signal: AbortSignal | undefined },
): Promise<Outcome<{ facts: Facts }>> => {
  const { file, facts, video, start, signal } = found
  const main = video ?? found.audio
  if (!main) return refuseMedia('no-picture')
  const promised = main.duration ? main.duration + lateness(main, start) : facts.durationSeconds
  const from = Math.max(0, start + promised * 0.97 - 1)
  const tail = await runFfprobe({
    argv: [
      ...ASK,
      ...['-select_streams', String(main.index), '-read_intervals', `${from.toFixed(3)}%`],
      ...['-show_entries', 'packet=pts_time', '-of', 'csv=p=0', `file:${file}`],
    ],
    signal,
  })
  if (tail.timedOut) return refuseMedia('too-slow')
  const times = tail.stdout.split('\n').map(Number.parseFloat).filter(Number.isFinite)
  const last = times.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY)
  const end = last + (video ? 1 / facts.fps : 0) - start
  if (!(end > 0)) return refuseMedia('broken', { line: 'the end of the file is missing' })
  if (promised - end > Math.max(0.5, promised * 0.05)) {
    return refuseMedia('broken', {
      line: `promises ${promised.toFixed(1)} s, holds ${end.toFixed(1)} s`,
    })
  }
  if (!video) return { ok: true, facts }
  return { ok: true, facts: { ...facts, pictureSeconds: Math.min(end, facts.durationSeconds) } }
}

/** Seconds that a file of our own making runs; it is no sender's file, so only its clock is asked. */
export const lengthOf = async (file: string, signal?: AbortSignal): Promise<number> => {
  const asked = await runFfprobe({
    argv: [...ASK, '-show_entries', 'format=duration', '-of', 'csv=p=0', `file:${file}`],
    signal,
  })
  return Number.parseFloat(asked.stdout) || 0
}
