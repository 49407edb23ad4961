'use client'

import { useEffect, type RefObject } from 'react'
import { isTyping } from './use-grid-keys'

const FASTEST = 4
const BACK_SECONDS = 5

type Playing = HTMLMediaElement

const play = (media: Playing) => void media.play().catch(() => undefined)

/** Each again is twice as fast, as on every editing desk. */
const forwards = (media: Playing) => {
  media.playbackRate = media.paused ? 1 : Math.min(FASTEST, media.playbackRate * 2)
  play(media)
}

const stop = (media: Playing) => {
  media.pause()
  media.playbackRate = 1
}

const backwards = (media: Playing) => {
  media.playbackRate = 1
  media.currentTime = Math.max(0, media.currentTime - BACK_SECONDS)
}

const turn = (media: Playing) => (media.paused ? play(media) : stop(media))

const KEYS: Record<string, (media: Playing) => void> = {
  j: backwards,
  k: stop,
  l: forwards,
  ' ': turn,
}

const isButton = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('button, a, summary') !== null

/** J, K, L and the bar play what is open; `also` are the keys of who cuts. The bar on a button presses that button. */
export const usePlayerKeys = (
  media: RefObject<Playing | null>,
  also: Record<string, (media: Playing) => void> = {},
) => {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (isTyping(event.target) || (event.key === ' ' && isButton(event.target))) return
      const key = event.key.toLowerCase()
      const does = also[key] ?? KEYS[key]
      if (!does || !media.current) return
      event.preventDefault()
      does(media.current)
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [media, also])
}
