'use client'

import { useEffect, useState } from 'react'
import { clockText } from '@/media/captions'

/** 00:01:02.500 without the hours that nobody needs. */
export const shortClock = (ms: number): string => clockText(ms, '.').replace(/^00:/, '')

const TYPED = /^(?:(\d{1,2}):)?(?:(\d{1,2}):)?(\d{1,2})(?:[.,](\d{1,3}))?$/

/** What a person may type: 62.5 is not a time, 1:02.5 and 1:02,500 are. */
const typedClock = (text: string): number | null => {
  const [, a, b, s = '', part = '0'] = TYPED.exec(text.trim()) ?? []
  if (s === '') return null
  const [hours, minutes] = b === undefined ? [0, Number(a ?? 0)] : [Number(a ?? 0), Number(b)]
  if (minutes > 59 || Number(s) > 59) return null
  return ((hours * 60 + minutes) * 60 + Number(s)) * 1000 + Number(part.padEnd(3, '0'))
}

type Props = { label: string; ms: number; disabled: boolean; onChange: (ms: number) => void }

export const TimeField = ({ label, ms, disabled, onChange }: Props) => {
  const [text, setText] = useState(shortClock(ms))
  useEffect(() => setText(shortClock(ms)), [ms])
  const typed = typedClock(text)
  const done = () => {
    if (typed === null) setText(shortClock(ms))
    else if (typed !== ms) onChange(typed)
  }
  return (
    <label className="ht-cap__time">
      <span>{label}</span>
      <input
        value={text}
        disabled={disabled}
        inputMode="decimal"
        aria-invalid={typed === null}
        onChange={(event) => setText(event.target.value)}
        onBlur={done}
        onKeyDown={(event) => {
          if (event.key === 'Enter') done()
        }}
      />
    </label>
  )
}
