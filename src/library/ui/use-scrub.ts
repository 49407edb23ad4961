'use client'

import { useCallback, useRef, useState } from 'react'
import { getJson } from '@/people/ui/api'
import type { Scrub } from '../cards'

/** The list beside a sheet of stills, as `media/sprite.ts` writes it. */
type Sheet = {
  columns: number
  count: number
  stepSeconds: number
  width: number
  height: number
}

export type Still = { sheet: Sheet; at: number }

const rowsOf = ({ count, columns }: Sheet) => Math.ceil(count / columns)
const part = (index: number, of: number) => (of > 1 ? (index / (of - 1)) * 100 : 0)

/** One still of the sheet as the background of an element of the still's own shape. */
export const stillStyle = (url: string, { sheet, at }: Still) => ({
  aspectRatio: `${sheet.width} / ${sheet.height}`,
  backgroundImage: `url("${url}")`,
  backgroundSize: `${sheet.columns * 100}% ${rowsOf(sheet) * 100}%`,
  backgroundPosition: `${part(at % sheet.columns, sheet.columns)}% ${part(Math.floor(at / sheet.columns), rowsOf(sheet))}%`,
})

/** Stills to scrub over; the sheet's list is asked for at the first touch, and only then. */
export const useScrub = (scrub: Scrub) => {
  const [still, setStill] = useState<Still | null>(null)
  const asked = useRef<Promise<Sheet | null> | null>(null)

  const sheetOf = useCallback(() => {
    if (!scrub) return Promise.resolve(null)
    asked.current ??= getJson<Sheet>(scrub.list).then((answer) => {
      if (answer.ok) return answer.data
      asked.current = null
      return null
    })
    return asked.current
  }, [scrub])

  /** To a part of the whole, from 0 to 1. */
  const to = useCallback(
    async (share: number) => {
      const sheet = await sheetOf()
      if (!sheet) return
      const at = Math.min(sheet.count - 1, Math.max(0, Math.floor(share * sheet.count)))
      setStill({ sheet, at })
    },
    [sheetOf],
  )

  const by = useCallback(
    async (frames: number) => {
      const sheet = await sheetOf()
      if (!sheet) return
      setStill((now) => {
        const at = now ? now.at + frames : 0
        return { sheet, at: Math.min(sheet.count - 1, Math.max(0, at)) }
      })
    },
    [sheetOf],
  )

  const leave = useCallback(() => setStill(null), [])
  return { still, to, by, leave }
}
