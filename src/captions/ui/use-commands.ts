'use client'

import { useCallback, useEffect } from 'react'
import type { Film } from './film'
import { commandOf, type Command } from './shortcuts'
import type { Draft } from './use-draft'

const STEP_MS = 100
const SEEK_MS = 1_000

const fieldOf = (at: number) =>
  document.querySelector<HTMLTextAreaElement>(`textarea[data-cue="${at}"]`)

/** Where the caret stands in the words of the cue in hand; undefined when it stands elsewhere. */
const caretIn = (at: number): number | undefined => {
  const field = fieldOf(at)
  return field && field === document.activeElement ? field.selectionStart : undefined
}

const isTyping = (target: EventTarget | null) =>
  target instanceof Element && target.closest('input,textarea,select,[contenteditable]') !== null

/** A button or the player answers Space and Enter by itself. */
const answersItself = (event: KeyboardEvent) =>
  (event.code === 'Space' || event.code === 'Enter') &&
  event.target instanceof Element &&
  event.target.closest('button,a,video,summary') !== null

type Hands = { draft: Draft; film: Film; open: boolean }

/** Everything that keys and buttons can ask for. */
export const useCommands = ({ draft, film, open }: Hands): ((command: Command) => void) => {
  const { act, edit } = draft
  const pick = useCallback(
    (at: number) => {
      const cue = edit.cues[at]
      if (!cue) return
      const typing = caretIn(edit.at) !== undefined
      act({ do: 'pick', at })
      film.seek(cue.start + 1)
      if (typing) requestAnimationFrame(() => fieldOf(at)?.focus())
    },
    [act, edit, film],
  )
  const change = (command: Command) => {
    const { at } = edit
    const ms = film.now()
    if (command === 'in') return act({ do: 'time', at, start: ms })
    if (command === 'out') return act({ do: 'time', at, end: ms })
    if (command === 'split') return act({ do: 'split', at, ms, by: caretIn(at) })
    if (command === 'merge') return act({ do: 'merge', at })
    if (command === 'remove') return act({ do: 'remove', at })
    if (command === 'earlier') return act({ do: 'move', at, by: -STEP_MS })
    if (command === 'later') return act({ do: 'move', at, by: STEP_MS })
    if (command === 'undo' || command === 'redo') return act({ do: command })
    if (command !== 'add') return
    act({ do: 'add', ms })
    requestAnimationFrame(() => document.querySelector<HTMLElement>('textarea[data-cue]')?.focus())
  }
  const look = (command: Command) => {
    const { at, cues } = edit
    const cue = cues[at]
    if (command === 'play') film.toggle()
    if (command === 'again' && cue) film.span(cue.start, cue.end)
    if (command === 'next') pick(at + 1)
    if (command === 'previous') pick(at - 1)
    if (command === 'back') film.seek(film.now() - SEEK_MS)
    if (command === 'forth') film.seek(film.now() + SEEK_MS)
    if (command === 'write') fieldOf(at)?.focus()
    if (command === 'leave' && document.activeElement instanceof HTMLElement)
      document.activeElement.blur()
  }
  const run = (command: Command) => {
    look(command)
    if (open) change(command)
  }
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (answersItself(event) || event.isComposing || document.querySelector('dialog[open]'))
        return
      const { code, altKey: alt, shiftKey: shift } = event
      const ctrl = event.ctrlKey || event.metaKey
      const command = commandOf({ code, alt, ctrl, shift, typing: isTyping(event.target) })
      if (!command) return
      event.preventDefault()
      run(command)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  })
  return run
}
