'use client'

import { useCallback, useState } from 'react'
import type { Help } from '@/errors'
import { sendJson } from '@/people/ui/api'
import { usePolled } from '@/people/ui/use-polled'
import type { Proof } from '../proof'
import { DRIVEN, isState } from '../states'

export type DeliveryRow = {
  id: string
  story: string
  title: string
  thumb: string | null
  channel: string
  channelName: string
  platform: string
  state: string
  dueAt: string | null
  url: string | null
  line: string | null
  revision: number
  proof: Proof[]
}

export type DeliveryBoard = {
  outward: { held: boolean; reason: string; disarming: number }
  deliveries: DeliveryRow[]
}

const WAITS = ['planned', 'ready', 'held', 'late']

const isMoving = ({ state }: DeliveryRow) =>
  isState(state) && DRIVEN.includes(state) && !WAITS.includes(state)

const pace = (board: DeliveryBoard | null) => (board?.deliveries.some(isMoving) ? 3_000 : 15_000)

export const useBoard = () => {
  const { data, refused, reload } = usePolled<DeliveryBoard>('/api/desk/deliveries', pace)
  const [said, setSaid] = useState<Help | null>(null)
  const [busy, setBusy] = useState(false)
  const send = useCallback(
    (path: string, body: unknown) => {
      const run = async () => {
        setBusy(true)
        const answer = await sendJson(path, body)
        setSaid(answer.ok ? null : answer.help)
        await reload()
        setBusy(false)
      }
      void run()
    },
    [reload],
  )
  return { board: data, said: said ?? refused?.help ?? null, busy, send }
}
