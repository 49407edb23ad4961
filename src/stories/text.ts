import { randomBytes } from 'node:crypto'

const MARKS = /\p{M}/gu

/** Without diacritics and in lower case, as people type in a hurry: "Đồng Hỷ" becomes "dong hy". */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(MARKS, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').toLowerCase()

/** One spelling of each letter: phones and Macs send two. */
export const nfc = (text: string): string => text.normalize('NFC')

const LONGEST = 100

/** At most 100 characters, cut between two words. Never empty. */
export const slugOf = (text: string): string => {
  const whole = fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  if (whole.length <= LONGEST) return whole || 'tin'
  const cut = whole.slice(0, LONGEST + 1)
  const end = cut.lastIndexOf('-')
  return end > 0 ? cut.slice(0, end) : whole.slice(0, LONGEST)
}

const TAIL_BYTES = 3

/** A slug that no other story has: two stories of one title must not meet on one public address. */
export const newSlug = (title: string): string => {
  const tail = randomBytes(TAIL_BYTES).toString('hex')
  const room = LONGEST - tail.length - 1
  const words = slugOf(title)
  const cut =
    words.length <= room ? words : words.slice(0, Math.max(1, words.lastIndexOf('-', room)))
  return `${cut.slice(0, room).replace(/-+$/, '')}-${tail}`
}

/** What search reads: every word of the story, folded, one space between two. */
export const searchText = (parts: readonly (string | null | undefined)[]): string =>
  fold(parts.filter(Boolean).join(' ')).replace(/\s+/g, ' ').trim()

/** Tags as a list: they are typed with commas between. */
export const tagList = (tags: string | null | undefined): string[] =>
  (tags ?? '')
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
