'use client'

import { Stamp } from 'lucide-react'
import { useState } from 'react'
import { AskReason } from '@/people/ui/ask-reason'
import { useSay } from '@/people/ui/say'
import type { Action } from './types'
import { REVIEW } from './words'

const ASKS_FIRST = ['kill', 'spike']

const lookOf = ({ action, tone }: Action) => {
  if (action === 'sign') return 'ht-btn ht-btn--seal'
  if (tone === 'danger' || ASKS_FIRST.includes(action)) return 'ht-btn ht-btn--danger'
  return tone === 'primary' ? 'ht-btn ht-btn--primary' : 'ht-btn'
}

export type Act = (action: string, reason?: string) => void

type ButtonProps = { action: Action; chosen?: number; busy: boolean; onPress: () => void }

const ActionButton = ({ action, chosen, busy, onPress }: ButtonProps) => {
  const say = useSay()
  const signing = action.action === 'sign'
  return (
    <button
      type="button"
      className={lookOf(action)}
      disabled={busy || !action.allowed || (signing && chosen === 0)}
      onClick={onPress}
    >
      {signing ? <Stamp size={16} aria-hidden /> : null}
      {signing && chosen !== undefined ? say(REVIEW.signNow, { n: chosen }) : say(action.label)}
    </button>
  )
}

/** What is done every day stands in the bar; the rest behind one word. */
const isDaily = ({ action, tone }: Action) =>
  tone === 'primary' || tone === 'seal' || action === 'return' || action === 'withdraw'

type Props = { actions: Action[]; chosen?: number; busy: boolean; onAct: Act }

/** Only what this person may do. What asks for a reason asks first. */
export const ActionBar = ({ actions, chosen, busy, onAct }: Props) => {
  const say = useSay()
  const [asked, setAsked] = useState<Action | null>(null)
  const [typed, setTyped] = useState('')
  const press = (action: Action) => {
    if (action.needsReason || ASKS_FIRST.includes(action.action)) setAsked(action)
    else onAct(action.action)
  }
  const answered = (reason: string | null) => {
    if (asked && reason !== null) {
      setTyped(reason)
      onAct(asked.action, reason)
    }
    setAsked(null)
  }
  const buttons = (some: Action[]) =>
    some.map((action) => (
      <ActionButton
        key={action.action}
        {...{ action, busy }}
        {...(chosen === undefined ? {} : { chosen })}
        onPress={() => press(action)}
      />
    ))
  const rare = actions.filter((action) => !isDaily(action))
  return (
    <div className="ht-actions">
      {rare.length > 0 ? (
        <details className="ht-more">
          <summary className="ht-btn">{say(REVIEW.more)}</summary>
          <div>{buttons(rare)}</div>
        </details>
      ) : null}
      {buttons(actions.filter(isDaily))}
      {asked ? (
        <AskReason
          question={{
            title: say(asked.label),
            confirm: say(asked.label),
            needsReason: asked.needsReason,
            typed,
            danger: ASKS_FIRST.includes(asked.action),
          }}
          onAnswer={answered}
        />
      ) : null}
    </div>
  )
}

/** For the rest, why not. */
export const WhyNot = ({ actions }: { actions: Action[] }) => {
  const say = useSay()
  const told = actions.filter(({ allowed, help }) => !allowed && help)
  if (told.length === 0) return null
  return (
    <details className="ht-whynot">
      <summary>{say(REVIEW.whyNot)}</summary>
      <ul>
        {told.map(({ action, label, help }) => (
          <li key={action}>
            <b>{say(label)}</b>: {help ? say(help) : ''}
          </li>
        ))}
      </ul>
    </details>
  )
}
