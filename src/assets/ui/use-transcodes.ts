'use client'

import { useCallback, useState } from 'react'
import type { Help } from '@/errors'
import { sendJson } from '@/people/ui/api'
import { usePolled } from '@/people/ui/use-polled'
import type { Verb } from '../handle'
import type { Transcode } from '../transcodes'

type Answer = { transcodes: Transcode[]; may: Verb[] }
/** What this person last did, so that the page can say it and offer the way back. */
export type Did = { verb: Verb; asset: string; title: string }

/** Workers tell once a second how far they are. */
const pace = (answer: Answer | null) =>
  answer?.transcodes.some(({ state }) => state !== 'parked') ? 1_000 : 5_000

export const useTranscodes = () => {
  const { data, refused, reload } = usePolled<Answer>('/api/transcodes', pace)
  const [no, setNo] = useState<Help | null>(null)
  const [did, setDid] = useState<Did | null>(null)
  const [busy, setBusy] = useState(false)
  const send = useCallback(
    async (wish: Did, reason?: string) => {
      setBusy(true)
      const answer = await sendJson(`/api/transcodes/${wish.verb}`, { asset: wish.asset, reason })
      setNo(answer.ok ? null : answer.help)
      setDid(answer.ok ? wish : null)
      await reload()
      setBusy(false)
    },
    [reload],
  )
  return {
    transcodes: data?.transcodes ?? null,
    may: data?.may ?? [],
    said: no ?? refused?.help ?? null,
    did,
    busy,
    send,
  }
}
export type Send = ReturnType<typeof useTranscodes>['send']
