'use client'

import { AudioLines, Film, Image } from 'lucide-react'
import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { clipLength } from '@/people/ui/format'
import { Pill } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import type { Card } from '../cards'
import { dayWords, RightsBadge } from './rights-badge'
import { stillStyle, useScrub, type Still } from './use-scrub'
import { KIND_WORDS, LIBRARY } from './words'

const ICONS = { video: Film, audio: AudioLines, image: Image }

const Picture = ({ card, still }: { card: Card; still: Still | null }) => {
  const say = useSay()
  const Icon = ICONS[card.kind as keyof typeof ICONS] ?? Film // a kind unknown here is shown as a clip
  const at = still ? still.at * still.sheet.stepSeconds : null
  return (
    <span className="ht-tape__picture">
      {card.thumb ? (
        <img src={card.thumb} alt="" loading="lazy" draggable={false} />
      ) : (
        <Icon size={28} aria-hidden />
      )}
      {still && card.scrub ? (
        <span className="ht-tape__frame">
          <i style={stillStyle(card.scrub.sheet, still)} />
        </span>
      ) : null}
      <span className="ht-tape__kind">{say(KIND_WORDS[card.kind] ?? LIBRARY.title)}</span>
      {card.durationSeconds ? (
        <span className="ht-tape__length">
          {at === null ? '' : `${clipLength(at)} / `}
          {clipLength(card.durationSeconds)}
        </span>
      ) : null}
      {still ? (
        <span
          className="ht-tape__bar"
          style={{ width: `${((still.at + 1) / still.sheet.count) * 100}%` }}
        />
      ) : null}
    </span>
  )
}

/** A finger that was drawn this far across meant to scrub, not to open. */
const DRAWN = 8

const useHand = (card: Card) => {
  const { still, to, by, leave } = useScrub(card.scrub)
  const from = useRef<number | null>(null)
  const drawn = useRef(false)
  const shareOf = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    return (event.clientX - box.left) / box.width
  }
  const on = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      from.current = event.clientX
      drawn.current = false
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const held = event.pointerType !== 'touch' || from.current !== null
      if (from.current !== null && Math.abs(event.clientX - from.current) > DRAWN)
        drawn.current = event.pointerType === 'touch'
      if (held) void to(shareOf(event))
    },
    onPointerUp: () => {
      from.current = null
    },
    onPointerCancel: () => {
      from.current = null
    },
    onPointerLeave: (event: PointerEvent<HTMLElement>) => {
      if (event.pointerType !== 'touch') leave()
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (!event.shiftKey || !['ArrowLeft', 'ArrowRight'].includes(event.key)) return
      event.preventDefault()
      void by(event.key === 'ArrowRight' ? 1 : -1)
    },
    onBlur: leave,
  }
  return { still, on, wasDrawn: () => drawn.current }
}

const Standing = ({ card }: { card: Card }) => {
  const say = useSay()
  if (card.state === 'ready') return null
  if (card.state === 'failed') return <Pill tone="red">{say(LIBRARY.failed)}</Pill>
  return <Pill tone="blue">{say(LIBRARY.making)}</Pill>
}

/** One original: its picture to scrub over, its name, where it is from and how long it may be used. */
export const AssetCard = ({
  card,
  open,
  onOpen,
}: {
  card: Card
  open: boolean
  onOpen: (asset: string) => void
}) => {
  const say = useSay()
  const { still, on, wasDrawn } = useHand(card)
  const used = card.stories > 0 ? say(LIBRARY.stories, { n: card.stories }) : say(LIBRARY.unused)
  return (
    <li>
      <button
        type="button"
        className="ht-tape"
        data-tape={card.asset}
        aria-pressed={open}
        onClick={() => {
          if (!wasDrawn()) onOpen(card.asset)
        }}
        {...on}
      >
        <Picture card={card} still={still} />
        <strong className="ht-tape__title">{card.title}</strong>
        <span className="ht-tape__meta">
          {[dayWords(card.day), card.place, used].filter(Boolean).join(' · ')}
        </span>
        <span className="ht-row">
          <RightsBadge rights={card.rights} />
          <Standing card={card} />
        </span>
      </button>
    </li>
  )
}
