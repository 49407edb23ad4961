'use client'

import { useState } from 'react'
import { useSay } from '@/people/ui/say'
import { StoryCard } from './story-card'
import type { Board } from './types'
import { BOARD } from './words'

type Columns = Board['columns']

const Tabs = ({
  columns,
  shown,
  onShow,
}: {
  columns: Columns
  shown: string
  onShow: (state: string) => void
}) => {
  const say = useSay()
  return (
    <div className="ht-tabs ht-phone" role="group" aria-label={say(BOARD.states)}>
      {columns.map(({ state, label, items }) => (
        <button
          key={state}
          type="button"
          aria-pressed={state === shown}
          onClick={() => onShow(state)}
        >
          {say(label)} {items.length}
        </button>
      ))}
    </div>
  )
}

/** Columns by state on a desk; on a phone one state at a time, chosen by tabs. */
export const BoardColumns = ({ columns }: { columns: Columns }) => {
  const say = useSay()
  const [chosen, setChosen] = useState<string | null>(null)
  const fullest = columns.find(({ items }) => items.length > 0) ?? columns[0]
  const shown = chosen ?? fullest?.state ?? ''
  return (
    <>
      <Tabs columns={columns} shown={shown} onShow={setChosen} />
      <div className="ht-columns">
        {columns.map(({ state, label, items }) => (
          <section
            key={state}
            className={state === shown ? 'ht-column ht-column--shown' : 'ht-column'}
            aria-labelledby={`ht-column-${state}`}
          >
            <h2 id={`ht-column-${state}`}>
              {say(label)} <span className="ht-muted">{items.length}</span>
            </h2>
            <ul>
              {items.map((card) => (
                <StoryCard key={card.story} card={card} />
              ))}
            </ul>
            {items.length === 0 ? <p className="ht-muted">{say(BOARD.empty)}</p> : null}
          </section>
        ))}
      </div>
    </>
  )
}
