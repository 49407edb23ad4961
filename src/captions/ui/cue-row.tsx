'use client'

import { memo, useEffect, useRef } from 'react'
import type { Cue } from '@/media/captions'
import { numberIn } from '@/people/ui/format'
import { useLanguage, useSay } from '@/people/ui/say'
import { LIMITS, paceOf, type Finding } from '../rules'
import type { Doing } from './edit'
import { Lines } from './lines'
import { shortClock, TimeField } from './time-field'
import { CAPTIONS } from './words'

type Props = {
  cue: Cue
  at: number
  findings: readonly Finding[]
  picked: boolean
  playing: boolean
  open: boolean
  act: (doing: Doing) => void
  onPick: (at: number) => void
}

const Problems = ({ findings }: { findings: readonly Finding[] }) => {
  const say = useSay()
  if (findings.length === 0) return null
  return (
    <ul className="ht-cap__problems">
      {findings.map(({ rule, stops, help }) => (
        <li key={rule} className={stops ? 'ht-tone-red' : 'ht-tone-amber'}>
          {say(help)}
        </li>
      ))}
    </ul>
  )
}

const Pace = ({ cue }: { cue: Cue }) => {
  const say = useSay()
  const language = useLanguage()
  const pace = paceOf(cue)
  return (
    <span className={pace > LIMITS.pace ? 'ht-cap__pace ht-cap__pace--fast' : 'ht-cap__pace'}>
      {say(CAPTIONS.pace, { n: numberIn(language, pace) })}
    </span>
  )
}

/** The one in hand: its words in a field, its times beside them. */
const InHand = ({ cue, at, findings, open, act }: Props) => {
  const say = useSay()
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    // The first one, as the editor opens with it, needs no moving of the page.
    if (at > 0) field.current?.closest('li')?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const lines = Math.max(2, cue.text.split('\n').length)
  return (
    <div className="ht-cap__hand">
      <div className="ht-row">
        <TimeField
          label={say(CAPTIONS.from)}
          ms={cue.start}
          disabled={!open}
          onChange={(start) => act({ do: 'time', at, start })}
        />
        <TimeField
          label={say(CAPTIONS.to)}
          ms={cue.end}
          disabled={!open}
          onChange={(end) => act({ do: 'time', at, end })}
        />
        <Pace cue={cue} />
      </div>
      <textarea
        ref={field}
        className="ht-input"
        data-cue={at}
        rows={lines}
        value={cue.text}
        readOnly={!open}
        aria-label={say(CAPTIONS.text, { n: at + 1 })}
        onChange={(event) => act({ do: 'text', at, text: event.target.value })}
      />
      <Problems findings={findings} />
    </div>
  )
}

const classOf = ({ picked, playing, findings }: Props) =>
  [
    'ht-cap__cue',
    picked ? 'ht-cap__cue--picked' : '',
    playing ? 'ht-cap__cue--playing' : '',
    findings.some(({ stops }) => stops) ? 'ht-cap__cue--stops' : '',
  ]
    .filter(Boolean)
    .join(' ')

const Row = (props: Props) => {
  const { cue, at, findings, picked, onPick } = props
  const say = useSay()
  return (
    <li className={classOf(props)} aria-current={picked ? 'true' : undefined}>
      <span className="ht-cap__number">{at + 1}</span>
      {picked ? (
        <InHand {...props} />
      ) : (
        <button
          type="button"
          className="ht-cap__pick"
          onClick={() => onPick(at)}
          aria-label={`${say(CAPTIONS.cue, { n: at + 1 })}: ${cue.text}`}
        >
          <span className="ht-cap__when">
            {shortClock(cue.start)} – {shortClock(cue.end)}
          </span>
          <Lines text={cue.text} />
          <Problems findings={findings} />
        </button>
      )}
    </li>
  )
}

/** What did not change is not drawn again: one letter typed among a thousand captions costs one row. */
export const CueRow = memo(
  Row,
  (a, b) =>
    a.cue === b.cue &&
    a.at === b.at &&
    a.picked === b.picked &&
    a.playing === b.playing &&
    a.open === b.open &&
    a.findings.map(({ rule }) => rule).join() === b.findings.map(({ rule }) => rule).join(),
)
