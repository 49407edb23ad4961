import { createHash } from 'node:crypto'
import type { Redaction } from './redact'

/** What is done to a clip on its way out, besides being encoded. */
export type Dress = { redactions: readonly Redaction[] }

/** Null when nothing is to be done: then a clip is made by the very commands of one that nobody touched. */
export const dressOf = (given: Partial<Dress>): Dress | null => {
  const redactions = given.redactions ?? []
  return redactions.length === 0 ? null : { redactions }
}

/** For `runPass`: who made a pass with another dress, or without one, did not make this one. */
export const given = (dress: Dress | null | undefined, wish?: unknown): unknown =>
  dress ? { dress, wish } : wish

/** Names what a rendition was made with; empty for one made as it came. It is part of the rendition's key. */
export const dressingOf = (dress: Dress | null): string =>
  dress === null
    ? ''
    : createHash('sha256').update(JSON.stringify(dress)).digest('hex').slice(0, 12)
