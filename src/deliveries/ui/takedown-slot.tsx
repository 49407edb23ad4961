'use client'

import { useState, type ComponentProps } from 'react'
import { AskReason } from '@/people/ui/ask-reason'
import { useSay } from '@/people/ui/say'
import type { TakedownSlot as Slot } from '@/signoff/ui/review-room'
import { actionsIn } from '../states'
import { useSender } from './use-sender'
import { PLAN } from './words'

/** One press, one reason, every channel. */
export const TakedownSlot = ({ review, busy, send }: ComponentProps<Slot>) => {
  const say = useSay()
  const sender = useSender()
  const [asking, setAsking] = useState(false)
  const some = review.variants.some(
    ({ delivery }) => delivery && actionsIn(delivery.state).includes('takedown'),
  )
  if (!sender || !some) return null
  const answered = (reason: string | null) => {
    setAsking(false)
    if (reason !== null) void send('/api/takedown', { story: review.story.id, reason })
  }
  return (
    <>
      <button
        type="button"
        className="ht-btn ht-btn--danger"
        disabled={busy}
        onClick={() => setAsking(true)}
      >
        {say(PLAN.takedownAll)}
      </button>
      {asking ? (
        <AskReason
          question={{
            title: say(PLAN.takedownAll),
            what: say(PLAN.takedownWhat),
            confirm: say(PLAN.takedownAll),
            needsReason: true,
            danger: true,
          }}
          onAnswer={answered}
        />
      ) : null}
    </>
  )
}
