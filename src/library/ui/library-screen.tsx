'use client'

import { Search } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { numberIn } from '@/people/ui/format'
import { Notice } from '@/people/ui/pieces'
import { useLanguage, useSay } from '@/people/ui/say'
import { AssetCard } from './asset-card'
import { DetailPanel } from './detail-panel'
import { Filters } from './filters'
import { focusTape, useGridKeys } from './use-grid-keys'
import { asParams, NOTHING_ASKED, queryIn, useSearch, type Query } from './use-search'
import { LIBRARY } from './words'

const OPENED = 'mo'

/** The address says what is searched and which one is open: it can be sent, and read again after a reload. */
const useAddress = (query: Query, opened: string | null) => {
  useEffect(() => {
    const params = asParams(query)
    if (opened) params.set(OPENED, opened)
    const asked = params.toString()
    window.history.replaceState(window.history.state, '', asked ? `?${asked}` : window.location.pathname) // prettier-ignore
  }, [query, opened])
}

const Head = (props: {
  query: Query
  total: number | null
  search: RefObject<HTMLInputElement | null>
  onQuery: (query: Query) => void
}) => {
  const { query, total, search, onQuery } = props
  const say = useSay()
  const language = useLanguage()
  return (
    <header className="ht-head">
      <div>
        <h1>{say(LIBRARY.title)}</h1>
        <span className="ht-muted" role="status">
          {total === null
            ? say(LIBRARY.loading)
            : say(LIBRARY.count, { n: numberIn(language, total) })}
        </span>
      </div>
      <label className="ht-search ht-search--wide">
        <Search size={16} aria-hidden />
        <span className="ht-sr">{say(LIBRARY.search)}</span>
        <input
          ref={search}
          type="search"
          value={query.q}
          maxLength={200}
          placeholder={say(LIBRARY.search)}
          onChange={(event) => onQuery({ ...query, q: event.target.value })}
        />
        <kbd aria-hidden>/</kbd>
      </label>
    </header>
  )
}

type Found = ReturnType<typeof useSearch>

const Nothing = ({ asked, onClear }: { asked: boolean; onClear: () => void }) => {
  const say = useSay()
  if (!asked) return <p className="ht-tapes__none">{say(LIBRARY.empty)}</p>
  return (
    <div className="ht-tapes__none">
      <p>{say(LIBRARY.none)}</p>
      <button type="button" className="ht-btn" onClick={onClear}>
        {say(LIBRARY.clear)}
      </button>
    </div>
  )
}

const Grid = (props: { found: Found; opened: string | null; onOpen: (asset: string) => void }) => {
  const { found, opened, onOpen } = props
  const say = useSay()
  const items = found.page?.items ?? []
  return (
    <>
      {found.page?.near ? <Notice tone="blue">{say(LIBRARY.near)}</Notice> : null}
      <ul className="ht-tapes" aria-label={say(LIBRARY.results)} aria-busy={found.busy}>
        {items.map((card) => (
          <AssetCard key={card.asset} card={card} open={card.asset === opened} onOpen={onOpen} />
        ))}
      </ul>
      {found.page?.next ? (
        <button
          type="button"
          className="ht-btn ht-tapes__more"
          disabled={found.busy}
          onClick={found.more}
        >
          {say(LIBRARY.more)}
        </button>
      ) : null}
    </>
  )
}

const Failed = ({ found }: { found: Found }) => {
  const say = useSay()
  if (!found.refused) return null
  return (
    <Notice tone="red" live>
      {say(found.refused.help)}{' '}
      <button type="button" className="ht-btn ht-btn--plain ht-btn--inline" onClick={found.reload}>
        {say(LIBRARY.again)}
      </button>
    </Notice>
  )
}

/** Find the old tape: search, look through the stills, open one beside the others. */
export const LibraryScreen = () => {
  const say = useSay()
  const params = useSearchParams()
  const [query, setQuery] = useState(() => queryIn(params))
  const [opened, setOpened] = useState(() => params.get(OPENED))
  const search = useRef<HTMLInputElement>(null)
  const found = useSearch(query)
  const close = useCallback(() => {
    setOpened((asset) => {
      if (asset) focusTape(asset)
      return null
    })
  }, [])
  useAddress(query, opened)
  useGridKeys({ search, onClose: close })
  const { page } = found
  const asked = asParams(query).size > 0
  return (
    <div className="ht-view ht-library">
      <Head query={query} total={page?.total ?? null} search={search} onQuery={setQuery} />
      <Filters query={query} onQuery={setQuery} />
      <Failed found={found} />
      <div className={opened ? 'ht-library__split' : ''}>
        <section>
          {page && page.items.length === 0 && !found.busy ? (
            <Nothing asked={asked} onClear={() => setQuery(NOTHING_ASKED)} />
          ) : (
            <Grid found={found} opened={opened} onOpen={setOpened} />
          )}
          <p className="ht-muted ht-library__keys">{say(LIBRARY.keys)}</p>
        </section>
        {opened ? (
          <DetailPanel
            key={opened}
            asset={opened}
            onClose={close}
            onOpen={setOpened}
            onChanged={found.renew}
          />
        ) : null}
      </div>
    </div>
  )
}
