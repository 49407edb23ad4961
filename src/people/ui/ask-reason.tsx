'use client'

import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { useSay } from './say'

const WORDS = {
  reason: { vi: 'Lý do', en: 'Reason' },
  why: { vi: 'Người nhận sẽ đọc đúng dòng này.', en: 'The person concerned will read this line.' },
  cancel: { vi: 'Thôi', en: 'Cancel' },
}

export type Question = {
  title: string
  /** What will happen, in a sentence. */
  what?: string
  confirm: string
  needsReason: boolean
  danger?: boolean
  /** What was typed before, when the server said no to it. */
  typed?: string
}

type Props = { question: Question; onAnswer: (reason: string | null) => void }

/**
 * Asks before what cannot be taken back lightly. Escape means no. It hangs on the body and is no form: the page it is
 * asked from may be one.
 */
export const AskReason = ({ question, onAnswer }: Props) => {
  const say = useSay()
  const dialog = useRef<HTMLDialogElement>(null)
  const [reason, setReason] = useState(question.typed ?? '')
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  const incomplete = question.needsReason && reason.trim().length < 3
  return createPortal(
    <dialog
      ref={dialog}
      className="ht-dialog"
      aria-label={question.title}
      onCancel={() => onAnswer(null)}
    >
      <div className="ht-dialog__body">
        <h2>{question.title}</h2>
        {question.what ? <p>{question.what}</p> : null}
        {question.needsReason ? (
          <label className="ht-field">
            {say(WORDS.reason)}
            <textarea
              className="ht-input"
              rows={3}
              autoFocus
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <span>{say(WORDS.why)}</span>
          </label>
        ) : null}
        <div className="ht-row ht-row--end">
          <button type="button" className="ht-btn" onClick={() => onAnswer(null)}>
            {say(WORDS.cancel)}
          </button>
          <button
            type="button"
            onClick={() => onAnswer(reason.trim())}
            className={question.danger ? 'ht-btn ht-btn--danger' : 'ht-btn ht-btn--primary'}
            disabled={incomplete}
          >
            {question.confirm}
          </button>
        </div>
      </div>
    </dialog>,
    document.body,
  )
}
