'use client'

import { CirclePause, CirclePlay } from 'lucide-react'
import { useState } from 'react'
import { AskReason } from '@/people/ui/ask-reason'
import { useSay } from '@/people/ui/say'
import type { SendTo } from './delivery-actions'
import { useSender } from './use-sender'
import { BOARD } from './words'

/** The one switch that holds everything outward. Holding asks for a reason, and so does lifting it. */
export const HoldSwitch = ({
  held,
  busy,
  send,
}: {
  held: boolean
  busy: boolean
  send: SendTo
}) => {
  const say = useSay()
  const sender = useSender()
  const [asking, setAsking] = useState(false)
  if (!sender) return null
  const words = say(held ? BOARD.open : BOARD.hold)
  const answered = (reason: string | null) => {
    setAsking(false)
    if (reason !== null) send('/api/hold', { held: !held, reason })
  }
  return (
    <>
      <button
        type="button"
        className={held ? 'ht-btn' : 'ht-btn ht-btn--danger'}
        disabled={busy}
        onClick={() => setAsking(true)}
      >
        {held ? <CirclePlay size={16} aria-hidden /> : <CirclePause size={16} aria-hidden />}
        {words}
      </button>
      {asking ? (
        <AskReason
          question={{
            title: words,
            what: held ? undefined : say(BOARD.holdWhat),
            confirm: words,
            needsReason: true,
            danger: !held,
          }}
          onAnswer={answered}
        />
      ) : null}
    </>
  )
}
