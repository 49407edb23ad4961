'use client'

import { useCallback, useState } from 'react'
import type { Help } from '@/errors'
import { sendJson } from '@/people/ui/api'
import type { Detail } from '../detail'
import type { NoteField } from '../note-fields'
import {
  before,
  edited,
  NOTHING_TYPED,
  settled,
  shown,
  theirsIn,
  unsavedIn,
  type Draft,
  type Notes,
} from './notes-draft'

/** What was typed and not saved, by original: closing the panel, or opening another, throws no word away. */
const drafts = new Map<string, Draft>()

type Said = { tone: 'red' | 'blue'; words: Help } | null
/** Good only while nobody saved after: else it would put back over their words. */
type Undo = { revision: number; words: Partial<Notes> } | null

/** The notes as they are typed, beside those that are saved. */
export const useNotes = (detail: Detail, reload: () => Promise<Detail | null>) => {
  const { asset, notes: saved, revision } = detail
  const [draft, setDraft] = useState<Draft>(() => drafts.get(asset) ?? NOTHING_TYPED)
  const [undo, setUndo] = useState<Undo>(null)
  const [said, setSaid] = useState<Said>(null)
  const [busy, setBusy] = useState(false)

  const keep = useCallback(
    (next: (draft: Draft) => Draft) => {
      const after = next(drafts.get(asset) ?? NOTHING_TYPED)
      if (after.size > 0) drafts.set(asset, after)
      else drafts.delete(asset)
      setDraft(after)
    },
    [asset],
  )

  const set = useCallback(
    (name: NoteField, typed: string) => {
      setUndo(null)
      keep((draft) => edited(draft, saved, name, typed))
    },
    [keep, saved],
  )

  const send = useCallback(
    async (words: Partial<Notes>, back: Partial<Notes> | null) => {
      setBusy(true)
      setSaid(null)
      const path = `/api/library/${asset}/notes`
      const answer = await sendJson<{ revision: number }>(path, { revision, ...words })
      // Offline nothing is read anew either; what was typed stays.
      const now = answer.ok || answer.reason === 'stale' ? await reload() : null
      if (answer.ok && now) keep((draft) => settled(draft, words))
      setUndo(answer.ok && back ? { revision: answer.data.revision, words: back } : null)
      setSaid(answer.ok ? null : { tone: 'red', words: answer.help })
      setBusy(false)
    },
    [asset, revision, reload, keep],
  )

  const unsaved = unsavedIn(draft, saved)
  const back = undo?.revision === revision ? undo.words : null
  return {
    typed: shown(draft, saved),
    set,
    said,
    theirs: theirsIn(draft, saved),
    busy,
    changed: Object.keys(unsaved).length > 0,
    undo: back ? () => void send(back, null) : null,
    save: () => void send(unsaved, before(unsaved, saved)),
  }
}
