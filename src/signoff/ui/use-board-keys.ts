'use client'

import { useEffect, type RefObject } from 'react'

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

const step = (by: number) => {
  const cards = [...document.querySelectorAll<HTMLElement>('[data-story-card]')].filter(
    (card) => card.offsetParent !== null,
  )
  const here = cards.findIndex((card) => card === document.activeElement)
  const next = here < 0 ? 0 : Math.min(cards.length - 1, Math.max(0, here + by))
  cards[next]?.focus()
}

/** J and K walk over the cards, Enter opens (a card is a link), / goes to the search. */
export const useBoardKeys = (search: RefObject<HTMLInputElement | null>) => {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === 'j' || event.key === 'J') step(1)
      else if (event.key === 'k' || event.key === 'K') step(-1)
      else if (event.key === '/') search.current?.focus()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [search])
}
