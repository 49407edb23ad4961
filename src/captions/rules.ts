import type { Help } from '@/errors'
import { plainText, type Cue } from '@/media/captions'

/**
 * What makes captions hard to read, as a table. Figures: two lines of 42 letters, 5/6 s to 7 s, two frames between two
 * (a large streamer's published guide for Vietnamese, read 2026-11-21); 17 letters a second is its pace for grown-ups,
 * and 20 is where news in Vietnamese, a language of short words, still reads. What `stops` keeps captions from readers.
 */
export const LIMITS = {
  lineLetters: 42,
  lines: 2,
  pace: 20,
  shortestMs: 833,
  longestMs: 7_000,
  gapMs: 80,
} as const

export type RuleId =
  | 'backwards'
  | 'overlap'
  | 'outside'
  | 'fast'
  | 'short'
  | 'long'
  | 'wide'
  | 'tall'
  | 'close'
  | 'empty'

type Around = { cue: Cue; before: Cue | undefined; clipMs: number }
type Rule = { id: RuleId; stops: boolean; is: (around: Around) => boolean; help: Help }

export const letters = ({ text }: Cue): number => plainText(text).replace(/\s+/g, ' ').trim().length // prettier-ignore
const lasts = ({ start, end }: Cue) => end - start
/** Letters a second, a space counted as one. */
export const paceOf = (cue: Cue): number =>
  lasts(cue) > 0 ? (letters(cue) * 1000) / lasts(cue) : 0

const linesOf = ({ text }: Cue) => plainText(text).split('\n')
/** A container's length and its last frame differ by a few frames. */
const SLACK_MS = 250

export const RULES: readonly Rule[] = [
  {
    id: 'empty',
    stops: true,
    is: ({ cue }) => letters(cue) === 0,
    help: { vi: 'Câu chưa có chữ', en: 'There is no text' },
  },
  {
    id: 'backwards',
    stops: true,
    is: ({ cue }) => lasts(cue) <= 0,
    help: { vi: 'Hết trước khi bắt đầu', en: 'Ends before it begins' },
  },
  {
    id: 'overlap',
    stops: true,
    is: ({ cue, before }) => before !== undefined && cue.start < before.end,
    help: { vi: 'Đè lên câu trước', en: 'Begins before the last one ends' },
  },
  {
    id: 'outside',
    stops: true,
    is: ({ cue, clipMs }) => clipMs > 0 && cue.end > clipMs + SLACK_MS,
    help: { vi: 'Ra ngoài clip', en: 'Runs past the end of the clip' },
  },
  {
    id: 'fast',
    stops: false,
    is: ({ cue }) => lasts(cue) > 0 && paceOf(cue) > LIMITS.pace,
    help: {
      vi: `Đọc không kịp: hơn ${LIMITS.pace} ký tự mỗi giây`,
      en: `Too fast to read: over ${LIMITS.pace} characters a second`,
    },
  },
  {
    id: 'short',
    stops: false,
    is: ({ cue }) => lasts(cue) > 0 && lasts(cue) < LIMITS.shortestMs,
    help: { vi: 'Hiện quá ngắn: dưới 0,8 giây', en: 'Shown for less than 0.8 s' },
  },
  {
    id: 'long',
    stops: false,
    is: ({ cue }) => lasts(cue) > LIMITS.longestMs,
    help: { vi: 'Hiện quá lâu: hơn 7 giây', en: 'Shown for more than 7 s' },
  },
  {
    id: 'wide',
    stops: false,
    is: ({ cue }) => linesOf(cue).some((line) => line.length > LIMITS.lineLetters),
    help: {
      vi: `Dòng dài hơn ${LIMITS.lineLetters} ký tự`,
      en: `A line is longer than ${LIMITS.lineLetters} characters`,
    },
  },
  {
    id: 'tall',
    stops: false,
    is: ({ cue }) => linesOf(cue).length > LIMITS.lines,
    help: { vi: `Nhiều hơn ${LIMITS.lines} dòng`, en: `More than ${LIMITS.lines} lines` },
  },
  {
    id: 'close',
    stops: false,
    is: ({ cue, before }) => {
      const gap = before ? cue.start - before.end : LIMITS.gapMs
      return gap > 0 && gap < LIMITS.gapMs
    },
    help: {
      vi: 'Cách câu trước quá ít, chữ sẽ nháy',
      en: 'So close to the last one that it flickers',
    },
  },
]

export type Finding = { at: number; rule: RuleId; stops: boolean; help: Help }

/** Every problem of every cue, in the order of the cues. `clipMs` is 0 where the length is not known. */
export const checkCues = (cues: readonly Cue[], clipMs: number): Finding[] =>
  cues.flatMap((cue, at) => {
    const around = { cue, before: cues[at - 1], clipMs }
    return RULES.filter((rule) => rule.is(around)).map(({ id, stops, help }) => ({ at, rule: id, stops, help })) // prettier-ignore
  })
