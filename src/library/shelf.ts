import { dayOf, type Rights } from '@/assets/rights'
import type { Words } from './search-index'

/** The few columns that the library keeps in memory of each row; none of them is a long text. */
export type AssetCard = {
  id: string
  title: string
  kind: string
  state: string
  seconds: number
  createdAt: string
  parent: string
}
export type NoteCard = Rights & {
  asset: string
  title: string
  people: string
  place: string
  takenOn: string
  credit: string
}
export type UploadCard = { id: string; asset: string; story: string; owner: string }
export type StoryCard = { id: string; title: string; section: string; author: string }

export type Shelf = {
  assets: Map<string, AssetCard>
  notes: Map<string, NoteCard>
  /** By asset, then by the upload's own id. */
  uploads: Map<string, Map<string, UploadCard>>
  stories: Map<string, StoryCard>
  sections: Map<string, string>
}

export const emptyShelf = (): Shelf => ({
  assets: new Map(),
  notes: new Map(),
  uploads: new Map(),
  stories: new Map(),
  sections: new Map(),
})

/** One original as it is searched and filtered. */
export type Entry = Words & {
  kind: string
  seconds: number
  /** The day it was taken; where nobody said, the day it came. */
  day: string
  sectionIds: string[]
  storyCount: number
  rights: Rights[]
}

const storiesOf = (shelf: Shelf, asset: string): StoryCard[] => {
  const ids = new Set([...(shelf.uploads.get(asset)?.values() ?? [])].map(({ story }) => story))
  return [...ids].flatMap((id) => shelf.stories.get(id) ?? [])
}

const MOST_CUTS = 20

/** What was said of it and of all that it was cut from, the nearest first. */
const notesAbove = (shelf: Shelf, asset: AssetCard): NoteCard[] => {
  const notes: NoteCard[] = []
  let at: AssetCard | undefined = asset
  for (let cut = 0; at && cut < MOST_CUTS; cut++) {
    const note = shelf.notes.get(at.id)
    if (note) notes.push(note)
    at = shelf.assets.get(at.parent)
  }
  return notes
}

const unique = (words: readonly string[]) => [...new Set(words.filter(Boolean))]

/** What one knows of an original: its own name, what people said of it, and the stories that it lies in. */
export const entryOf = (shelf: Shelf, asset: AssetCard): Entry => {
  const notes = notesAbove(shelf, asset)
  const own = shelf.notes.get(asset.id)
  const stories = storiesOf(shelf, asset.id)
  const sectionIds = unique(stories.map(({ section }) => section))
  const joined = (pick: (note: NoteCard) => string) => unique(notes.map(pick)).join(' ')
  return {
    id: asset.id,
    title: unique([own?.title ?? '', asset.title]).join(' '),
    people: joined(({ people }) => people),
    place: joined(({ place }) => place),
    credit: joined(({ credit }) => credit),
    stories: unique(stories.map(({ title }) => title)).join(' '),
    sections: unique(sectionIds.map((id) => shelf.sections.get(id) ?? '')).join(' '),
    kind: asset.kind,
    seconds: asset.seconds,
    day: notes.find(({ takenOn }) => takenOn)?.takenOn || dayOf(asset.createdAt),
    sectionIds,
    storyCount: stories.length,
    rights: notes,
  }
}

/** What a reporter may know of it: that it is theirs, and their own stories; what the desk notes stays at the desk. */
export const ownEntryOf = (shelf: Shelf, asset: AssetCard, person: string): Entry => {
  const stories = storiesOf(shelf, asset.id).filter(({ author }) => author === person)
  const only: Shelf = {
    ...shelf,
    notes: new Map(),
    stories: new Map(stories.map((story) => [story.id, story])),
  }
  return entryOf(only, asset)
}

/** Theirs: they sent it, or wrote a story that it lies in. */
export const isTheirs = (shelf: Shelf, asset: string, person: string): boolean =>
  [...(shelf.uploads.get(asset)?.values() ?? [])].some(
    ({ owner, story }) => owner === person || shelf.stories.get(story)?.author === person,
  )

/** Everything cut out of these, and out of that: what is said of a whole is said of its parts. */
export const withCuts = (shelf: Shelf, assets: ReadonlySet<string>): Set<string> => {
  const all = new Set(assets)
  if (all.size === 0) return all
  const cuts = [...shelf.assets.values()].filter(({ parent }) => parent !== '')
  for (let before = -1; before !== all.size;) {
    before = all.size
    for (const { id, parent } of cuts) if (all.has(parent)) all.add(id)
  }
  return all
}
