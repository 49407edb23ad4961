import { rightsOn, type RightsState } from '@/assets/rights'
import type { Hit, SearchIndex } from './search-index'
import type { Entry } from './shelf'

export type Query = {
  text: string
  person: string
  place: string
  kind: string
  section: string
  rights: RightsState | ''
  /** Days as YYYY-MM-DD, both included. */
  from: string
  to: string
}

export type Found = {
  ids: string[]
  /** Nothing had just these words: what comes nearest is shown instead. */
  near: boolean
}

/** Newest first; of one day in a steady order. */
export const byDay = (a: Entry, b: Entry): number =>
  a.day === b.day ? (a.id < b.id ? -1 : 1) : a.day < b.day ? 1 : -1

const fits =
  (query: Query, today: string) =>
  (entry: Entry): boolean =>
    (!query.kind || entry.kind === query.kind) &&
    (!query.section || entry.sectionIds.includes(query.section)) &&
    (!query.from || entry.day >= query.from) &&
    (!query.to || entry.day <= query.to) &&
    (!query.rights || rightsOn(entry.rights, today) === query.rights)

type Looked = {
  entries: ReadonlyMap<string, Entry>
  /** The same, newest first. */
  ordered: readonly Entry[]
  index: Pick<SearchIndex, 'find'>
  today: string
}

const ofHits = (hits: readonly Hit[], looked: Looked, query: Query): string[] => {
  const fit = fits(query, looked.today)
  return hits
    .flatMap(({ id, score }) => {
      const entry = looked.entries.get(id)
      return entry && fit(entry) ? [{ score, entry }] : []
    })
    .sort((a, b) => b.score - a.score || byDay(a.entry, b.entry))
    .map(({ entry }) => entry.id)
}

/**
 * By the words as they are first; only where nothing has them a wrong letter is forgiven. Both at once would set words
 * that are merely alike beside those that were meant: folded Vietnamese syllables stand one letter apart.
 */
export const find = (query: Query, looked: Looked): Found => {
  const exact = looked.index.find(query, false)
  if (!exact) {
    const fit = fits(query, looked.today)
    return { ids: looked.ordered.filter(fit).map(({ id }) => id), near: false }
  }
  const ids = ofHits(exact, looked, query)
  if (ids.length > 0) return { ids, near: false }
  const near = ofHits(looked.index.find(query, true) ?? [], looked, query)
  return { ids: near, near: near.length > 0 }
}

/** A page after the one that ended with `cursor`: `<place>.<id>`, found again by its id where the list has moved. */
export const pageOf = (
  ids: readonly string[],
  cursor: string,
  limit: number,
): { ids: string[]; next: string | null } => {
  const [, place = '', last = ''] = /^(\d{1,9})\.(.{1,64})$/.exec(cursor) ?? []
  const there = last ? ids.indexOf(last) : -1
  const start = there >= 0 ? there + 1 : Number(place || 0)
  const page = ids.slice(start, start + limit)
  const end = start + page.length
  return { ids: page, next: end < ids.length ? `${end}.${page.at(-1) ?? ''}` : null }
}
