'use client'

import { Link, useAuth } from '@payloadcms/ui'
import { ExternalLink, X } from 'lucide-react'
import { moment } from '@/people/ui/format'
import { ChannelMark, Notice, Pill } from '@/people/ui/pieces'
import { useLanguage, useSay } from '@/people/ui/say'
import { OUTWARD, stateOf } from '@/signoff/ui/words'
import { DeliveryActions, type SendTo } from './delivery-actions'
import { ProofList } from './proof-list'
import { Trouble } from './trouble'
import type { DeliveryRow } from './use-board'
import { useSender } from './use-sender'
import { BOARD, PLAN } from './words'

type Props = { row: DeliveryRow; title: string; busy: boolean; send: SendTo; onClose: () => void }

/** One delivery: where it stands in plain words, what a stranger saw, and what a person can do. */
export const DeliveryDetail = ({ row, title, busy, send, onClose }: Props) => {
  const say = useSay()
  const language = useLanguage()
  const sender = useSender()
  const { permissions } = useAuth()
  const { tone, label } = stateOf(OUTWARD, row.state)
  return (
    <aside className="ht-card ht-deliveries__detail" aria-label={`${row.channelName} · ${title}`}>
      <div className="ht-row">
        <ChannelMark platform={row.platform} label={row.platform} />
        <h2 className="ht-grow">
          {row.channelName} · {title}
        </h2>
        <button
          type="button"
          className="ht-btn ht-btn--icon"
          aria-label={say(BOARD.close)}
          onClick={onClose}
        >
          <X size={15} aria-hidden />
        </button>
      </div>
      <div className="ht-row">
        <Pill tone={tone}>{say(label)}</Pill>
        {row.dueAt ? (
          <span className="ht-muted">{say(PLAN.due, { time: moment(language, row.dueAt) })}</span>
        ) : null}
      </div>
      {row.state === 'unconfirmed' ? <Notice>{say(BOARD.asks)}</Notice> : null}
      <Trouble row={row} />
      <div className="ht-row">
        {permissions?.collections?.stories?.read ? (
          <Link className="ht-btn" href={`/admin/review/${row.story}`} prefetch={false}>
            {say(BOARD.room)}
          </Link>
        ) : null}
        {row.url ? (
          <a className="ht-btn" href={row.url} target="_blank" rel="noreferrer">
            {say(PLAN.see)} <ExternalLink size={13} aria-hidden />
          </a>
        ) : null}
      </div>
      <ProofList proof={row.proof} />
      {sender ? (
        <DeliveryActions delivery={row} name={row.channelName} busy={busy} send={send} />
      ) : null}
    </aside>
  )
}
