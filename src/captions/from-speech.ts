import { refuse, type Outcome } from '@/errors'
import { inOrder, MOST_CUES, tidyText, type Cue } from '@/media/captions'
import { LIMITS } from './rules'
import type { Heard } from './transcriber'

const MOST_LETTERS = LIMITS.lineLetters * LIMITS.lines

/** Where a text may best be cut before this letter: behind a sentence, behind a comma, at a space. */
const cutBefore = (text: string, most: number): number => {
  if (text.length <= most) return text.length
  const head = text.slice(0, most + 1)
  for (const mark of [/[.!?…]\s/g, /[,;:]\s/g, /\s/g]) {
    const places = [...head.matchAll(mark)].map(({ index, 0: found }) => index + found.length)
    const best = places.filter((place) => place > most / 3).at(-1)
    if (best) return best
  }
  return most
}

const pieces = (text: string, most: number): string[] => {
  const found: string[] = []
  for (let rest = text.trim(); rest !== '';) {
    const cut = cutBefore(rest, most)
    found.push(rest.slice(0, cut).trim())
    rest = rest.slice(cut).trim()
  }
  return found
}

/** Two lines of about one length read better than a long one with a word under it. */
const onLines = (text: string): string => {
  if (text.length <= LIMITS.lineLetters) return text
  const half = Math.max(Math.ceil(text.length / 2), text.length - LIMITS.lineLetters)
  const spaces = [...text.matchAll(/\s/g)].map(({ index }) => index)
  const cut = spaces.find((at) => at >= half && at <= LIMITS.lineLetters) ?? spaces.filter((at) => at <= LIMITS.lineLetters).at(-1) // prettier-ignore
  return cut === undefined ? text : `${text.slice(0, cut)}\n${text.slice(cut + 1)}`
}

/** What was said in one breath, cut to captions of two lines; each gets its share of the time by its letters. */
const cuesOfOne = ({ start, end, text }: Heard): Cue[] => {
  const parts = pieces(tidyText(text).replace(/\s+/g, ' '), MOST_LETTERS)
  const all = parts.reduce((sum, part) => sum + part.length, 0)
  let done = 0
  return parts.map((part) => {
    const from = start + ((end - start) * done) / all
    done += part.length
    const to = start + ((end - start) * done) / all
    return { start: Math.round(from * 1000), end: Math.round(to * 1000), text: onLines(part) }
  })
}

/** In order, none over another, none past the clip. */
export const cuesFromSpeech = (heard: readonly Heard[], clipMs: number): Cue[] => {
  const last = clipMs > 0 ? clipMs : Infinity
  const cues = inOrder(heard.filter(({ start, end }) => end > start && start >= 0).flatMap(cuesOfOne)) // prettier-ignore
  return cues.flatMap((cue, at) => {
    const end = Math.min(cue.end, cues[at + 1]?.start ?? Infinity, last)
    return end > cue.start ? [{ ...cue, end }] : []
  })
}

const TOO_MANY = refuse('too-many', {
  vi: 'Dịch vụ chép lời trả về quá nhiều câu. Báo quản trị, hoặc gõ tay.',
  en: 'The transcription service answered too many captions. Tell the administrator, or type.',
})

/** A machine's words as a draft of captions; none where a person could not save it again. */
export const speechDraft = (heard: readonly Heard[], clipMs: number): Outcome<{ cues: Cue[] }> => {
  const cues = cuesFromSpeech(heard, clipMs)
  return cues.length > MOST_CUES ? TOO_MANY : { ok: true, cues }
}
