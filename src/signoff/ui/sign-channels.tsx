'use client'

import type { ComponentType } from 'react'
import { ChannelMark, Pill } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import { sealWord } from './checks'
import type { Review, Variant } from './types'
import type { Send } from './use-review'
import { OUTWARD, REVIEW, stateOf } from './words'

/** What the room of deliveries puts under each channel: its hour, where it stands, its link. */
export type OutwardSlot = ComponentType<{
  story: string
  variant: Variant
  busy: boolean
  send: Send
}>

export const isSealed = ({ seal }: Variant) => seal?.state === 'valid'

const Standing = ({ variant }: { variant: Variant }) => {
  const say = useSay()
  const word = sealWord(variant)
  const outward = variant.delivery ? stateOf(OUTWARD, variant.delivery.state) : null
  return (
    <>
      {word ? <Pill tone={isSealed(variant) ? 'green' : 'amber'}>{say(word)}</Pill> : null}
      {outward ? <Pill tone={outward.tone}>{say(outward.label)}</Pill> : null}
    </>
  )
}

type Props = {
  review: Review
  chosen: string[]
  maySign: boolean
  busy: boolean
  send: Send
  onChoose: (channel: string, wanted: boolean) => void
  Outward: OutwardSlot
}

/** The channels, signed one by one. */
export const SignChannels = ({ review, chosen, maySign, onChoose, Outward, busy, send }: Props) => {
  const say = useSay()
  if (review.variants.length === 0) return <p className="ht-muted">{say(REVIEW.noChannel)}</p>
  return (
    <ul className="ht-sign__channels">
      {review.variants.map((variant) => (
        <li key={variant.id}>
          <label className="ht-row">
            {maySign && !isSealed(variant) ? (
              <input
                type="checkbox"
                checked={chosen.includes(variant.channel)}
                onChange={(event) => onChoose(variant.channel, event.target.checked)}
              />
            ) : null}
            <ChannelMark platform={variant.platform} label={variant.platform} />
            <span className="ht-grow">{variant.channelName}</span>
            <Standing variant={variant} />
          </label>
          <Outward story={review.story.id} variant={variant} busy={busy} send={send} />
        </li>
      ))}
    </ul>
  )
}
