'use client'

import { useEffect, type RefObject } from 'react'

export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

const tapes = () => [...document.querySelectorAll<HTMLElement>('[data-tape]')]

/** How many stand beside each other: as many as share the first one's top. */
const across = (cards: HTMLElement[]) =>
  Math.max(1, cards.filter(({ offsetTop }) => offsetTop === cards[0]?.offsetTop).length)

const STEPS: Record<string, (wide: number) => number> = {
  ArrowRight: () => 1,
  ArrowLeft: () => -1,
  ArrowDown: (wide) => wide,
  ArrowUp: (wide) => -wide,
}

const move = (key: string): boolean => {
  const cards = tapes()
  const by = STEPS[key]?.(across(cards))
  if (by === undefined || cards.length === 0) return false
  const here = cards.findIndex((card) => card === document.activeElement)
  const next = here < 0 ? 0 : here + by
  const card = cards[Math.min(cards.length - 1, Math.max(0, next))]
  card?.focus()
  card?.scrollIntoView({ block: 'nearest' })
  return true
}

const inPanel = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('[data-tape-panel]') !== null

/** Arrows walk over the grid, / goes to the search, Esc closes what is open; Enter opens, for a card is a button. */
export const useGridKeys = (args: {
  search: RefObject<HTMLInputElement | null>
  onClose: () => void
}) => {
  const { search, onClose } = args
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (event.key === 'Escape') return onClose()
      const fromSearch = event.target === search.current && event.key === 'ArrowDown'
      if (isTyping(event.target) && !fromSearch) return
      if (event.key === '/') search.current?.focus()
      else if (event.shiftKey || inPanel(event.target) || !move(event.key)) return
      event.preventDefault()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [search, onClose])
}

/** Back to the card that was opened, so that the arrows go on from there. */
export const focusTape = (asset: string) =>
  tapes()
    .find(({ dataset }) => dataset.tape === asset)
    ?.focus()
