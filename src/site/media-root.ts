import { randomBytes } from 'node:crypto'
import { nowMs } from '@/clock'

const MINUTE = 60_000
/** A folder this old without an edition belongs to nobody: the edition's row comes before its first byte. */
export const ORPHAN_AFTER_MS = 120 * MINUTE

/**
 * The public folder of one edition: 12 digits of the time it was begun, 20 of chance (80 bits, not to be guessed).
 * The time is there because the store has no dates: the sweep can tell a leftover from a copy under way.
 */
export const newMediaRoot = () =>
  nowMs().toString(16).padStart(12, '0') + randomBytes(10).toString('hex')

export const isMediaRoot = (name: string) => /^[0-9a-f]{32}$/.test(name)

export const ageOf = (mediaRoot: string) => nowMs() - Number.parseInt(mediaRoot.slice(0, 12), 16)

export const publicPrefix = (mediaRoot: string) => `public/${mediaRoot}/`
