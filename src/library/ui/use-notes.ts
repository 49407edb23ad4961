'use client'

import { useCallback, useState } from 'react'
import type { Help } from '@/errors'
import { sendJson } from '@/people/ui/api'
import type { Detail } from '../detail'
import { NOTE_FIELDS, type NoteField } from '../note-fields'

export type Notes = Record<NoteField, string>

/** What was typed and not saved, by original: closing the panel, or opening another, throws no word away. */
const unsaved = new Map<string, Notes>()

const differ = (a: Notes, b: Notes) => NOTE_FIELDS.some((name) => a[name] !== b[name])

type Said = { tone: 'red' | 'blue'; words: Help } | null

/** The notes as they are typed, beside those that are saved. */
export const useNotes = (detail: Detail, reload: () => Promise<Detail | null>) => {
  const { asset, notes: saved, revision } = detail
  const [typed, setTyped] = useState<Notes>(() => unsaved.get(asset) ?? saved)
  const [undo, setUndo] = useState<Notes | null>(null)
  const [said, setSaid] = useState<Said>(null)
  /** What somebody else saved meanwhile, to be read beside one's own. */
  const [theirs, setTheirs] = useState<Notes | null>(null)
  const [busy, setBusy] = useState(false)

  const set = useCallback(
    (name: NoteField, value: string) => {
      setUndo(null)
      setTyped((before) => {
        const after = { ...before, [name]: value }
        unsaved.set(asset, after)
        return after
      })
    },
    [asset],
  )

  const send = useCallback(
    async (notes: Notes, before: Notes | null) => {
      setBusy(true)
      setSaid(null)
      const path = `/api/library/${asset}/notes`
      const answer = await sendJson<{ revision: number }>(path, { revision, ...notes })
      if (answer.ok) unsaved.delete(asset)
      // Offline nothing is read anew either; what was typed stays.
      const now = answer.ok || answer.reason === 'stale' ? await reload() : null
      if (answer.ok && now) setTyped(now.notes)
      setTheirs(!answer.ok && now ? now.notes : null)
      setUndo(answer.ok ? before : null)
      setSaid(answer.ok ? null : { tone: 'red', words: answer.help })
      setBusy(false)
    },
    [asset, revision, reload],
  )

  return {
    typed,
    set,
    said,
    theirs,
    busy,
    changed: differ(typed, saved),
    undo: undo ? () => void send(undo, null) : null,
    save: () => void send(typed, saved),
  }
}
