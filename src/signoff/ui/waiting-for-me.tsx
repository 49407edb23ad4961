'use client'

import { Link } from '@payloadcms/ui'
import { ago } from '@/people/ui/format'
import { Pill } from '@/people/ui/pieces'
import { useLanguage, useSay } from '@/people/ui/say'
import { Thumb } from './story-card'
import type { Card } from './types'
import { BOARD, STATES, stateOf } from './words'

const Waiting = ({ card }: { card: Card }) => {
  const say = useSay()
  const language = useLanguage()
  const { tone, label } = stateOf(STATES, card.state)
  return (
    <li>
      <Link
        className="ht-waits"
        href={`/admin/review/${card.story}`}
        prefetch={false}
        data-story-card
      >
        <Thumb card={card} />
        <span className="ht-waits__words">
          <strong>{card.title}</strong>
          <Pill tone={card.political ? 'red' : tone}>{say(card.whyMe ?? label)}</Pill>
          <time className="ht-muted" dateTime={card.stateAt}>
            {ago(language, card.stateAt)}
          </time>
        </span>
      </Link>
    </li>
  )
}

/** What only this person can move on, before anything else on the desk. */
export const WaitingForMe = ({ cards }: { cards: Card[] }) => {
  const say = useSay()
  return (
    <section className="ht-card ht-mine" aria-labelledby="ht-mine">
      <div className="ht-row">
        <h2 id="ht-mine">{say(BOARD.mine)}</h2>
        {cards.length > 0 ? <Pill tone="red">{cards.length}</Pill> : null}
        <span className="ht-grow" />
        <span className="ht-muted ht-desktop">{say(BOARD.keys)}</span>
      </div>
      {cards.length === 0 ? (
        <p className="ht-muted">{say(BOARD.nothing)}</p>
      ) : (
        <ul className="ht-mine__list">
          {cards.map((card) => (
            <Waiting key={card.story} card={card} />
          ))}
        </ul>
      )}
    </section>
  )
}
