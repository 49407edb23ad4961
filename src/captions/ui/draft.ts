import type { Cue } from '@/media/captions'
import type { SAVING } from './words'

export type Status = keyof typeof SAVING

/** What was typed and not yet saved, kept in this browser. */
export type Kept = { revision: number; cues: Cue[]; at: number }

const keyOf = (asset: string, language: string) => `ht-captions-${asset}-${language}`

const isCue = (value: unknown): value is Cue =>
  typeof value === 'object' &&
  value !== null &&
  ['start', 'end'].every((field) => typeof Reflect.get(value, field) === 'number') &&
  typeof Reflect.get(value, 'text') === 'string'

const isKept = (value: unknown): value is Kept => {
  if (typeof value !== 'object' || value === null) return false
  const cues: unknown = Reflect.get(value, 'cues')
  return (
    typeof Reflect.get(value, 'revision') === 'number' && Array.isArray(cues) && cues.every(isCue)
  )
}

export const keptDraft = (asset: string, language: string): Kept | null => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(asset, language)) ?? 'null')
    return isKept(kept) ? kept : null
  } catch {
    return null
  }
}

export const keepDraft = (asset: string, language: string, draft: Kept | null): void => {
  try {
    if (draft) localStorage.setItem(keyOf(asset, language), JSON.stringify(draft))
    else localStorage.removeItem(keyOf(asset, language))
  } catch {
    // A browser that keeps nothing still shows what was typed.
  }
}

export const sameCues = (one: readonly Cue[], other: readonly Cue[]): boolean =>
  one.length === other.length &&
  one.every((cue, at) => {
    const them = other[at]
    return them?.start === cue.start && them.end === cue.end && them.text === cue.text
  })

/** What to open with: what the server has, what was typed here since, or both where they went apart. */
export const openWith = (
  stored: { revision: number; cues: Cue[] },
  kept: Kept | null,
): { cues: Cue[]; unsaved: boolean; theirs: Cue[] | null } => {
  if (!kept || sameCues(kept.cues, stored.cues))
    return { cues: stored.cues, unsaved: false, theirs: null }
  const apart = kept.revision !== stored.revision
  return { cues: kept.cues, unsaved: true, theirs: apart ? stored.cues : null }
}

/** How it stands after a change here. `same`: the words are again what the server has. */
export const afterTyping = (now: Status, same: boolean): Status => {
  if (now === 'conflict' || now === 'closed' || now === 'saving') return now
  return same ? 'saved' : 'dirty'
}

/** How it stands when the server's captions may be written into: what waited for that goes on its way. */
export const afterOpening = (now: Status): Status => (now === 'closed' ? 'dirty' : now)
