'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
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
  const pace = useRef(everyMs)
  const latest = useRef(data)
  useEffect(() => {
    pace.current = everyMs
    latest.current = data
  })

  const reload = useCallback(async () => {
    const answer = await getJson<T>(path)
    if (answer.ok) setData(answer.data)
    setRefused(answer.ok ? null : answer)
  }, [path])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let stopped = false
    const turn = async () => {
      if (!document.hidden) await reload()
      if (!stopped) timer = setTimeout(() => void turn(), pace.current(latest.current))
    }
    const onShow = () => {
      if (!document.hidden) void reload()
    }
    void turn()
    document.addEventListener('visibilitychange', onShow)
    return () => {
      stopped = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onShow)
    }
  }, [reload])

  return { data, refused, reload }
}
