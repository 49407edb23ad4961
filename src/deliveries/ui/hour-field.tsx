'use client'

import { useState } from 'react'
import { useSay } from '@/people/ui/say'
import { instantOf, soon, typedOf } from './hour'
import { PLAN } from './words'

type Props = {
  from: string | null
  confirm: string
  busy: boolean
  onHour: (dueAt: string) => void
  onCancel: () => void
}

/** A time in the newsroom's zone; it goes to the server as an instant. */
export const HourField = ({ from, confirm, busy, onHour, onCancel }: Props) => {
  const say = useSay()
  const [typed, setTyped] = useState(() => (from ? typedOf(new Date(from).getTime()) : soon()))
  const dueAt = instantOf(typed)
  return (
    <div className="ht-hour">
      <label className="ht-field">
        {say(PLAN.hour)}
        <input
          className="ht-input"
          type="datetime-local"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <div className="ht-row">
        <button
          type="button"
          className="ht-btn ht-btn--primary"
          disabled={busy || !dueAt}
          onClick={() => dueAt && onHour(dueAt)}
        >
          {confirm}
        </button>
        <button type="button" className="ht-btn" onClick={onCancel}>
          {say(PLAN.keep)}
        </button>
      </div>
    </div>
  )
}
