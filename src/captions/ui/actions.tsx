'use client'

import { Check, Download, RotateCcw, Upload } from 'lucide-react'
import { useRef, useState, type ChangeEvent } from 'react'
import type { Help } from '@/errors'
import type { Cue } from '@/media/captions'
import { sendJson } from '@/people/ui/api'
import { AskReason, type Question } from '@/people/ui/ask-reason'
import { useSay } from '@/people/ui/say'
import type { Captions } from './types'
import type { Draft } from './use-draft'
import { CAPTIONS } from './words'

type Props = {
  asset: string
  language: string
  row: Captions | null
  open: boolean
  mayWrite: boolean
  stops: number
  draft: Draft
  onSaid: (help: Help | null) => void
  onChanged: () => Promise<void>
}

const base64Of = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.onerror = () => reject(new Error('the file could not be read'))
    reader.readAsDataURL(file)
  })

type Imported = { captions: { revision: number }; cues: Cue[] }

const ImportButton = ({ asset, language, draft, onSaid, onChanged }: Props) => {
  const say = useSay()
  const input = useRef<HTMLInputElement>(null)
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? []
    event.target.value = ''
    if (!file || !(await draft.save())) return
    const body = { asset, language, revision: draft.revision.current.revision, file: await base64Of(file) } // prettier-ignore
    const answer = await sendJson<Imported>('/api/captioning/import', body)
    onSaid(answer.ok ? null : answer.help)
    if (!answer.ok) return
    draft.adopt(answer.data.cues, answer.data.captions.revision)
    await onChanged()
  }
  return (
    <>
      <button
        type="button"
        className="ht-btn"
        title={say(CAPTIONS.importWhat)}
        onClick={() => input.current?.click()}
      >
        <Upload size={15} aria-hidden />
        {say(CAPTIONS.import)}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".srt,.vtt,text/vtt,application/x-subrip"
        aria-label={say(CAPTIONS.import)}
        onChange={(event) => void take(event)}
      />
    </>
  )
}

const ExportLinks = ({ row }: { row: Captions }) => (
  <>
    {['srt', 'vtt'].map((format) => (
      <a key={format} className="ht-btn" href={`/api/captioning/${row.id}/file?format=${format}`}>
        <Download size={15} aria-hidden />
        {format.toUpperCase()}
      </a>
    ))}
  </>
)

type Move = 'accept' | 'reopen'

const useMove = ({ row, draft, onSaid, onChanged }: Props) => {
  const [busy, setBusy] = useState(false)
  const move = async (verb: Move) => {
    if (!row) return
    setBusy(true)
    if (verb === 'reopen' || (await draft.save())) {
      const revision = verb === 'accept' ? draft.revision.current.revision : row.revision
      const answer = await sendJson<{ captions: { revision: number } }>(`/api/captioning/${verb}`, { id: row.id, revision }) // prettier-ignore
      onSaid(answer.ok ? null : answer.help)
      if (answer.ok) draft.revision.current.revision = answer.data.captions.revision
      await onChanged()
    }
    setBusy(false)
  }
  return { busy, move }
}

/** What is done with the captions as a whole: in, out, accepted, opened again. */
export const Actions = (props: Props) => {
  const { row, open, mayWrite, stops, draft } = props
  const say = useSay()
  const { busy, move } = useMove(props)
  const [asking, ask] = useState<Move | null>(null)
  const accepted = row?.state === 'accepted'
  const questions: Record<Move, Question> = {
    accept: { title: say(CAPTIONS.acceptAsk), what: say(CAPTIONS.acceptWhat), confirm: say(CAPTIONS.accept), needsReason: false }, // prettier-ignore
    reopen: { title: say(CAPTIONS.reopenAsk), what: say(CAPTIONS.reopenWhat), confirm: say(CAPTIONS.reopen), needsReason: false }, // prettier-ignore
  }
  return (
    <div className="ht-row ht-cap__actions">
      {open ? <ImportButton {...props} /> : null}
      {row ? <ExportLinks row={row} /> : null}
      {mayWrite && accepted ? (
        <button type="button" className="ht-btn" disabled={busy} onClick={() => ask('reopen')}>
          <RotateCcw size={15} aria-hidden />
          {say(CAPTIONS.reopen)}
        </button>
      ) : null}
      {open && row && draft.edit.cues.length > 0 ? (
        <button
          type="button"
          className="ht-btn ht-btn--primary"
          disabled={busy || stops > 0 || draft.conflict !== null}
          onClick={() => ask('accept')}
        >
          <Check size={15} aria-hidden />
          {say(CAPTIONS.accept)}
        </button>
      ) : null}
      {asking ? (
        <AskReason
          question={questions[asking]}
          onAnswer={(yes) => {
            ask(null)
            if (yes !== null) void move(asking)
          }}
        />
      ) : null}
    </div>
  )
}
