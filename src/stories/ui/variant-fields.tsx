'use client'

import { useId, type ReactNode } from 'react'
import { useLanguage, useSay } from '@/people/ui/say'
import type { Help } from '@/errors'
import { clipLength, numberIn } from '@/people/ui/format'
import { countOf, countTags } from './count'
import type { Bound, PosterChoice, Problem, VariantText } from './types'
import type { DraftText } from './use-variant-draft'
import { COMPOSER } from './words'

const Problems = ({ problems }: { problems: Problem[] }) => {
  const say = useSay()
  return (
    <>
      {problems.map(({ code, help }) => (
        <span key={code} className="ht-field__problem">
          {say(help)}
        </span>
      ))}
    </>
  )
}

type Counted = { have: number; bound: Bound | null }

/** How much stands there, of how much the platform takes. */
const Count = ({ have, bound }: Counted) => {
  const say = useSay()
  const language = useLanguage()
  const n = numberIn(language, have)
  const max = bound ? numberIn(language, bound.max) : ''
  const words = !bound
    ? say(COMPOSER.characters, { n })
    : say(bound.unit === 'bytes' ? COMPOSER.bytesOf : COMPOSER.charactersOf, { n, max })
  const over = bound !== null && have > bound.max
  return (
    <span className={over ? 'ht-field__count ht-field__problem' : 'ht-field__count'}>{words}</span>
  )
}

type FieldProps = {
  label: string
  value: string
  problems: Problem[]
  disabled: boolean
  rows?: number
  counted: Counted
  onChange: (value: string) => void
}

/** A field with its count; what is wrong stands under it in the server's words. */
const TextField = ({ label, value, problems, disabled, rows, counted, onChange }: FieldProps) => {
  const id = useId()
  const shared = {
    id,
    className: 'ht-input',
    value,
    disabled,
    'aria-invalid': problems.length > 0,
    'aria-describedby': `${id}-notes`,
  }
  return (
    <div className="ht-field">
      <label htmlFor={id}>{label}</label>
      {rows ? (
        <textarea {...shared} rows={rows} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input {...shared} type="text" onChange={(event) => onChange(event.target.value)} />
      )}
      <span id={`${id}-notes`} className="ht-field__notes">
        <Problems problems={problems} />
        <Count {...counted} />
      </span>
    </div>
  )
}

const titleOf = ({ second, name }: PosterChoice): { text: Help; with?: Record<string, string> } => {
  if (name !== undefined) return { text: COMPOSER.frame, with: { name } }
  if (second === undefined) return { text: COMPOSER.standard }
  return { text: COMPOSER.second, with: { time: clipLength(second) } }
}

type ThumbProps = {
  name: string
  value: string
  posters: PosterChoice[]
  disabled: boolean
  onChange: (value: string) => void
  children: ReactNode
}

const ThumbnailChoice = ({ name, value, posters, disabled, onChange, children }: ThumbProps) => {
  const say = useSay()
  return (
    <fieldset className="ht-frames" disabled={disabled}>
      <legend>{say(COMPOSER.thumbnail)}</legend>
      {posters.length === 0 ? <span className="ht-muted">{say(COMPOSER.noFrames)}</span> : null}
      {posters.map((poster) => (
        <label key={poster.value}>
          <input
            type="radio"
            name={name}
            value={poster.value}
            checked={poster.value === value}
            onChange={() => onChange(poster.value)}
          />
          <img src={poster.url} alt="" loading="lazy" />
          <span className="ht-muted">{say(titleOf(poster).text, titleOf(poster).with)}</span>
        </label>
      ))}
      {children}
    </fieldset>
  )
}

type Props = {
  id: string
  text: DraftText
  problems: Problem[]
  limits: VariantText['limits']
  posters: PosterChoice[] | null
  disabled: boolean
  onChange: (part: Partial<DraftText>) => void
}

const about = (problems: Problem[], field: string) =>
  problems.filter((problem) => problem.field === field)

const counted = (text: string, bound: Bound | null): Counted => ({
  have: countOf(text, bound?.unit ?? 'characters'),
  bound,
})

export const VariantFields = (props: Props) => {
  const { id, text, problems, limits, posters, disabled, onChange } = props
  const say = useSay()
  const known = ['title', 'text', 'tags', 'thumbnail']
  return (
    <>
      <TextField
        label={say(COMPOSER.title)}
        value={text.title}
        problems={about(problems, 'title')}
        counted={counted(text.title, limits.title)}
        disabled={disabled}
        onChange={(title) => onChange({ title })}
      />
      <TextField
        label={say(COMPOSER.text)}
        value={text.text}
        rows={5}
        problems={about(problems, 'text')}
        counted={counted(text.text, limits.text)}
        disabled={disabled}
        onChange={(value) => onChange({ text: value })}
      />
      <TextField
        label={say(COMPOSER.tags)}
        value={text.tags}
        problems={about(problems, 'tags')}
        counted={{
          have: countTags(text.tags, limits.tags?.unit ?? 'characters'),
          bound: limits.tags,
        }}
        disabled={disabled}
        onChange={(tags) => onChange({ tags })}
      />
      {posters ? (
        <ThumbnailChoice
          name={`thumbnail-${id}`}
          value={text.thumbnail}
          posters={posters}
          disabled={disabled}
          onChange={(thumbnail) => onChange({ thumbnail })}
        >
          <Problems problems={about(problems, 'thumbnail')} />
        </ThumbnailChoice>
      ) : null}
      <Problems problems={problems.filter(({ field }) => !known.includes(field))} />
    </>
  )
}
