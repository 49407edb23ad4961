'use client'

import { Link, useAuth } from '@payloadcms/ui'
import { Plus, Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { folded, longDay } from '@/people/ui/format'
import { WAITING_EVENT } from '@/people/ui/nav'
import { Notice } from '@/people/ui/pieces'
import { useLanguage, useSay } from '@/people/ui/say'
import { usePolled } from '@/people/ui/use-polled'
import { BoardColumns } from './board-columns'
import type { Board, Card } from './types'
import { useBoardKeys } from './use-board-keys'
import { WaitingForMe } from './waiting-for-me'
import { BOARD } from './words'

const isMoving = ({ processing }: Card) =>
  processing !== null && processing.state !== 'ready' && processing.state !== 'failed'

/** While a machine works on something on the board, look often. */
const pace = (board: Board | null) =>
  board?.columns.some(({ items }) => items.some(isMoving)) ? 3_000 : 15_000

const matching = (cards: Card[], wanted: string) =>
  wanted
    ? cards.filter(({ title, section, byline }) =>
        folded(`${title} ${section} ${byline}`).includes(wanted),
      )
    : cards

const useTellMenu = (waiting: number) => {
  useEffect(() => {
    window.dispatchEvent(new CustomEvent(WAITING_EVENT, { detail: waiting }))
  }, [waiting])
}

const Head = ({ text, onText }: { text: string; onText: (text: string) => void }) => {
  const say = useSay()
  const language = useLanguage()
  const search = useRef<HTMLInputElement>(null)
  const { permissions } = useAuth()
  useBoardKeys(search)
  return (
    <header className="ht-head">
      <div>
        <h1>{say(BOARD.title)}</h1>
        <span className="ht-muted ht-capital">{longDay(language)}</span>
      </div>
      <label className="ht-search">
        <Search size={16} aria-hidden />
        <span className="ht-sr">{say(BOARD.search)}</span>
        <input
          ref={search}
          type="search"
          value={text}
          placeholder={say(BOARD.search)}
          onChange={(event) => onText(event.target.value)}
        />
        <kbd aria-hidden>/</kbd>
      </label>
      {permissions?.collections?.stories?.create ? (
        <Link
          className="ht-btn ht-btn--primary"
          href="/admin/collections/stories/create"
          prefetch={false}
        >
          <Plus size={16} aria-hidden />
          {say(BOARD.add)}
        </Link>
      ) : null}
    </header>
  )
}

const Stories = () => {
  const say = useSay()
  const [text, setText] = useState('')
  const { data, refused } = usePolled<Board>('/api/desk/board', pace)
  const wanted = folded(text.trim())
  const columns = (data?.columns ?? []).map((column) => ({
    ...column,
    items: matching(column.items, wanted),
  }))
  const nothing = wanted !== '' && columns.every(({ items }) => items.length === 0)
  useTellMenu(data?.waiting.length ?? 0)
  return (
    <div className="ht-view ht-board">
      <Head text={text} onText={setText} />
      {refused ? (
        <Notice tone="red" live>
          {say(refused.help)}
        </Notice>
      ) : null}
      {data === null && !refused ? <p className="ht-muted">{say(BOARD.loading)}</p> : null}
      {data && !wanted ? <WaitingForMe cards={data.waiting} /> : null}
      {nothing ? <p>{say(BOARD.notFound, { text })}</p> : null}
      {data ? <BoardColumns columns={columns} /> : null}
    </div>
  )
}

/** The home of the admin: what waits for me, then every story by where it stands. Whoever reads no story is told so. */
export const DeskBoard = () => {
  const say = useSay()
  const { permissions } = useAuth()
  if (!permissions || permissions.collections?.stories?.read) return <Stories />
  return (
    <div className="ht-view ht-board">
      <header className="ht-head">
        <h1>{say(BOARD.title)}</h1>
      </header>
      <Notice tone="blue">{say(BOARD.noStories)}</Notice>
    </div>
  )
}
