import MiniSearch from 'minisearch'
import { fold } from '@/stories/text'

/** What is looked through of one original, each as people wrote it. */
export type Words = {
  id: string
  title: string
  people: string
  place: string
  credit: string
  stories: string
  sections: string
}

const FIELDS = ['title', 'people', 'place', 'credit', 'stories', 'sections'] as const

/** Folded and cut at everything that is no letter and no digit: "Đồng-Hỷ_01.mp4" is dong, hy, 01, mp4. */
export const wordsOf = (text: string): string[] => fold(text).match(/[a-z0-9]+/g) ?? []

export type Asked = { text: string; person: string; place: string }
export type Hit = { id: string; score: number }

const LEAST_FOR_TYPO = 3
const LONG_WORD = 8

/** Vietnamese syllables are short: in one of three or four letters one wrong letter is the most that can be meant. */
const typos = (term: string): number | false => {
  if (term.length < LEAST_FOR_TYPO) return false
  return term.length < LONG_WORD ? 1 : 2
}

/** A word begun counts as the word; one letter alone would be half the house. */
const begun = (term: string): boolean => term.length > 1

const BUILD_CHUNK = 500

export type SearchIndex = ReturnType<typeof openSearchIndex>

/** The one file that knows the search library. It holds ids and words; what a hit shows is read elsewhere. */
export const openSearchIndex = () => {
  const index = new MiniSearch<Words>({
    fields: [...FIELDS],
    storeFields: [],
    tokenize: wordsOf,
    processTerm: (term) => term,
    searchOptions: {
      combineWith: 'AND',
      boost: { title: 3, people: 2, place: 2 },
    },
  })
  const parts = ({ text, person, place }: Asked) => [
    ...(wordsOf(text).length > 0 ? [{ queries: [text] }] : []),
    ...(wordsOf(person).length > 0 ? [{ queries: [person], fields: ['people'] }] : []),
    ...(wordsOf(place).length > 0 ? [{ queries: [place], fields: ['place'] }] : []),
  ]
  return {
    /** Gives the process back between two pieces: a web server answers others while it builds. */
    addAll: (words: readonly Words[]) => index.addAllAsync(words, { chunkSize: BUILD_CHUNK }),
    put: (words: Words) => {
      if (index.has(words.id)) index.replace(words)
      else index.add(words)
    },
    /** Best first; null when nothing was asked for. `loose` forgives a wrong letter or two in a word. */
    find: (asked: Asked, loose: boolean): Hit[] | null => {
      const queries = parts(asked)
      if (queries.length === 0) return null
      const found = index.search(
        { combineWith: 'AND', queries },
        { prefix: begun, ...(loose ? { fuzzy: typos, maxFuzzy: 2 } : {}) },
      )
      return found.map(({ id, score }) => ({ id: String(id), score }))
    },
  }
}
