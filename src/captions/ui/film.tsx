'use client'

import { useEffect, useRef, useState, type RefObject } from 'react'
import type { Cue } from '@/media/captions'
import { useSay } from '@/people/ui/say'
import { cueAt } from './edit'
import { Lines } from './lines'
import { CAPTIONS } from './words'

export type Film = {
  video: RefObject<HTMLVideoElement | null>
  now: () => number
  seek: (ms: number) => void
  toggle: () => void
  /** Plays from one moment to another, then stops. */
  span: (start: number, end: number) => void
}

/** The player as the editor uses it, in milliseconds. */
export const useFilm = (): Film => {
  const video = useRef<HTMLVideoElement>(null)
  const stopAt = useRef(Infinity)
  const film = useRef<Film>({
    video,
    now: () => Math.round((video.current?.currentTime ?? 0) * 1000),
    seek: (ms) => {
      stopAt.current = Infinity
      if (video.current) video.current.currentTime = Math.max(0, ms) / 1000
    },
    toggle: () => {
      stopAt.current = Infinity
      const player = video.current
      if (player?.paused) void player.play().catch(() => undefined)
      else player?.pause()
    },
    span: (start, end) => {
      const player = video.current
      if (!player) return
      player.currentTime = start / 1000
      stopAt.current = end
      void player.play().catch(() => undefined)
    },
  })
  useEffect(() => {
    let frame = 0
    const look = () => {
      const player = video.current
      if (player && !player.paused && player.currentTime * 1000 >= stopAt.current) {
        stopAt.current = Infinity
        player.pause()
      }
      frame = requestAnimationFrame(look)
    }
    frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [])
  return film.current
}

/** Which caption is on the screen; tells only when that changes, not at every picture. */
const useShown = (film: Film, cues: readonly Cue[]) => {
  const [shown, setShown] = useState(-1)
  useEffect(() => {
    let frame = 0
    const look = () => {
      setShown(cueAt(cues, film.now()))
      frame = requestAnimationFrame(look)
    }
    frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [film, cues])
  return shown
}

type Props = {
  film: Film
  url: string | null
  sound: boolean
  cues: readonly Cue[]
  onShown: (at: number) => void
}

/** The clip with its captions over it, as a reader will see them. */
export const FilmBox = ({ film, url, sound, cues, onShown }: Props) => {
  const say = useSay()
  const shown = useShown(film, cues)
  useEffect(() => onShown(shown), [shown, onShown])
  const cue = cues[shown]
  if (!url) return <p className="ht-cap__nofilm">{say(CAPTIONS.noFilm)}</p>
  return (
    <div className={sound ? 'ht-cap__film ht-cap__film--sound' : 'ht-cap__film'}>
      <video ref={film.video} src={url} controls playsInline preload="metadata" />
      {cue ? (
        <div className="ht-cap__over" aria-hidden>
          <Lines text={cue.text} />
        </div>
      ) : null}
    </div>
  )
}
