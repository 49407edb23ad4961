import type { NoteField } from '../note-fields'

export type Notes = Record<NoteField, string>

/**
 * What was typed, field by field, and over which words. A field that nobody touched is not here: it follows what is
 * saved, whoever saved it.
 */
export type Draft = ReadonlyMap<NoteField, { over: string; typed: string }>

export const NOTHING_TYPED: Draft = new Map()

export const edited = (draft: Draft, saved: Notes, name: NoteField, typed: string): Draft => {
  const after = new Map(draft)
  if (typed === saved[name]) after.delete(name)
  else after.set(name, { over: draft.get(name)?.over ?? saved[name], typed })
  return after
}

export const shown = (draft: Draft, saved: Notes): Notes => ({
  ...saved,
  ...Object.fromEntries([...draft].map(([name, { typed }]) => [name, typed])),
})

/** All that a save sends: a colleague's word in another field is none of its business. */
export const unsavedIn = (draft: Draft, saved: Notes): Partial<Notes> =>
  Object.fromEntries(
    [...draft].flatMap(([name, { typed }]) => (typed === saved[name] ? [] : [[name, typed]])),
  )

/** What somebody else saved in a field while one typed there, to be read beside one's own before it is saved. */
export const theirsIn = (draft: Draft, saved: Notes): Partial<Notes> =>
  Object.fromEntries(
    [...draft].flatMap(([name, { over, typed }]) =>
      over === saved[name] || typed === saved[name] ? [] : [[name, saved[name]]],
    ),
  )

/** After a save: what was typed while it was under way stays, over what was sent. */
export const settled = (draft: Draft, sent: Partial<Notes>): Draft =>
  new Map(
    [...draft].flatMap(([name, { over, typed }]) =>
      typed === sent[name] ? [] : [[name, { over: sent[name] ?? over, typed }] as const],
    ),
  )

/** The words that stood where these were sent: an undo puts back no others. */
export const before = (sent: Partial<Notes>, saved: Notes): Partial<Notes> =>
  Object.fromEntries(Object.entries(saved).filter(([name]) => Object.hasOwn(sent, name)))
