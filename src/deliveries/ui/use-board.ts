'use client'

import { useAuth } from '@payloadcms/ui'
import { useCallback, useEffect, useState } from 'react'
import type { Help } from '@/errors'
import { getJson, sendJson } from '@/people/ui/api'
import { usePolled } from '@/people/ui/use-polled'
import type { Proof } from '../proof'
import { DRIVEN, isState } from '../states'

export type DeliveryRow = {
  id: string
  story: string
  channel: string
  channelName: string
  platform: string
  state: string
  dueAt: string | null
  url: string | null
  /** Reason word of the last trouble; `line` is what was said, in the words of who said it. */
  code: string | null
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

type Titles = { docs: { id: string; title: string }[] }

const TITLES = '/api/stories?depth=0&limit=300&sort=-updatedAt&select[title]=true'

/** The machine's rows name a story by its id; its title is read from the stories themselves. */
export const useTitles = (stories: string): { titles: Map<string, string>; reader: boolean } => {
  const [titles, setTitles] = useState(new Map<string, string>())
  const { permissions } = useAuth()
  const reader = Boolean(permissions?.collections?.stories?.read)
  useEffect(() => {
    if (stories === '' || !reader) return
    const read = async () => {
      const answer = await getJson<Titles>(TITLES)
      if (answer.ok) setTitles(new Map(answer.data.docs.map(({ id, title }) => [id, title])))
    }
    void read()
  }, [stories, reader])
  return { titles, reader }
}

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
