'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { getJson, type Answer } from '@/people/ui/api'
import type { Card } from '../cards'

export type Query = {
  q: string
  person: string
  place: string
  kind: string
  section: string
  rights: string
  from: string
  to: string
}

export const NOTHING_ASKED: Query = { q: '', person: '', place: '', kind: '', section: '', rights: '', from: '', to: '' } // prettier-ignore

type Page = { items: Card[]; next: string | null; total: number; near: boolean }
type Refused = Extract<Answer<unknown>, { ok: false }>

export const asParams = (query: Query): URLSearchParams =>
  new URLSearchParams(Object.entries(query).filter(([, value]) => value.trim() !== ''))

const NAMES = Object.keys(NOTHING_ASKED) as (keyof Query)[] // its own keys

/** What an address asks for, so that a search can be sent to a colleague. */
export const queryIn = (params: { get: (name: string) => string | null }): Query => {
  const query = { ...NOTHING_ASKED }
  for (const name of NAMES) query[name] = params.get(name) ?? ''
  return query
}

const PAUSE_MS = 180

/** Asks a moment after the last key; an answer that comes late, after a newer question, is dropped. */
export const useSearch = (query: Query) => {
  const [page, setPage] = useState<Page | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const [busy, setBusy] = useState(true)
  const turn = useRef(0)
  const asked = asParams(query).toString()

  const ask = useCallback(
    async (cursor: string, before: Card[]) => {
      turn.current += 1
      const mine = turn.current
      setBusy(true)
      const params = new URLSearchParams(asked)
      if (cursor) params.set('cursor', cursor)
      const answer = await getJson<Page>(`/api/library?${params.toString()}`)
      if (mine !== turn.current) return
      if (answer.ok) setPage({ ...answer.data, items: [...before, ...answer.data.items] })
      setRefused(answer.ok ? null : answer)
      setBusy(false)
    },
    [asked],
  )

  useEffect(() => {
    const timer = setTimeout(() => void ask('', []), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [ask])

  const more = useCallback(() => {
    if (page?.next) void ask(page.next, page.items)
  }, [ask, page])
  const reload = useCallback(() => void ask('', []), [ask])
  /** One card as it is now: what was just described shows its new rights where it stands. */
  const renew = useCallback((asset: string, now: Partial<Card>) => {
    const items = (cards: Card[]) =>
      cards.map((card) => (card.asset === asset ? { ...card, ...now } : card))
    setPage((before) => before && { ...before, items: items(before.items) })
  }, [])
  return { page, refused, busy, more, reload, renew }
}
