import type { Outcome, Refusal } from '../errors'
import { inOrder, LATEST_MS, LONGEST_TEXT, MOST_CUES, tidyText, type Cue } from './captions'
import { captionsRefused } from './captions-refusals'
import { captionsText } from './captions-text'

/**
 * SRT and WebVTT, one line after the other; every step looks at a line once, so hostile input costs no more than its
 * length. Own writing: the packages that do this (looked at on 2026-11-21: subtitle, node-webvtt, @plussub/srt-vtt-parser)
 * set no limit to size, cues or line, know one encoding, and throw English without saying where.
 */
export type Parsed = { format: 'srt' | 'vtt'; cues: Cue[] }

const TIME = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})$/
const ARROW = '-->'
const LONGEST_LINE = 5_000

const msOf = (text: string): number | null => {
  const [, h = '0', m = '', s = '', ms = ''] = TIME.exec(text.trim()) ?? []
  if (m === '' || Number(m) > 59 || Number(s) > 59) return null
  return ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000 + Number(ms.padEnd(3, '0'))
}

/** Times of a line such as `00:00:01.000 --> 00:00:02.000 line:0%`; where they stand on the picture is not kept. */
const timesOf = (line: string): { start: number; end: number } | null => {
  const [from = '', rest = ''] = line.slice(0, 200).split(ARROW)
  const start = msOf(from)
  const end = msOf(rest.trim().split(/\s/)[0] ?? '')
  if (start === null || end === null || Math.max(start, end) > LATEST_MS) return null
  return { start, end }
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', nbsp: ' ', quot: '"', lrm: '', rlm: '' } // prettier-ignore

/** Keeps `<i>` and `<b>`; any other tag goes, what is no tag stays. `{\an8}` and its like are orders to one player. */
const plainer = (text: string, format: Parsed['format']): string => {
  const bare = text
    .replace(/\{\\[^{}\n]{0,200}\}/g, '')
    .replace(/<(\/?)([a-z][a-z0-9]{0,15})((?:[ .][^<>\n]{0,200})?)>/gi, (_, slash: string, name) =>
      /^[ib]$/i.test(String(name)) ? `<${slash}${String(name).toLowerCase()}>` : '',
    )
    .replace(/<\d{1,3}(?::\d{2}){1,2}\.\d{3}>/g, '')
  return format === 'srt' ? bare : unescaped(bare)
}

/** A file that says `&lt;i&gt;` means the letters; a space keeps them from becoming a tag of ours. */
const unescaped = (text: string) =>
  text
    .replace(/&lt;(\/?[ib])&gt;/gi, '‹$1›')
    .replace(/&([a-z]{2,4});/g, (whole, name: string) => NAMED[name] ?? whole)

type Reading = { lines: readonly string[]; format: Parsed['format']; cues: Cue[] }

/**
 * The text under a line of times. In VTT an empty line ends it; in SRT only the next times do, for people leave lines
 * empty inside a caption and a word must not be lost. The number over the next times is said by nobody.
 */
const textFrom = ({ lines, format }: Reading, from: number): { text: string; next: number } => {
  let next = from
  const ends = (line: string) => line.includes(ARROW) || (format === 'vtt' && line === '')
  while (next < lines.length && !ends(lines[next] ?? '')) next += 1
  const numbered = format === 'srt' && next < lines.length && /^\d+$/.test(lines[next - 1] ?? '')
  const raw = lines.slice(from, Math.max(from, numbered ? next - 1 : next)).join('\n')
  return { text: raw.length > 4 * LONGEST_TEXT ? raw : tidyText(plainer(raw, format)), next }
}

const blockEnd = (lines: readonly string[], from: number): number => {
  const at = lines.indexOf('', from)
  return at < 0 ? lines.length : at
}

const isAside = (line: string) => /^(NOTE|STYLE|REGION)(\s|$)/.test(line)

const readCues = (reading: Reading): Refusal | null => {
  const { lines, format, cues } = reading
  // Those without a word count too: a file may be nothing but times.
  let timed = 0
  for (let at = format === 'vtt' ? blockEnd(lines, 0) : 0; at < lines.length;) {
    const line = lines[at] ?? ''
    if (format === 'vtt' && isAside(line)) {
      at = blockEnd(lines, at)
      continue
    }
    if (!line.includes(ARROW)) {
      at += 1
      continue
    }
    timed += 1
    if (timed > MOST_CUES) return captionsRefused('too-many')
    const times = timesOf(line)
    if (!times) return captionsRefused('bad-time', at + 1)
    const { text, next } = textFrom(reading, at + 1)
    if (text.length > LONGEST_TEXT) return captionsRefused('too-long', at + 2)
    if (text !== '') cues.push({ ...times, text })
    at = next
  }
  return null
}

export const parseCaptions = (given: string): Outcome<Parsed> => {
  const lines = given.replace(/^\ufeff/, '').split(/\r\n|\r|\n/).map((line) => line.trimEnd()) // prettier-ignore
  const long = lines.findIndex((line) => line.length > LONGEST_LINE)
  if (long >= 0) return captionsRefused('too-long', long + 1)
  const format = /^WEBVTT(\s|$)/.test(lines[0] ?? '') ? 'vtt' : 'srt'
  const reading: Reading = { lines, format, cues: [] }
  if (!lines.some((line) => line.includes(ARROW)))
    return captionsRefused(format === 'vtt' ? 'no-cues' : 'not-captions')
  const refusal = readCues(reading)
  if (refusal) return refusal
  if (reading.cues.length === 0) return captionsRefused('no-cues')
  return { ok: true, format, cues: inOrder(reading.cues) }
}

/** A file as it came, judged. */
export const readCaptions = (bytes: Uint8Array): Outcome<Parsed> => {
  const read = captionsText(bytes)
  return read.ok ? parseCaptions(read.text) : read
}
