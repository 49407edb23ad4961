'use client'

import type { FormEvent } from 'react'
import { BASES } from '@/assets/rights'
import { Notice } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import type { Detail } from '../detail'
import { NOTE_DAYS, type NoteField } from '../note-fields'
import { useNotes } from './use-notes'
import { NO_BASIS, NOTE_WORDS, PANEL } from './words'

const ABOUT: NoteField[] = ['title', 'people', 'place', 'takenOn', 'credit']
const RIGHTS: NoteField[] = ['basis', 'holder', 'leaseFrom', 'leaseTo', 'territory']

const isDay = (name: NoteField) => NOTE_DAYS.some((day) => day === name)

type Row = {
  name: NoteField
  value: string
  theirs: string | undefined
  disabled: boolean
  set: (name: NoteField, value: string) => void
}

const Field = ({ name, value, theirs, disabled, set }: Row) => {
  const say = useSay()
  const shown = {
    className: 'ht-input',
    value,
    disabled,
    onChange: (event: { target: { value: string } }) => set(name, event.target.value),
  }
  return (
    <label className={`ht-field ht-notes__${name}`}>
      {say(NOTE_WORDS[name])}
      {name === 'basis' ? (
        <select {...shown}>
          <option value="">{say(NO_BASIS)}</option>
          {Object.entries(BASES).map(([id, label]) => (
            <option key={id} value={id}>
              {say(label)}
            </option>
          ))}
        </select>
      ) : (
        <input {...shown} type={isDay(name) ? 'date' : 'text'} maxLength={500} />
      )}
      {theirs === undefined ? null : (
        <span className="ht-notes__theirs">
          {say(PANEL.theirs, { text: theirs || say(PANEL.blank) })}
        </span>
      )}
    </label>
  )
}

/** What is said of an original and how long it may be used; whoever may not keep the library reads it. */
export const NotesForm = (props: { detail: Detail; reload: () => Promise<Detail | null> }) => {
  const { detail, reload } = props
  const say = useSay()
  const notes = useNotes(detail, reload)
  const { typed, set, theirs, busy, said } = notes
  const disabled = !detail.may.keep
  const rows = (names: NoteField[]) =>
    names.map((name) => (
      <Field
        key={name}
        name={name}
        value={typed[name]}
        theirs={theirs[name]}
        disabled={disabled}
        set={set}
      />
    ))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (notes.changed && !busy) notes.save()
  }
  return (
    <form className="ht-notes" onSubmit={submit}>
      <h3>{say(PANEL.about)}</h3>
      <div className="ht-notes__fields">{rows(ABOUT)}</div>
      <h3>{say(PANEL.rights)}</h3>
      <div className="ht-notes__fields">{rows(RIGHTS)}</div>
      {said ? (
        <Notice tone={said.tone} live>
          {say(said.words)}
        </Notice>
      ) : null}
      {disabled ? null : (
        <div className="ht-row">
          <button
            type="submit"
            className="ht-btn ht-btn--primary"
            disabled={busy || !notes.changed}
          >
            {say(busy ? PANEL.saving : PANEL.save)}
          </button>
          <span role="status" className="ht-muted">
            {notes.undo ? say(PANEL.saved) : ''}
          </span>
          {notes.undo ? (
            <button type="button" className="ht-btn ht-btn--plain" onClick={notes.undo}>
              {say(PANEL.undo)}
            </button>
          ) : null}
        </div>
      )}
    </form>
  )
}
