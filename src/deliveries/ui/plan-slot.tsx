'use client'

import { CalendarClock, ExternalLink, Send } from 'lucide-react'
import { useState, type ComponentProps } from 'react'
import { moment } from '@/people/ui/format'
import { useLanguage, useSay } from '@/people/ui/say'
import type { OutwardSlot } from '@/signoff/ui/sign-channels'
import { isClosed } from '../states'
import { DeliveryActions } from './delivery-actions'
import { HourField } from './hour-field'
import { ProofList } from './proof-list'
import { Trouble } from './trouble'
import { useSender } from './use-sender'
import { PLAN } from './words'

type Props = ComponentProps<OutwardSlot>

const GONE = ['withdrawn', 'cancelled']
/** Nothing to explain any more. */
const QUIET = [...GONE, 'published', 'replaced']
const BEFORE = ['planned', 'preparing', 'ready', 'held', 'late']

/** A sealed channel without a living delivery: now, or at an hour. */
const PlanOne = ({ story, variant, busy, send }: Props) => {
  const say = useSay()
  const [timing, setTiming] = useState(false)
  const plan = (dueAt: string) => void send('/api/plan', { story, channel: variant.channel, dueAt })
  if (timing) {
    return (
      <HourField
        from={null}
        confirm={say(PLAN.at)}
        busy={busy}
        onCancel={() => setTiming(false)}
        onHour={(dueAt) => {
          setTiming(false)
          plan(dueAt)
        }}
      />
    )
  }
  return (
    <div className="ht-row ht-small">
      <button
        type="button"
        className="ht-btn ht-btn--primary"
        disabled={busy}
        onClick={() => plan('now')}
      >
        <Send size={14} aria-hidden />
        {say(PLAN.now)}
      </button>
      <button type="button" className="ht-btn" disabled={busy} onClick={() => setTiming(true)}>
        <CalendarClock size={14} aria-hidden />
        {say(PLAN.at)}
      </button>
    </div>
  )
}

const Facts = ({ variant }: { variant: Props['variant'] }) => {
  const say = useSay()
  const language = useLanguage()
  const { delivery } = variant
  if (!delivery) return null
  const due = delivery.dueAt && BEFORE.includes(delivery.state) ? delivery.dueAt : null
  return (
    <div className="ht-outward">
      {due ? <span>{say(PLAN.due, { time: moment(language, due) })}</span> : null}
      {delivery.url && !GONE.includes(delivery.state) ? (
        <a href={delivery.url} target="_blank" rel="noreferrer">
          {say(PLAN.see)} <ExternalLink size={12} aria-hidden />
        </a>
      ) : null}
      {QUIET.includes(delivery.state) ? null : (
        <Trouble row={{ ...delivery, platform: variant.platform }} />
      )}
    </div>
  )
}

/** What was taken down is not put back by a slip of the hand. */
const PlanOrAgain = (props: Props) => {
  const say = useSay()
  if (props.variant.delivery?.state !== 'withdrawn') return <PlanOne {...props} />
  return (
    <details className="ht-whynot">
      <summary>{say(PLAN.again)}</summary>
      <PlanOne {...props} />
    </details>
  )
}

/** Under each channel of the review room: its hour, where it stands, its link, and what may be done. */
export const PlanSlot = (props: Props) => {
  const { variant, busy, send } = props
  const say = useSay()
  const sender = useSender()
  const { delivery, seal } = variant
  const open = delivery === null || isClosed(delivery.state)
  return (
    <>
      <Facts variant={variant} />
      {delivery && delivery.proof.length > 0 ? (
        <details className="ht-whynot">
          <summary>{say(PLAN.askProof)}</summary>
          <ProofList proof={delivery.proof} />
        </details>
      ) : null}
      {sender && delivery && !open ? (
        <DeliveryActions
          delivery={delivery}
          name={variant.channelName}
          busy={busy}
          send={(path, body) => void send(path, body)}
        />
      ) : null}
      {sender && open && seal?.state === 'valid' ? <PlanOrAgain {...props} /> : null}
    </>
  )
}
