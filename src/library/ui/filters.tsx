'use client'

import { SlidersHorizontal } from 'lucide-react'
import { useEffect, useState } from 'react'
import { RIGHTS } from '@/assets/rights'
import type { Help } from '@/errors'
import { getJson } from '@/people/ui/api'
import { useSay } from '@/people/ui/say'
import { NOTHING_ASKED, type Query } from './use-search'
import { FILTER, KIND_WORDS, LIBRARY, RIGHTS_WORDS } from './words'

type Section = { id: string; name: string }

const useSections = (): Section[] => {
  const [sections, setSections] = useState<Section[]>([])
  useEffect(() => {
    const read = async () => {
      const answer = await getJson<{ docs: Section[] }>('/api/sections?limit=200&depth=0&sort=name')
      if (answer.ok) setSections(answer.data.docs)
    }
    void read()
  }, [])
  return sections
}

type Set = (name: keyof Query, value: string) => void

const Choice = (props: {
  name: 'kind' | 'section' | 'rights'
  query: Query
  set: Set
  options: { value: string; label: string }[]
}) => {
  const say = useSay()
  const { name, query, set, options } = props
  return (
    <label className="ht-field">
      {say(FILTER[name])}
      <select
        className="ht-input"
        value={query[name]}
        onChange={(event) => set(name, event.target.value)}
      >
        <option value="">{say(FILTER.any)}</option>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

const Typed = (props: {
  name: 'person' | 'place' | 'from' | 'to'
  type: 'search' | 'date'
  query: Query
  set: Set
}) => {
  const say = useSay()
  const { name, type, query, set } = props
  return (
    <label className="ht-field">
      {say(FILTER[name])}
      <input
        className="ht-input"
        type={type}
        value={query[name]}
        onChange={(event) => set(name, event.target.value)}
      />
    </label>
  )
}

const howMany = (query: Query) =>
  Object.entries(query).filter(([name, value]) => name !== 'q' && value.trim() !== '').length

/** Narrowing what was found. Open on a desk; on a phone behind one button that says how many are set. */
export const Filters = ({ query, onQuery }: { query: Query; onQuery: (query: Query) => void }) => {
  const say = useSay()
  const sections = useSections()
  const [open, setOpen] = useState(false)
  const set: Set = (name, value) => onQuery({ ...query, [name]: value })
  const words = (table: Record<string, Help>) =>
    Object.entries(table).map(([value, label]) => ({ value, label: say(label) }))
  const rights = RIGHTS.map((value) => ({ value, label: say(RIGHTS_WORDS[value].label) }))
  const count = howMany(query)
  return (
    <div className={open ? 'ht-sift ht-sift--open' : 'ht-sift'}>
      <button
        type="button"
        className="ht-btn ht-sift__button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <SlidersHorizontal size={16} aria-hidden />
        {say(LIBRARY.filters)}
        {count > 0 ? <span className="ht-count">{count}</span> : null}
      </button>
      <div className="ht-sift__fields">
        <Choice name="kind" query={query} set={set} options={words(KIND_WORDS)} />
        <Choice
          name="section"
          query={query}
          set={set}
          options={sections.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Choice name="rights" query={query} set={set} options={rights} />
        <Typed name="person" type="search" query={query} set={set} />
        <Typed name="place" type="search" query={query} set={set} />
        <Typed name="from" type="date" query={query} set={set} />
        <Typed name="to" type="date" query={query} set={set} />
        {count > 0 ? (
          <button
            type="button"
            className="ht-btn ht-btn--plain ht-sift__clear"
            onClick={() => onQuery({ ...NOTHING_ASKED, q: query.q })}
          >
            {say(LIBRARY.clear)}
          </button>
        ) : null}
      </div>
    </div>
  )
}
