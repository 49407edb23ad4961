'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { Help } from '@/errors'
import type { Cue } from '@/media/captions'
import { sendJson, type Answer } from '@/people/ui/api'
import { afterOpening, afterTyping, keepDraft, keptDraft, openWith, sameCues, type Status } from './draft' // prettier-ignore
import { beginEdit, edited, type Doing, type Edit } from './edit'
import type { Captions } from './types'

export type Conflict = { cues: Cue[]; revision: number }

const NONE: Cue[] = []
const IDLE_MS = 1_200
const AGAIN_MS = 5_000

type Saved = { captions: { revision: number } }
type Refused = Extract<Answer<Saved>, { ok: false }>

/** A stale save brings the other's words along. */
const conflictIn = ({ detail }: Refused): Conflict | null => {
  const { cues, captions } = (detail ?? {}) as { cues?: Cue[]; captions?: { revision: number } } // the contract of our own endpoint
  return cues && captions ? { cues, revision: captions.revision } : null
}

const AWAY = (answer: Refused) =>
  answer.status === 0 || answer.status === 401 || answer.status === 429 || answer.status >= 500

type Place = { asset: string; language: string; stored: Captions | null; open: boolean }

/** Everything that must outlive a rendering: what the server has, and what is on its way there. */
type Held = { revision: number; sent: readonly Cue[] | null; known: readonly Cue[] }

/**
 * The captions in hand. Each change goes into the browser's journal at once and to the server after a pause, with the
 * revision that it began from: a cut line, a closed tab or somebody else's save loses nothing.
 */
export const useDraft = ({ asset, language, stored, open }: Place) => {
  const [edit, setEdit] = useState<Edit>(() => beginEdit(stored?.cues ?? NONE))
  const [status, setStatus] = useState<Status>('saved')
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const [said, setSaid] = useState<Help | null>(null)
  const held = useRef<Held>({ revision: stored?.revision ?? -1, sent: null, known: stored?.cues ?? NONE }) // prettier-ignore
  const latest = useRef(edit)
  latest.current = edit

  const settle = useCallback((cues: readonly Cue[], revision: number) => {
    held.current = { revision, sent: null, known: cues }
  }, [])

  const save = useCallback(async (): Promise<boolean> => {
    const { cues } = latest.current
    if (held.current.sent !== null) return false
    if (cues === held.current.known) {
      keepDraft(asset, language, null)
      setStatus((now) => (now === 'conflict' ? now : 'saved'))
      return true
    }
    held.current.sent = cues
    setStatus('saving')
    const body = { asset, language, revision: held.current.revision, cues }
    const answer = await sendJson<Saved>('/api/captioning/save', body)
    held.current.sent = null
    setSaid(answer.ok ? null : answer.help)
    if (answer.ok) {
      settle(cues, answer.data.captions.revision)
      const { cues: now, at } = latest.current
      const done = now === cues
      // What was typed meanwhile goes on from what has just arrived.
      keepDraft(asset, language, done ? null : { revision: held.current.revision, cues: [...now], at }) // prettier-ignore
      setStatus(done ? 'saved' : 'dirty')
      return done
    }
    const other = answer.reason === 'stale' ? conflictIn(answer) : null
    if (other && sameCues(other.cues, held.current.known)) {
      // Accepted and opened again meanwhile, say: nobody's words stand between.
      held.current.revision = other.revision
      setSaid(null)
      setStatus('dirty')
      return false
    }
    if (other) setConflict(other)
    if (other) setStatus('conflict')
    else if (answer.reason === 'accepted') setStatus('closed')
    else setStatus(AWAY(answer) ? 'away' : 'refused')
    return false
  }, [asset, language, settle])

  // What was typed here and never arrived comes back; where the two went apart, the person chooses.
  useEffect(() => {
    const now = { revision: stored?.revision ?? -1, cues: stored?.cues ?? [] }
    const found = openWith(now, keptDraft(asset, language))
    if (!found.unsaved) return
    setEdit((before) => edited(before, { do: 'all', cues: found.cues }))
    if (found.theirs) setConflict({ cues: found.theirs, revision: now.revision })
    setStatus(found.theirs ? 'conflict' : 'dirty')
    // Once, when the editor opens.
  }, [])

  useEffect(() => {
    if (edit.cues === held.current.known) return
    const { revision } = held.current
    keepDraft(asset, language, { revision, cues: [...edit.cues], at: edit.at })
  }, [edit.cues, asset, language])

  useEffect(() => {
    if (!open || (status !== 'dirty' && status !== 'away')) return
    const timer = setTimeout(() => void save(), status === 'away' ? AGAIN_MS : IDLE_MS)
    const back = () => void save()
    window.addEventListener('online', back)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('online', back)
    }
  }, [status, edit.cues, open, save])

  const storedRevision = stored?.revision
  useEffect(() => {
    // By the revision too: between two looks they may have been accepted and opened again.
    if (open) setStatus(afterOpening)
  }, [open, storedRevision])

  const act = useCallback((doing: Doing) => {
    const next = edited(latest.current, doing)
    if (next === latest.current) return
    if (next.cues !== latest.current.cues) {
      const same = next.cues === held.current.known && held.current.sent === null
      // Taken back before it was saved: it must not come back with the next opening.
      if (same) keepDraft(asset, language, null)
      if (same) setSaid(null)
      setStatus((now) => afterTyping(now, same))
    }
    latest.current = next
    setEdit(next)
  }, [asset, language]) // prettier-ignore

  /** Words that the server has already: another's newer save, or a file that was imported. */
  const adopt = useCallback(
    (cues: readonly Cue[], revision: number) => {
      settle(cues, revision)
      setEdit((before) => edited(before, { do: 'all', cues }))
      keepDraft(asset, language, null)
      setStatus('saved')
    },
    [asset, language, settle],
  )

  const choose = useCallback(
    (whose: 'mine' | 'theirs') => {
      if (!conflict) return
      setConflict(null)
      setSaid(null)
      if (whose === 'theirs') return adopt(conflict.cues, conflict.revision)
      settle(conflict.cues, conflict.revision)
      setEdit((now) => ({ ...now, past: [...now.past, { cues: conflict.cues, at: 0 }], last: '' }))
      setStatus('dirty')
    },
    [conflict, adopt, settle],
  )

  const isNewer = useCallback((revision: number) => revision > held.current.revision, [])
  return { edit, act, status, said, conflict, choose, save, adopt, isNewer, revision: held }
}

export type Draft = ReturnType<typeof useDraft>
