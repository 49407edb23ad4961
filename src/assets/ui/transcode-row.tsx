'use client'

import { Link } from '@payloadcms/ui'
import { ChevronsUp, CircleStop, ListOrdered, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { AskReason } from '@/people/ui/ask-reason'
import { clipLength } from '@/people/ui/format'
import { Meter, Pill } from '@/people/ui/pieces'
import { useSay, type Say } from '@/people/ui/say'
import type { Verb } from '../handle'
import type { Transcode } from '../transcodes'
import { PASSES, TRANSCODES, WHY } from './transcode-words'
import type { Send } from './use-transcodes'

const MINUTE = 60

const leftOf = (say: Say, seconds: number | null): string => {
  if (seconds === null) return ''
  return seconds < 2 * MINUTE
    ? say(TRANSCODES.secondsLeft, { n: Math.max(1, seconds) })
    : say(TRANSCODES.minutesLeft, { n: Math.round(seconds / MINUTE) })
}

const failureIn = (say: Say, { failureHelp }: Transcode): string =>
  failureHelp ? say(failureHelp) : ''

const whyOf = (say: Say, one: Transcode): string => {
  const { why, losses } = one
  if (why === null) return ''
  return why === 'outside' ? failureIn(say, one) : say(WHY[why], { n: losses })
}

/** By the story, which people know; the file's own name where there is none. */
const nameOf = (say: Say, { story, title }: Transcode): string =>
  story?.title || title || say(TRANSCODES.untitled)

const Progress = ({ one }: { one: Transcode }) => {
  const say = useSay()
  const share = say(TRANSCODES.done, { share: Math.floor(one.progress * 100) })
  const pass = PASSES[one.pass]
  const line = [share, pass ? say(pass) : '', leftOf(say, one.secondsLeft)]
  return (
    <div className="ht-transcode__bar">
      <Meter share={one.progress} label={nameOf(say, one)} />
      <span className="ht-muted">{line.filter(Boolean).join(' · ')}</span>
    </div>
  )
}

const BUTTONS: { verb: Verb; from: Transcode['state'][]; urgent?: boolean; icon: typeof RotateCcw; label: keyof typeof TRANSCODES }[] = [
  { verb: 'urgent', from: ['waiting'], urgent: false, icon: ChevronsUp, label: 'hurry' },
  { verb: 'calm', from: ['waiting'], urgent: true, icon: ListOrdered, label: 'calm' },
  { verb: 'retry', from: ['parked'], icon: RotateCcw, label: 'retry' },
  { verb: 'stop', from: ['running', 'waiting'], icon: CircleStop, label: 'stop' },
] // prettier-ignore

type Props = { one: Transcode; may: Verb[]; busy: boolean; send: Send }

const Actions = ({ one, may, busy, send }: Props) => {
  const say = useSay()
  const [asking, setAsking] = useState(false)
  const title = nameOf(say, one)
  const wish = (verb: Verb) => ({ verb, asset: one.asset, title })
  const shown = BUTTONS.filter(
    ({ verb, from, urgent }) =>
      may.includes(verb) &&
      from.includes(one.state) &&
      (urgent === undefined || urgent === one.urgent),
  )
  const answered = (reason: string | null) => {
    setAsking(false)
    if (reason !== null) void send(wish('stop'), reason)
  }
  return (
    <div className="ht-transcode__actions">
      {shown.map(({ verb, icon: Icon, label }) => (
        <button
          key={verb}
          type="button"
          className={verb === 'stop' ? 'ht-btn ht-btn--danger' : 'ht-btn'}
          disabled={busy}
          aria-label={`${say(TRANSCODES[label])}: ${title}`}
          onClick={() => (verb === 'stop' ? setAsking(true) : void send(wish(verb)))}
        >
          <Icon size={15} aria-hidden />
          {say(TRANSCODES[label])}
        </button>
      ))}
      {asking ? (
        <AskReason
          question={{
            title: say(TRANSCODES.stop),
            what: say(TRANSCODES.stopWhat, { title }),
            confirm: say(TRANSCODES.stop),
            needsReason: true,
            danger: true,
          }}
          onAnswer={answered}
        />
      ) : null}
    </div>
  )
}

const Words = ({ one }: { one: Transcode }) => {
  const say = useSay()
  const facts = [
    one.desk || say(TRANSCODES.noDesk),
    say(one.weight === 'light' ? TRANSCODES.light : TRANSCODES.video),
    one.durationSeconds ? clipLength(one.durationSeconds) : '',
    one.story ? one.title : '',
  ]
  return (
    <div className="ht-transcode__words">
      <div className="ht-row">
        {one.story ? (
          <Link href={`/admin/review/${one.story.id}`} prefetch={false}>
            {nameOf(say, one)}
          </Link>
        ) : (
          <strong>{nameOf(say, one)}</strong>
        )}
        {one.urgent ? <Pill tone="red">{say(TRANSCODES.urgent)}</Pill> : null}
        {one.turn === null ? null : <Pill>{say(TRANSCODES.turn, { n: one.turn })}</Pill>}
        {one.state === 'stopping' ? <Pill tone="amber">{say(TRANSCODES.stopping)}</Pill> : null}
      </div>
      <span className="ht-muted">{facts.filter(Boolean).join(' · ')}</span>
    </div>
  )
}

/** One file: for whom it is made, how far it is or why it is not, and what this person may do about it. */
export const TranscodeRow = (props: Props) => {
  const say = useSay()
  const { one } = props
  const why = whyOf(say, one)
  return (
    <li className="ht-transcode" aria-label={nameOf(say, one)}>
      <Words one={one} />
      {one.state === 'running' ? <Progress one={one} /> : null}
      {why ? <p className="ht-transcode__why">{why}</p> : null}
      {one.state === 'parked' ? <p className="ht-transcode__why">{failureIn(say, one)}</p> : null}
      <Actions {...props} />
    </li>
  )
}
