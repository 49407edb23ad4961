'use client'

import { useCallback, useEffect, useReducer, useState } from 'react'
import type { Help } from '@/errors'
import type { Redaction } from '@/media/redact'
import { sendJson } from '@/people/ui/api'
import { usePolled } from '@/people/ui/use-polled'
import { EMPTY, stepped, type Draft, type Step } from './redact-list'

/** What the newsroom says is covered in a story's clip. */
export type Covered = {
  clip: {
    asset: string
    durationSeconds: number
    width: number
    height: number
    hasSound: boolean
    hasPicture: boolean
  } | null
  state: { state: string; progress: number; secondsLeft: number | null; failure: Help | null }
  redactions: Redaction[]
  revision: number
  savedBy: string | null
  may: boolean
  help: Help | null
  proxy: string | null
  bare: string | null
}

export const isMaking = ({ state }: Covered) => !['ready', 'failed'].includes(state.state)

const pace = (covered: Covered | null) => (covered?.clip && isMaking(covered) ? 1_500 : 20_000)

export type Redactor = {
  covered: Covered | null
  draft: Draft
  step: (step: Step) => void
  dirty: boolean
  busy: boolean
  saved: boolean
  said: Help | null
  save: () => Promise<void>
}

const NOTHING = { asset: '', revision: 0 }

/** The list being edited beside what is saved. What comes in while somebody edits does not take their list away. */
export const useRedactor = (story: string, onSaved: () => void): Redactor => {
  const { data: covered, reload } = usePolled<Covered>(`/api/desk/redactions/${story}`, pace)
  const [draft, step] = useReducer(stepped, EMPTY)
  const [loaded, setLoaded] = useState(NOTHING)
  const [busy, setBusy] = useState(false)
  const [saved, setSaved] = useState(false)
  const [said, setSaid] = useState<Help | null>(null)
  const dirty = covered?.clip
    ? JSON.stringify(draft.list) !== JSON.stringify(covered.redactions)
    : false
  useEffect(() => {
    if (!covered?.clip) return
    const { asset } = covered.clip
    // Boxes that were drawn on one clip mean nothing on another that was sent meanwhile.
    const same = asset === loaded.asset
    if (same && (covered.revision === loaded.revision || draft.past.length > 0)) return
    step({ do: 'load', list: covered.redactions })
    setLoaded({ asset, revision: covered.revision })
  }, [covered, loaded, draft.past.length])
  const save = useCallback(async () => {
    if (!covered) return
    setBusy(true)
    const body = { story, ...loaded, redactions: draft.list }
    const answer = await sendJson<{ revision: number }>('/api/redactions', body)
    setSaid(answer.ok ? null : answer.help)
    setSaved(answer.ok)
    if (answer.ok) {
      step({ do: 'load', list: draft.list })
      setLoaded({ asset: loaded.asset, revision: answer.data.revision })
      onSaved()
    }
    await reload()
    setBusy(false)
  }, [covered, draft.list, loaded, onSaved, reload, story])
  return { covered, draft, step, dirty, busy, saved, said, save }
}
