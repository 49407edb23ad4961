'use client'

import { useSay } from '@/people/ui/say'
import { instant, type Draft, type Step } from './redact-list'
import { REDACT } from './redact-words'

type Props = {
  draft: Draft
  nowMs: number
  step: (step: Step) => void
  onShow: (ms: number) => void
}

/** Each cover and mute with its ends, set by where the clip stands. */
export const RedactRows = ({ draft, nowMs, step, onShow }: Props) => {
  const say = useSay()
  if (draft.list.length === 0) return <p className="ht-muted">{say(REDACT.none)}</p>
  return (
    <ol className="ht-covers" aria-label={say(REDACT.list)}>
      {draft.list.map((one, at) => {
        const name = say(REDACT[one.kind], { n: at + 1 })
        return (
          <li key={at} className="ht-row" aria-current={at === draft.chosen}>
            <button
              type="button"
              className="ht-btn ht-btn--plain ht-grow ht-covers__name"
              onClick={() => {
                step({ do: 'choose', at })
                onShow(one.fromMs)
              }}
            >
              {name} · {instant(one.fromMs)}–{instant(one.toMs)}
            </button>
            <button
              type="button"
              className="ht-btn"
              aria-label={`${name}: ${say(REDACT.fromHere)}`}
              onClick={() => step({ do: 'span', at, fromMs: nowMs })}
            >
              {say(REDACT.fromHere)}
            </button>
            <button
              type="button"
              className="ht-btn"
              aria-label={`${name}: ${say(REDACT.toHere)}`}
              onClick={() => step({ do: 'span', at, toMs: nowMs })}
            >
              {say(REDACT.toHere)}
            </button>
            <button
              type="button"
              className="ht-btn"
              aria-label={`${name}: ${say(REDACT.remove)}`}
              onClick={() => step({ do: 'remove', at })}
            >
              {say(REDACT.remove)}
            </button>
          </li>
        )
      })}
    </ol>
  )
}
