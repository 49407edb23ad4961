import { nowMs } from '@/clock'

/** Viet Nam keeps one offset all year; a time is always typed and read in it, whatever the browser's zone. */
const OFFSET = '+07:00'
const OFFSET_MS = 7 * 3_600_000

export const instantOf = (typed: string): string | null => {
  const date = new Date(`${typed}:00${OFFSET}`)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

/** An instant as a `datetime-local` field wants it. */
export const typedOf = (ms: number): string =>
  new Date(ms + OFFSET_MS).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length)

/** A quarter of an hour from now, to start from. */
export const soon = (): string => typedOf(nowMs() + 15 * 60_000)
