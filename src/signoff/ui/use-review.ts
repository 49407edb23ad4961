'use client'

import { useCallback, useState } from 'react'
import type { Help } from '@/errors'
import { sendJson, type Answer } from '@/people/ui/api'
import { usePolled } from '@/people/ui/use-polled'
import type { Review } from './types'
import { REVIEW } from './words'

const AT_REST = ['published', 'withdrawn', 'cancelled', 'refused', 'replaced', 'late']

const isMoving = ({ asset, variants }: Review) =>
  (asset !== null && asset.state !== 'ready' && asset.state !== 'failed') ||
  variants.some(({ delivery }) => delivery !== null && !AT_REST.includes(delivery.state))

const pace = (review: Review | null) => (review && isMoving(review) ? 3_000 : 15_000)

/** Sends something to the server and shows its no. A stale answer reloads the state; typed text lies elsewhere. */
export type Send = (path: string, body: unknown, method?: string) => Promise<boolean>

export type ReviewState = {
  review: Review | null
  /** What the last try was refused with, until the next. */
  said: Help | null
  busy: boolean
  send: Send
  reload: () => Promise<void>
}

const wordsOf = (answer: Extract<Answer<unknown>, { ok: false }>): Help =>
  answer.status === 409 && answer.reason === 'stale' ? REVIEW.stale : answer.help

export const useReview = (story: string): ReviewState => {
  const { data, refused, reload } = usePolled<Review>(`/api/desk/story/${story}`, pace)
  const [said, setSaid] = useState<Help | null>(null)
  const [busy, setBusy] = useState(false)
  const send: Send = useCallback(
    async (path, body, method) => {
      setBusy(true)
      const answer = await sendJson(path, body, method)
      setSaid(answer.ok ? null : wordsOf(answer))
      await reload()
      setBusy(false)
      return answer.ok
    },
    [reload],
  )
  return { review: data, said: said ?? refused?.help ?? null, busy, send, reload }
}
