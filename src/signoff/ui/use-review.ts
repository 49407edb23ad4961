'use client'

import { useCallback, useState } from 'react'
import { nowMs } from '@/clock'
import type { Help } from '@/errors'
import { sendJson, type Answer } from '@/people/ui/api'
import { usePolled } from '@/people/ui/use-polled'
import type { Outward, Review } from './types'
import { REVIEW } from './words'

const AT_REST = ['published', 'withdrawn', 'cancelled', 'refused', 'replaced', 'late']

const WAITING = ['planned', 'ready', 'held']
const SOON_MS = 60_000

/** On its way, or about to be: what waits for tomorrow's hour is not asked for every other second. */
const inFlight = ({ state, dueAt }: Outward) => {
  if (AT_REST.includes(state)) return false
  return !WAITING.includes(state) || !dueAt || Date.parse(dueAt) - nowMs() < SOON_MS
}

const isMoving = ({ asset, variants }: Review) =>
  (asset !== null && asset.state !== 'ready' && asset.state !== 'failed') ||
  variants.some(({ delivery }) => delivery !== null && inFlight(delivery))

const pace = (review: Review | null) => (review && isMoving(review) ? 2_000 : 15_000)

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
