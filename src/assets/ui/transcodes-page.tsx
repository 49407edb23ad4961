'use client'

import { Notice, Pill, type Tone } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import type { Verb } from '../handle'
import type { Transcode } from '../transcodes'
import { TranscodeRow } from './transcode-row'
import { TRANSCODES } from './transcode-words'
import { useTranscodes, type Did, type Send } from './use-transcodes'

type Words = keyof typeof TRANSCODES
type Part = { words: Words; how?: Words; none?: Words; tone: Tone; states: Transcode['state'][] }

const PARTS: Part[] = [
  { words: 'running', none: 'runningNone', tone: 'blue', states: ['running', 'stopping'] },
  { words: 'waiting', how: 'waitingHow', tone: 'grey', states: ['waiting'] },
  { words: 'parked', how: 'parkedHow', tone: 'red', states: ['parked'] },
]

type PartProps = { part: Part; all: Transcode[]; may: Verb[]; busy: boolean; send: Send }

const PartOf = ({ part, all, ...rest }: PartProps) => {
  const say = useSay()
  const rows = all.filter(({ state }) => part.states.includes(state))
  if (rows.length === 0 && !part.none) return null
  return (
    <section className="ht-card" aria-labelledby={`ht-part-${part.words}`}>
      <div className="ht-row">
        <h2 id={`ht-part-${part.words}`}>{say(TRANSCODES[part.words])}</h2>
        {rows.length > 0 ? <Pill tone={part.tone}>{rows.length}</Pill> : null}
      </div>
      {part.how ? <p className="ht-muted">{say(TRANSCODES[part.how])}</p> : null}
      {rows.length === 0 && part.none ? (
        <p className="ht-muted">{say(TRANSCODES[part.none])}</p>
      ) : null}
      <ul>
        {rows.map((one) => (
          <TranscodeRow key={one.asset} one={one} {...rest} />
        ))}
      </ul>
    </section>
  )
}

const DID: Record<Verb, Words> = {
  stop: 'stopped',
  retry: 'again',
  urgent: 'hurried',
  calm: 'calmed',
}
const BACK: Partial<Record<Verb, Verb>> = { urgent: 'calm', calm: 'urgent' }

const Done = ({ did, busy, send }: { did: Did; busy: boolean; send: Send }) => {
  const say = useSay()
  const back = BACK[did.verb]
  return (
    <Notice tone="blue">
      <span role="status">{say(TRANSCODES[DID[did.verb]], { title: did.title })}</span>{' '}
      {back ? (
        <button
          type="button"
          className="ht-btn ht-btn--plain ht-btn--inline"
          disabled={busy}
          onClick={() => void send({ ...did, verb: back })}
        >
          {say(TRANSCODES.undo)}
        </button>
      ) : null}
    </Notice>
  )
}

/** What is being made, what waits and why, what needs a person: live, with what this person may do about it. */
export const TranscodesPage = () => {
  const say = useSay()
  const { transcodes, may, said, did, busy, send } = useTranscodes()
  return (
    <div className="ht-view ht-transcodes">
      <header className="ht-head">
        <h1>{say(TRANSCODES.title)}</h1>
      </header>
      {said ? (
        <Notice tone="red" live>
          {say(said)}
        </Notice>
      ) : null}
      {did ? <Done did={did} busy={busy} send={send} /> : null}
      {transcodes === null && !said ? <p className="ht-muted">{say(TRANSCODES.loading)}</p> : null}
      {transcodes?.length === 0 ? <p>{say(TRANSCODES.nothing)}</p> : null}
      {transcodes && transcodes.length > 0
        ? PARTS.map((part) => (
            <PartOf key={part.words} part={part} all={transcodes} {...{ may, busy, send }} />
          ))
        : null}
    </div>
  )
}
