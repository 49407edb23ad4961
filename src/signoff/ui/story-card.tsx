'use client'

import { Link } from '@payloadcms/ui'
import { KINDS } from '@/stories/kinds'
import { ago, clipLength } from '@/people/ui/format'
import { ChannelMark, Meter, Pill } from '@/people/ui/pieces'
import { useLanguage, useSay } from '@/people/ui/say'
import type { Card, Processing } from './types'
import { BOARD, OUTWARD, stateOf } from './words'

const kindOf = (id: string) =>
  Object.entries(KINDS).find(([kind]) => kind === id)?.[1] ?? { vi: id, en: id }

/** A clip on its way keeps the place of its picture. */
const hasPicture = ({ thumb, kind }: Card) => thumb !== null || kind === 'clip'

export const Thumb = ({ card }: { card: Card }) => {
  const say = useSay()
  return (
    <div className={hasPicture(card) ? 'ht-thumb' : 'ht-thumb ht-thumb--none'}>
      {card.thumb ? <img src={card.thumb} alt="" loading="lazy" /> : null}
      <span className="ht-thumb__kind">{say(kindOf(card.kind))}</span>
      {card.durationSeconds ? (
        <span className="ht-thumb__length">{clipLength(card.durationSeconds)}</span>
      ) : null}
    </div>
  )
}

export const Channels = ({ card }: { card: Card }) => {
  const say = useSay()
  return (
    <span className="ht-story__channels">
      {card.channels.map(({ channel, platform, name, state }) => (
        <ChannelMark
          key={channel}
          platform={platform}
          label={state ? `${name}: ${say(stateOf(OUTWARD, state).label)}` : name}
        />
      ))}
    </span>
  )
}

const isDone = ({ state }: Processing) => state === 'ready'

/** How far the machine is with the clip, in a line and a bar. */
export const Progress = ({ processing }: { processing: Processing }) => {
  const say = useSay()
  if (isDone(processing)) return null
  if (processing.state === 'failed') return <Pill tone="red">{say(BOARD.failed)}</Pill>
  const share = processing.progress ?? 0
  const left = processing.secondsLeft
  const line = say(BOARD.processing, { share: Math.round(share * 100) })
  return (
    <div className="ht-story__progress">
      <span className="ht-muted">
        {line}
        {left ? ` · ${say(BOARD.left, { time: clipLength(left) })}` : ''}
      </span>
      <Meter share={share} label={line} />
    </div>
  )
}

export const StoryCard = ({ card }: { card: Card }) => {
  const say = useSay()
  const language = useLanguage()
  return (
    <li>
      <Link
        className="ht-story"
        href={`/admin/review/${card.story}`}
        prefetch={false}
        data-story-card
      >
        <Thumb card={card} />
        <strong className="ht-story__title">{card.title}</strong>
        <span className="ht-story__meta">
          <span>{[card.section, card.byline].filter(Boolean).join(' · ')}</span>
          <time dateTime={card.stateAt}>{ago(language, card.stateAt)}</time>
        </span>
        <span className="ht-story__foot">
          {card.political ? <Pill tone="red">{say(BOARD.political)}</Pill> : <span />}
          <Channels card={card} />
        </span>
        {card.processing ? <Progress processing={card.processing} /> : null}
      </Link>
    </li>
  )
}
