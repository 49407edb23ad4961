import { type Outcome } from '../errors'
import { captionsRefused } from './captions-refusals'
import { MOST_BYTES } from './captions'

const decoded = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

const startsWith = (bytes: Uint8Array, ...mark: number[]) =>
  mark.every((byte, at) => bytes[at] === byte)

/** Without a mark UTF-16 is known by its zeros: captions are mostly times, written in ASCII. */
const zeros = (bytes: Uint8Array, odd: 0 | 1): boolean => {
  const head = bytes.subarray(0, 64)
  if (head.length < 4) return false
  return head.every((byte, at) => (at % 2 === odd ? byte === 0 : byte !== 0))
}

const encodingOf = (bytes: Uint8Array): string => {
  if (startsWith(bytes, 0xff, 0xfe) || zeros(bytes, 1)) return 'utf-16le'
  return startsWith(bytes, 0xfe, 0xff) || zeros(bytes, 0) ? 'utf-16be' : 'utf-8'
}

/** Letters that only Vietnamese in Unicode has. */
const TRUE_LETTERS = /[\u1ea0-\u1ef9ăâđêôơưĂÂĐÊÔƠƯ]/
/** What TCVN3 and VNI look like when somebody saved them as if they were Western European. */
const TCVN3 = /[A-Za-z][µ¸¶·¹¨»¾¼½Æ©®ª«¬×÷þ¦§Þ¢£]|[®§][a-zA-Z]/g
const VNI = /[aeiouyAEIOUY][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË](?![ùøûõïâáàåãäêéèúüë])/g
const WORDS = /[^\s\d:,.>-]+/g
/** A tenth of the words: French has some such pairs, Vietnamese in a wrong table has them everywhere. */
const SHARE = 0.1

const looksMisread = (text: string): boolean => {
  const head = text.slice(0, 200_000)
  if (TRUE_LETTERS.test(head)) return false
  const words = head.match(WORDS)?.length ?? 0
  const odd = Math.max(head.match(TCVN3)?.length ?? 0, head.match(VNI)?.length ?? 0)
  return odd >= 3 && odd / Math.max(1, words) > SHARE
}

/** In every old table the arrow between two times is the same; without one it is no captions at all. */
const hasArrow = (bytes: Uint8Array) => Buffer.from(bytes).includes('-->')

/**
 * The text of a file of captions: UTF-8 or UTF-16. The old Vietnamese tables (TCVN3, VNI, Windows-1258) can not be told
 * from one another for sure, and a wrong guess would put gibberish on the air, so they are refused in plain words.
 */
export const captionsText = (bytes: Uint8Array): Outcome<{ text: string }> => {
  if (bytes.length > MOST_BYTES) return captionsRefused('too-big')
  if (bytes.length === 0) return captionsRefused('no-cues')
  const text = decoded(bytes, encodingOf(bytes))
  if (text === null) return captionsRefused(hasArrow(bytes) ? 'old-letters' : 'not-captions')
  if (looksMisread(text)) return captionsRefused('old-letters')
  return text.includes('\u0000') ? captionsRefused('not-captions') : { ok: true, text }
}
