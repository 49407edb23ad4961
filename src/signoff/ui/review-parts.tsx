'use client'

import { useState, type ReactNode } from 'react'
import { useSay } from '@/people/ui/say'
import type { Review } from './types'
import { REVIEW } from './words'

export type PartId = 'changes' | 'text' | 'channels' | 'history'

type Props = {
  review: Review
  shown: PartId
  onShow: (part: PartId) => void
  parts: Record<PartId, ReactNode>
}

const ORDER: PartId[] = ['changes', 'text', 'channels', 'history']

/** On a desk one below the other; on a phone one at a time. */
export const ReviewParts = ({ review, shown, onShow, parts }: Props) => {
  const say = useSay()
  const labels: Record<PartId, string> = {
    changes: say(REVIEW.tabChanges, { n: review.diff.length }),
    text: say(REVIEW.text),
    channels: say(REVIEW.tabChannels, { n: review.variants.length }),
    history: say(REVIEW.history),
  }
  return (
    <>
      <div className="ht-tabs ht-phone" role="group" aria-label={say(REVIEW.parts)}>
        {ORDER.map((part) => (
          <button
            key={part}
            type="button"
            aria-pressed={part === shown}
            onClick={() => onShow(part)}
          >
            {labels[part]}
          </button>
        ))}
      </div>
      {ORDER.map((part) => (
        <div
          key={part}
          id={`ht-part-${part}`}
          className={part === shown ? 'ht-part ht-part--shown' : 'ht-part'}
        >
          {parts[part]}
        </div>
      ))}
    </>
  )
}

/** Opens on what changed; when nothing did, on the text. */
export const useParts = ({ diff }: Review) => useState<PartId>(diff.length > 0 ? 'changes' : 'text')
