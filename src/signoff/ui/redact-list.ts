import type { Box, Redaction } from '@/media/redact'

/** The list as it is being edited: what was before each step, so that each can be taken back. */
export type Draft = { list: Redaction[]; past: Redaction[][]; chosen: number }

export type Step =
  | { do: 'load'; list: Redaction[] }
  | { do: 'add'; one: Redaction }
  | { do: 'span'; at: number; fromMs?: number; toMs?: number }
  | { do: 'box'; at: number; box: Box }
  | { do: 'remove'; at: number }
  | { do: 'choose'; at: number }
  | { do: 'undo' }

export const EMPTY: Draft = { list: [], past: [], chosen: -1 }

const LEAST_MS = 100
export const LEAST_SIDE = 0.02

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

/** A box that lies in the picture and is large enough to take hold of. */
export const tidyBox = ({ x, y, width, height }: Box): Box => {
  const [w, h] = [clamp(width, LEAST_SIDE, 1), clamp(height, LEAST_SIDE, 1)]
  return { x: clamp(x, 0, 1 - w), y: clamp(y, 0, 1 - h), width: w, height: h }
}

/** The box between two points of the picture, in whichever direction it was drawn. */
export const boxBetween = (a: { x: number; y: number }, b: { x: number; y: number }): Box => {
  const [x, y] = [clamp(Math.min(a.x, b.x), 0, 1), clamp(Math.min(a.y, b.y), 0, 1)]
  const [right, low] = [clamp(Math.max(a.x, b.x), 0, 1), clamp(Math.max(a.y, b.y), 0, 1)]
  return { x, y, width: right - x, height: low - y }
}

/** An end that passes the other takes it along: nobody loses a span by setting its ends in the wrong order. */
const spanned = (one: Redaction, { fromMs, toMs }: { fromMs?: number; toMs?: number }) => {
  const from = fromMs ?? Math.min(one.fromMs, (toMs ?? one.toMs) - LEAST_MS)
  const to = toMs ?? Math.max(one.toMs, from + LEAST_MS)
  return { ...one, fromMs: Math.max(0, Math.round(from)), toMs: Math.round(to) }
}

const changed = (draft: Draft, list: Redaction[], chosen = draft.chosen): Draft => ({
  list,
  past: [...draft.past, draft.list],
  chosen,
})

const at = (draft: Draft, index: number, change: (one: Redaction) => Redaction): Draft =>
  changed(
    draft,
    draft.list.map((one, n) => (n === index ? change(one) : one)),
    index,
  )

export const stepped = (draft: Draft, step: Step): Draft => {
  switch (step.do) {
    case 'load':
      return { list: step.list, past: [], chosen: step.list.length > 0 ? 0 : -1 }
    case 'add':
      return changed(draft, [...draft.list, step.one], draft.list.length)
    case 'span':
      return at(draft, step.at, (one) => spanned(one, step))
    case 'box':
      return at(draft, step.at, (one) =>
        one.kind === 'blur' ? { ...one, box: tidyBox(step.box) } : one,
      )
    case 'remove': {
      const list = draft.list.filter((_, n) => n !== step.at)
      return changed(draft, list, Math.min(step.at, list.length - 1))
    }
    case 'choose':
      return { ...draft, chosen: step.at }
    case 'undo': {
      const list = draft.past.at(-1)
      if (!list) return draft
      return { list, past: draft.past.slice(0, -1), chosen: Math.min(draft.chosen, list.length - 1) } // prettier-ignore
    }
  }
}

const STEP = 0.01
const MOVES: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
}

/** What an arrow key does to a box; null for any other key. */
export const nudged = (box: Box, key: string, sizing: boolean): Box | null => {
  const move = MOVES[key]
  if (!move) return null
  return tidyBox(
    sizing
      ? { ...box, width: box.width + move.x, height: box.height + move.y }
      : { ...box, x: box.x + move.x, y: box.y + move.y },
  )
}

/** 0:03,4: instants by tenths, for two that lie in one second. */
export const instant = (ms: number): string => {
  const tenths = Math.round(ms / 100)
  const seconds = Math.floor(tenths / 10)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')},${tenths % 10}`
}
