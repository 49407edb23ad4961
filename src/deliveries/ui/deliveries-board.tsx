'use client'

import { useState } from 'react'
import { Notice, type Tone } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import { DeliveryDetail } from './delivery-detail'
import { DeliveryTable } from './delivery-table'
import { HoldSwitch } from './hold-switch'
import { useBoard, useTitles, type DeliveryRow } from './use-board'
import { BOARD } from './words'

const COUNTS: { words: keyof typeof BOARD; states: string[]; tone: Tone }[] = [
  { words: 'published', states: ['published'], tone: 'green' },
  { words: 'unsure', states: ['unconfirmed'], tone: 'amber' },
  { words: 'refused', states: ['refused', 'late'], tone: 'red' },
  { words: 'waiting', states: ['planned', 'preparing', 'ready', 'held'], tone: 'violet' },
]

const Counts = ({ rows }: { rows: DeliveryRow[] }) => {
  const say = useSay()
  return (
    <ul className="ht-counts">
      {COUNTS.map(({ words, states, tone }) => (
        <li key={words} className="ht-card">
          <b className={`ht-counts__${tone}`}>
            {rows.filter(({ state }) => states.includes(state)).length}
          </b>
          <span className="ht-muted">{say(BOARD[words])}</span>
        </li>
      ))}
    </ul>
  )
}

/** Every story on every channel, each with its own state; one opened beside them. */
export const DeliveriesBoard = () => {
  const say = useSay()
  const { board, said, busy, send } = useBoard()
  const [chosen, setChosen] = useState<string | null>(null)
  const rows = board?.deliveries ?? []
  const { titles, reader } = useTitles(
    [...new Set(rows.map(({ story }) => story))].sort().join(','),
  )
  const untold = reader ? '…' : say(BOARD.untold)
  const opened = rows.find(({ id }) => id === chosen)
  const held = board?.outward.held ?? false
  return (
    <div className="ht-view ht-deliveries">
      <header className="ht-head">
        <h1>{say(BOARD.title)}</h1>
        {board ? <HoldSwitch held={held} busy={busy} send={send} /> : null}
      </header>
      {board && held ? (
        <Notice tone="red">{say(BOARD.held, { reason: board.outward.reason })}</Notice>
      ) : null}
      {said ? (
        <Notice tone="red" live>
          {say(said)}
        </Notice>
      ) : null}
      {board ? <Counts rows={rows} /> : <p className="ht-muted">{say(BOARD.loading)}</p>}
      {board && rows.length === 0 ? <p>{say(BOARD.nothing)}</p> : null}
      <div className={opened ? 'ht-deliveries__split' : ''}>
        {rows.length > 0 ? (
          <DeliveryTable
            rows={rows}
            titles={titles}
            untold={untold}
            chosen={chosen}
            onChoose={setChosen}
          />
        ) : null}
        {opened ? (
          <DeliveryDetail
            row={opened}
            title={titles.get(opened.story) ?? untold}
            busy={busy}
            send={send}
            onClose={() => setChosen(null)}
          />
        ) : null}
      </div>
    </div>
  )
}
