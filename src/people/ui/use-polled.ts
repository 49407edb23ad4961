'use client'

import { useCallback, useEffect, useState } from 'react'
import { getJson, type Answer } from './api'

type Refused = Extract<Answer<unknown>, { ok: false }>

export type Polled<T> = { data: T | null; refused: Refused | null; reload: () => Promise<void> }

/**
 * Reads a path again and again; `everyMs` looks at what came last. A page in the background asks nothing.
 * What was read stays on the screen when a later read fails.
 */
export const usePolled = <T>(path: string, everyMs: (data: T | null) => number): Polled<T> => {
  const [data, setData] = useState<T | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const wait = everyMs(data)

  const reload = useCallback(async () => {
    const answer = await getJson<T>(path)
    if (answer.ok) setData(answer.data)
    setRefused(answer.ok ? null : answer)
  }, [path])

  useEffect(() => {
    const look = () => {
      if (!document.hidden) void reload()
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [reload])

  // Begins anew when the pace changes: what starts to move is not left to a slow turn begun before.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let stopped = false
    const turn = async () => {
      if (!document.hidden) await reload()
      if (!stopped) timer = setTimeout(() => void turn(), wait)
    }
    timer = setTimeout(() => void turn(), wait)
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [reload, wait])

  return { data, refused, reload }
}
