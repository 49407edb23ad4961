'use client'

import { useState } from 'react'
import { AskReason, type Question } from '@/people/ui/ask-reason'
import { useSay } from '@/people/ui/say'
import { actionsIn, type PersonAction } from '../states'
import { HourField } from './hour-field'
import { PLAN } from './words'

export type SendTo = (path: string, body: unknown) => void

type Delivery = { id: string; state: string; revision: number; dueAt: string | null }
type Props = { delivery: Delivery; name: string; busy: boolean; send: SendTo }
type Asked = 'cancel' | 'takedown'

const useQuestion = (asked: Asked, name: string): Question => {
  const say = useSay()
  return asked === 'cancel'
    ? {
        title: say(PLAN.cancel),
        what: say(PLAN.cancelWhat, { name }),
        confirm: say(PLAN.cancel),
        needsReason: false,
        danger: true,
      }
    : {
        title: say(PLAN.takedown),
        what: say(PLAN.takedownOne, { name }),
        confirm: say(PLAN.takedown),
        needsReason: true,
        danger: true,
      }
}

/** For an unconfirmed delivery: a person who looked says what is there. */
const Resolve = ({ delivery, busy, send }: Omit<Props, 'name'>) => {
  const say = useSay()
  const [url, setUrl] = useState('')
  const path = `/api/delivery/${delivery.id}/resolve`
  const { revision } = delivery
  return (
    <div className="ht-hour">
      <label className="ht-field">
        {say(PLAN.thereUrl)}
        <input
          className="ht-input"
          type="url"
          value={url}
          placeholder="https://"
          onChange={(event) => setUrl(event.target.value)}
        />
      </label>
      <div className="ht-row">
        <button
          type="button"
          className="ht-btn"
          disabled={busy || url.trim() === ''}
          onClick={() => send(path, { revision, outcome: 'out', url: url.trim() })}
        >
          {say(PLAN.there)}
        </button>
        <button
          type="button"
          className="ht-btn"
          disabled={busy}
          onClick={() => send(path, { revision, outcome: 'not-out' })}
        >
          {say(PLAN.absent)}
        </button>
      </div>
    </div>
  )
}

const Small = ({
  words,
  busy,
  danger,
  onPress,
}: {
  words: string
  busy: boolean
  danger?: boolean
  onPress: () => void
}) => (
  <button
    type="button"
    className={danger ? 'ht-btn ht-btn--danger' : 'ht-btn'}
    disabled={busy}
    onClick={onPress}
  >
    {words}
  </button>
)

/** What a person may do to a delivery where it stands; each asks the server with the revision on the screen. */
export const DeliveryActions = ({ delivery, name, busy, send }: Props) => {
  const say = useSay()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [moving, setMoving] = useState(false)
  const question = useQuestion(asked ?? 'cancel', name)
  const offered: readonly PersonAction[] = actionsIn(delivery.state)
  const { revision } = delivery
  const post = (verb: string, more: Record<string, unknown> = {}) =>
    send(`/api/delivery/${delivery.id}/${verb}`, { revision, ...more })
  const answered = (reason: string | null) => {
    if (asked && reason !== null) post(asked, asked === 'takedown' ? { reason } : {})
    setAsked(null)
  }
  if (moving) {
    return (
      <HourField
        from={delivery.dueAt}
        confirm={say(PLAN.move)}
        busy={busy}
        onCancel={() => setMoving(false)}
        onHour={(dueAt) => {
          setMoving(false)
          post('move', { dueAt })
        }}
      />
    )
  }
  return (
    <>
      {offered.includes('resolve') ? <Resolve delivery={delivery} busy={busy} send={send} /> : null}
      <div className="ht-row ht-small">
        {offered.includes('release') ? (
          <Small words={say(PLAN.release)} busy={busy} onPress={() => post('release')} />
        ) : null}
        {offered.includes('move') ? (
          <Small words={say(PLAN.move)} busy={busy} onPress={() => setMoving(true)} />
        ) : null}
        {offered.includes('cancel') ? (
          <Small words={say(PLAN.cancel)} busy={busy} onPress={() => setAsked('cancel')} />
        ) : (
          offered.includes('takedown') && (
            <Small
              words={say(PLAN.takedown)}
              busy={busy}
              danger
              onPress={() => setAsked('takedown')}
            />
          )
        )}
      </div>
      {asked ? <AskReason question={question} onAnswer={answered} /> : null}
    </>
  )
}
