'use client'

import { Mic } from 'lucide-react'
import { useState } from 'react'
import type { Help } from '@/errors'
import type { Cue } from '@/media/captions'
import { sendJson } from '@/people/ui/api'
import { Notice } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import type { Captioning, Captions } from './types'
import type { Draft } from './use-draft'
import { CAPTIONS } from './words'

type Props = {
  about: Captioning
  language: string
  row: Captions | null
  draft: Draft
  onSaid: (help: Help | null) => void
  onChanged: () => Promise<void>
}

type Settled = { captions: { revision: number }; cues: Cue[] }

/** The machine's draft lies beside what somebody wrote meanwhile: one of the two is chosen. */
const Beside = ({ row, draft, onSaid, onChanged }: Props & { row: Captions }) => {
  const say = useSay()
  const settle = async (take: boolean) => {
    if (!(await draft.save())) return
    const body = { id: row.id, revision: draft.revision.current.revision, take }
    const answer = await sendJson<Settled>('/api/captioning/heard', body)
    onSaid(answer.ok ? null : answer.help)
    if (answer.ok && take) draft.adopt(answer.data.cues, answer.data.captions.revision)
    else if (answer.ok) draft.revision.current.revision = answer.data.captions.revision
    await onChanged()
  }
  return (
    <Notice tone="blue">
      <p>{say(CAPTIONS.heard, { n: row.heard?.length ?? 0 })}</p>
      <div className="ht-row">
        <button type="button" className="ht-btn" onClick={() => void settle(true)}>
          {say(CAPTIONS.takeHeard)}
        </button>
        <button type="button" className="ht-btn" onClick={() => void settle(false)}>
          {say(CAPTIONS.dropHeard)}
        </button>
      </div>
    </Notice>
  )
}

const Failed = ({ help }: { help: unknown }) => {
  const say = useSay()
  const isHelp = typeof help === 'object' && help !== null && 'vi' in help && 'en' in help
  return isHelp ? <Notice tone="red">{say({ vi: String(help.vi), en: String(help.en) })}</Notice> : null
} // prettier-ignore

/** Asking the machine, and what became of it. */
export const Machine = (props: Props) => {
  const { about, language, row, draft, onSaid, onChanged } = props
  const say = useSay()
  const [busy, setBusy] = useState(false)
  if (!about.mayWrite || row?.state === 'accepted') return null
  const ask = async () => {
    setBusy(true)
    const answer = await sendJson('/api/captioning/transcribe', { asset: about.asset.id, language })
    onSaid(answer.ok ? null : answer.help)
    await onChanged()
    setBusy(false)
  }
  const waiting = row?.hearing === 'asked'
  const offered = about.machine !== null && draft.edit.cues.length === 0 && !waiting
  return (
    <>
      {waiting ? <Notice tone="blue">{say(CAPTIONS.hearing)}</Notice> : null}
      {row?.hearing === 'failed' ? <Failed help={row.hearingHelp} /> : null}
      {row?.heard ? <Beside {...props} row={row} /> : null}
      {offered ? (
        <div className="ht-row">
          <button type="button" className="ht-btn" disabled={busy} onClick={() => void ask()}>
            <Mic size={15} aria-hidden />
            {say(CAPTIONS.ask)}
          </button>
          <span className="ht-muted">{say(CAPTIONS.askWhat, { model: about.machine ?? '' })}</span>
        </div>
      ) : null}
    </>
  )
}
