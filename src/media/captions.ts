/** What is shown from `start` to `end`, in milliseconds. Lines are parted by LF; `<i>` and `<b>` are the only tags. */
export type Cue = { start: number; end: number; text: string }

export const MOST_BYTES = 2 * 1024 ** 2
export const MOST_CUES = 10_000
export const LONGEST_TEXT = 1_000
/** A clip of the house lasts four hours at most; a file made for a longer tape may still be cut to it. */
export const LATEST_MS = 24 * 3_600_000

const TAG = /<(\/?)([ib])>/g
/** Directions that turn the text around, and letters that are not there: neither is speech. */
const UNSEEN = /\p{Cc}|[\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** What stands before a tag that is dropped, and would make another with what stands behind it. */
const BEGUN = /<\/?[ib]?$/

/** Closes what was opened and drops what was not, so that no line changes the look of the next one. */
const balanced = (text: string): string => {
  const open: string[] = []
  const kept = text.replace(TAG, (whole, slash: string, name: string, at: number) => {
    const dropped = BEGUN.test(text.slice(Math.max(0, at - 3), at)) ? ' ' : ''
    if (slash === '') {
      if (open.includes(name)) return dropped
      open.push(name)
      return whole
    }
    if (open.at(-1) !== name) return dropped
    open.pop()
    return whole
  })
  return kept + open.reverse().map((name) => `</${name}>`).join('') // prettier-ignore
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/ {2,}/g, ' ').trim())
    .filter((line) => line !== '')

/** A cue's text as the house keeps it: NFC, no unseen letters, no blank line inside, its tags in pairs. */
export const tidyText = (text: string): string => {
  const seen = text.normalize('NFC').replace(/\r\n?/g, '\n').split('\n').map((line) => line.replace(/\t/g, ' ').replace(UNSEEN, '')) // prettier-ignore
  // Looked at again behind the tags: a line that was only a stray one is blank now, and would end the cue.
  return linesOf(balanced(linesOf(seen.join('\n')).join('\n'))).join('\n')
}

/** What a reader sees of it. */
export const plainText = (text: string): string => text.replace(TAG, '')

/** By their start; of two that start together the shorter first. */
export const inOrder = (cues: readonly Cue[]): Cue[] =>
  [...cues].sort((a, b) => a.start - b.start || a.end - b.end)

const two = (n: number) => String(n).padStart(2, '0')

/** `01:02:03` and its milliseconds behind the format's own mark. */
export const clockText = (ms: number, mark: '.' | ','): string => {
  const whole = Math.max(0, Math.round(ms))
  const seconds = Math.floor(whole / 1000)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return `${two(h)}:${two(m)}:${two(s)}${mark}${String(whole % 1000).padStart(3, '0')}`
}

const escaped = (text: string): string =>
  text
    .split(/(<\/?[ib]>)/)
    .map((part, at) =>
      at % 2 === 1 ? part : part.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'),
    )
    .join('')

/** WebVTT. A note says what a reader of the file should know, such as who wrote it. */
export const toVtt = (cues: readonly Cue[], note = ''): string => {
  const blocks = cues.map(
    ({ start, end, text }) =>
      `${clockText(start, '.')} --> ${clockText(end, '.')}\n${escaped(text)}\n`,
  )
  const head = note === '' ? 'WEBVTT\n' : `WEBVTT\n\nNOTE ${escaped(tidyText(note))}\n`
  return [head, ...blocks].join('\n')
}

/** SubRip, for other people's editors: they take what stands between as it is, so an arrow must not look like times. */
export const toSrt = (cues: readonly Cue[]): string =>
  cues
    .map(
      ({ start, end, text }, at) =>
        `${at + 1}\n${clockText(start, ',')} --> ${clockText(end, ',')}\n${text.replace(/-->/g, '→')}\n`,
    )
    .join('\n')
