import type { Facts } from './facts'

/** A part of the picture: shares of its width and height, from the upper left corner. */
export type Box = { x: number; y: number; width: number; height: number }

/** What nobody outside may see or hear. The times are those of the desk's copy, on which they were marked. */
export type Redaction =
  | { kind: 'blur'; fromMs: number; toMs: number; box: Box }
  | { kind: 'mute'; fromMs: number; toMs: number }

export type Blur = Extract<Redaction, { kind: 'blur' }>

type Size = { width: number; height: number }
type Part = Size & { x: number; y: number }

const blurs = (redactions: readonly Redaction[]) =>
  redactions.filter((one): one is Blur => one.kind === 'blur')
const mutes = (redactions: readonly Redaction[]) => redactions.filter(({ kind }) => kind === 'mute')

/** The pixels of a box, widened to even ones: chroma has half the lines. */
export const pixelsOf = (box: Box, size: Size): Part => {
  // A hair's breadth: 0.3 of 720 is a little more than 216 to a computer.
  const low = (at: number, whole: number) =>
    Math.min(whole - 2, Math.max(0, 2 * Math.floor((at * whole + 1e-6) / 2)))
  const high = (at: number, whole: number) =>
    Math.min(whole, 2 * Math.ceil((at * whole - 1e-6) / 2))
  const [x, y] = [low(box.x, size.width), low(box.y, size.height)]
  return {
    x,
    y,
    width: Math.max(2, high(box.x + box.width, size.width) - x),
    height: Math.max(2, high(box.y + box.height, size.height) - y),
  }
}

/**
 * So few cells that neither a face nor a number plate is left in them. A blur that keeps more, or a fine mosaic of text,
 * has been undone by others; what is averaged away here is in no byte of the file.
 */
const CELLS = 4

const cellsOf = ({ width, height }: Size): Size => {
  const scale = CELLS / Math.max(width, height)
  return {
    width: Math.max(2, Math.round(width * scale)),
    height: Math.max(2, Math.round(height * scale)),
  }
}

const seconds = (ms: number) => (ms / 1000).toFixed(3)

/** A frame is shown until the next: whoever marked an instant saw one that began before it. */
const during = ({ fromMs, toMs }: Redaction, marginMs: number) =>
  `between(t,${seconds(Math.max(0, fromMs - marginMs))},${seconds(toMs + marginMs)})`

/**
 * Filters that take the boxes out of a picture of this size, each with a comma before it; nothing when there are none.
 * They stand where the whole picture is prepared, so that every size and every crop is cut out of what they leave.
 */
export const blurring = (
  redactions: readonly Redaction[],
  size: Size,
  fps: number,
  name: string,
): string =>
  blurs(redactions)
    .map((one, at) => {
      const { x, y, width, height } = pixelsOf(one.box, size)
      const cells = cellsOf({ width, height })
      const [kept, cut, gone] = ['kept', 'cut', 'gone'].map((word) => `[${name}${word}${at}]`)
      return (
        `,split${kept}${cut};${cut}crop=${width}:${height}:${x}:${y},` +
        `scale=${cells.width}:${cells.height}:flags=area,` +
        `scale=${width}:${height}:flags=bilinear${gone};` +
        `${kept}${gone}overlay=${x}:${y}:enable='${during(one, 1500 / fps)}'`
      )
    })
    .join('')

/** An encoder smears what stands beside a silence into it: so much more is taken away, so that the span itself is empty. */
const SMEAR_MS = 60

/**
 * The same for the sound. Whether a filter works is asked once a frame of samples, so these are made short first; the
 * filters before it have rung out into what it silences.
 */
export const muting = (redactions: readonly Redaction[]): string => {
  const spans = mutes(redactions)
  if (spans.length === 0) return ''
  const when = spans.map((one) => during(one, SMEAR_MS)).join('+')
  return `,asetnsamples=n=256:p=0,volume=volume=0:enable='${when}'`
}

export type RedactionProblem = 'empty-span' | 'outside-clip' | 'bad-box' | 'no-picture' | 'no-sound'

/** Smaller than this is a slip of the hand, not a face. */
const SMALLEST_SIDE = 0.01
const SHORTEST_MS = 40
const EDGE_MS = 1_000

const problemOf = (one: Redaction, facts: Facts): RedactionProblem | null => {
  if (one.toMs - one.fromMs < SHORTEST_MS) return 'empty-span'
  if (one.kind === 'mute' && !facts.hasSound) return 'no-sound'
  if (one.kind === 'blur' && !(facts.hasPicture && facts.durationSeconds > 0)) return 'no-picture'
  if (one.fromMs < 0 || one.toMs > facts.durationSeconds * 1000 + EDGE_MS) return 'outside-clip'
  if (one.kind === 'mute') return null
  const { x, y, width, height } = one.box
  const inside = x >= 0 && y >= 0 && x + width <= 1.0001 && y + height <= 1.0001
  return inside && width >= SMALLEST_SIDE && height >= SMALLEST_SIDE ? null : 'bad-box'
}

/** The first that can not be carried out on this clip, and why; null when all can. */
export const redactionProblem = (
  redactions: readonly Redaction[],
  facts: Facts,
): { at: number; problem: RedactionProblem } | null => {
  for (const [at, one] of redactions.entries()) {
    const problem = problemOf(one, facts)
    if (problem) return { at, problem }
  }
  return null
}
