'use client'

import { Link } from '@payloadcms/ui'
import { fullMoment } from '@/people/ui/format'
import { ChannelMark, Pill } from '@/people/ui/pieces'
import { useLanguage, useSay } from '@/people/ui/say'
import { OUTWARD, STATES, stateOf } from '@/signoff/ui/words'
import type { Use } from '../detail'
import { PANEL, USED_AS } from './words'

const Sent = ({ sent }: { sent: Use['deliveries'][number] }) => {
  const say = useSay()
  const language = useLanguage()
  const state = stateOf(OUTWARD, sent.state)
  return (
    <li className="ht-row">
      <ChannelMark platform={sent.platform} label={sent.channel} />
      <span className="ht-grow">
        {sent.url ? (
          <a href={sent.url} target="_blank" rel="noreferrer">
            {sent.channel}
          </a>
        ) : (
          sent.channel
        )}
        <time className="ht-muted" dateTime={sent.at}>
          {' '}
          {fullMoment(language, sent.at)}
        </time>
      </span>
      <Pill tone={state.tone}>{say(state.label)}</Pill>
    </li>
  )
}

/** Where an original went: each story with its state, and below it each channel with its hour. */
export const UsesList = ({ uses }: { uses: Use[] }) => {
  const say = useSay()
  if (uses.length === 0) return <p className="ht-muted">{say(PANEL.noUses)}</p>
  return (
    <ul className="ht-uses">
      {uses.map((use) => {
        const state = stateOf(STATES, use.state)
        return (
          <li key={use.story}>
            <span className="ht-row">
              <Link href={`/admin/review/${use.story}`} prefetch={false} className="ht-grow">
                {use.title}
              </Link>
              <Pill tone={state.tone}>{say(state.label)}</Pill>
            </span>
            <span className="ht-muted">
              {[use.section, say(USED_AS[use.as])].filter(Boolean).join(' · ')}
            </span>
            <ul>
              {use.deliveries.map((sent) => (
                <Sent key={sent.id} sent={sent} />
              ))}
            </ul>
          </li>
        )
      })}
    </ul>
  )
}
