'use client'

import { useState } from 'react'
import { clipLength } from '@/people/ui/format'
import { AskReason } from '@/people/ui/ask-reason'
import { Meter, Notice } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import { RedactRows } from './redact-rows'
import { RedactStage } from './redact-stage'
import { Tools, Transport, useStage, type Clip } from './redact-tools'
import { REDACT } from './redact-words'
import type { Review } from './types'
import { isMaking, useRedactor, type Covered, type Redactor as State } from './use-redactor'

const Progress = ({ covered, out }: { covered: Covered; out: boolean }) => {
  const say = useSay()
  const { progress, secondsLeft, failure } = covered.state
  const share = Math.round(progress * 100)
  const line = secondsLeft === null ? say(REDACT.making, { share }) : say(REDACT.left, { share, time: clipLength(secondsLeft) }) // prettier-ignore
  return (
    <>
      {isMaking(covered) ? (
        <div className="ht-watched">
          <Meter share={progress} label={line} />
          <span className="ht-muted">{failure ? say(failure) : line}</span>
        </div>
      ) : failure ? (
        <Notice tone="red">{say(failure)}</Notice>
      ) : null}
      {out ? <Notice>{say(REDACT.out)}</Notice> : null}
    </>
  )
}

const Save = ({ review, state }: { review: Review; state: State }) => {
  const say = useSay()
  const [asking, setAsking] = useState(false)
  const decided = ['cleared', 'signed'].includes(review.desk.state)
  const { dirty, busy, save } = state
  return (
    <>
      <button
        type="button"
        className="ht-btn ht-btn--primary"
        disabled={!dirty || busy}
        onClick={() => (decided ? setAsking(true) : void save())}
      >
        {say(dirty ? REDACT.save : REDACT.nothing)}
      </button>
      {asking ? (
        <AskReason
          question={{ title: say(REDACT.voids), what: say(REDACT.voidsWhat), confirm: say(REDACT.goOn), needsReason: false }} // prettier-ignore
          onAnswer={(yes) => {
            setAsking(false)
            if (yes !== null) void save()
          }}
        />
      ) : null}
    </>
  )
}

const isOut = ({ variants }: Review) =>
  variants.some(({ delivery }) => delivery?.state === 'published')

type Props = { review: Review; onSaved: () => void; onClose: () => void }

const Foot = ({ covered, state, review }: { covered: Covered; state: State; review: Review }) => {
  const say = useSay()
  const { said, saved } = state
  return (
    <>
      {said ? (
        <Notice tone="red" live>
          {say(said)}
        </Notice>
      ) : null}
      {saved && !state.dirty ? <Notice tone="blue">{say(REDACT.saved)}</Notice> : null}
      {state.draft.list.some(({ kind }) => kind === 'mute') ? (
        <p className="ht-muted">{say(REDACT.captions)}</p>
      ) : null}
      <Progress covered={covered} out={isOut(review)} />
      <div className="ht-row">
        <Save review={review} state={state} />
        {covered.savedBy ? (
          <span className="ht-muted">{say(REDACT.savedBy, { who: covered.savedBy })}</span>
        ) : null}
      </div>
    </>
  )
}

type Bare = { covered: Covered; bare: boolean; onBare: (bare: boolean) => void }

const BareToggle = ({ covered, bare, onBare }: Bare) => {
  const say = useSay()
  if (!covered.bare || !covered.proxy) return null
  return (
    <label className="ht-row">
      <input type="checkbox" checked={bare} onChange={(event) => onBare(event.target.checked)} />
      {say(REDACT.bare)} <span className="ht-muted">{say(REDACT.bareNote)}</span>
    </label>
  )
}

const Open = ({
  clip,
  covered,
  state,
  review,
  onClose,
}: { clip: Clip; covered: Covered; state: State } & Omit<Props, 'onSaved'>) => {
  const say = useSay()
  const stage = useStage(clip, state)
  const [bare, showBare] = useState(false)
  const src = bare || !covered.proxy ? (covered.bare ?? covered.proxy) : covered.proxy
  const { draft, step } = state
  return (
    <section
      className="ht-card ht-redactor"
      aria-label={say(REDACT.title)}
      onKeyDown={stage.onKeyDown}
    >
      <div className="ht-row">
        <h2 className="ht-grow">{say(REDACT.title)}</h2>
        <button type="button" className="ht-btn" onClick={onClose}>
          {say(REDACT.close)}
        </button>
      </div>
      <p className="ht-muted">{say(REDACT.how)}</p>
      {src ? (
        <RedactStage {...{ src, draft, step }} {...stage} shape={clip} onDrawn={stage.addBlur} />
      ) : (
        <div className="ht-player__none">{say(REDACT.offline)}</div>
      )}
      <Transport clip={clip} stage={stage} />
      <Tools {...{ clip, state, stage }} />
      <BareToggle covered={covered} bare={bare} onBare={showBare} />
      <RedactRows
        draft={draft}
        step={step}
        nowMs={stage.nowMs}
        onShow={(ms) => stage.seek(ms / 1000)}
      />
      <Foot {...{ covered, state, review }} />
      <p className="ht-muted ht-keys">{say(REDACT.keys)}</p>
    </section>
  )
}

/** Covers faces and mutes names in a story's clip, drawn on the clip itself. */
export const Redactor = ({ review, onSaved, onClose }: Props) => {
  const state = useRedactor(review.story.id, onSaved)
  const { covered } = state
  if (!covered?.clip) return null
  return <Open {...{ covered, state, review, onClose }} clip={covered.clip} />
}

export const CoverButton = ({ count, onOpen }: { count: number; onOpen: () => void }) => {
  const say = useSay()
  return (
    <div className="ht-row">
      <button type="button" className="ht-btn" onClick={onOpen}>
        {count > 0 ? say(REDACT.opened, { n: count }) : say(REDACT.open)}
      </button>
    </div>
  )
}
