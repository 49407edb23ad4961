'use client'

import { useEffect, useRef, useState, type PointerEvent } from 'react'
import type { Cue } from '@/media/captions'
import type { Film } from './film'
import { peakAt, peaksFrom, type Peaks } from './peaks'

/** How much of the clip the strip shows. */
const WINDOW_MS = 12_000
const HEIGHT = 64

const usePeaks = (url: string | null): Peaks | null => {
  const [peaks, setPeaks] = useState<Peaks | null>(null)
  useEffect(() => {
    if (!url) return
    const stop = new AbortController()
    fetch(url, { signal: stop.signal })
      .then(async (answer) => setPeaks(answer.ok ? peaksFrom(await answer.json()) : null))
      .catch(() => setPeaks(null)) // without it the strip shows the captions alone
    return () => stop.abort()
  }, [url])
  return peaks
}

const windowOf = (now: number, clipMs: number) => {
  const from = Math.max(0, Math.min(now - WINDOW_MS / 2, clipMs - WINDOW_MS))
  return { from, to: from + WINDOW_MS }
}

type Drawn = { now: number; clipMs: number; cues: readonly Cue[]; at: number; peaks: Peaks | null }

const colour = (canvas: HTMLCanvasElement, name: string) =>
  getComputedStyle(canvas).getPropertyValue(name).trim()

const draw = (canvas: HTMLCanvasElement, { now, clipMs, cues, at, peaks }: Drawn) => {
  const pen = canvas.getContext('2d')
  if (!pen) return
  const { width, height } = canvas
  const { from } = windowOf(now, clipMs)
  const x = (ms: number) => ((ms - from) / WINDOW_MS) * width
  pen.clearRect(0, 0, width, height)
  cues.forEach(({ start, end }, i) => {
    if (end < from || start > from + WINDOW_MS) return
    pen.fillStyle = colour(canvas, i === at ? '--ht-blue' : '--ht-line')
    pen.globalAlpha = i === at ? 0.35 : 0.9
    pen.fillRect(x(start), 0, Math.max(2, x(end) - x(start) - 1), height)
  })
  pen.globalAlpha = 1
  pen.fillStyle = colour(canvas, '--ht-ink-2')
  for (let column = 0; peaks && column < width; column += 2) {
    const share = peakAt(peaks, from + (column / width) * WINDOW_MS, (2 / width) * WINDOW_MS)
    const tall = Math.max(1, share * height)
    pen.fillRect(column, (height - tall) / 2, 1.4, tall)
  }
  pen.fillStyle = colour(canvas, '--ht-red')
  pen.fillRect(x(now) - 1, 0, 2, height)
}

type Props = {
  film: Film
  cues: readonly Cue[]
  at: number
  clipMs: number
  peaksUrl: string | null
}

/** Twelve seconds of the sound with the captions as blocks; a press goes there. Keys do the same, so it is no control of its own. */
export const Wave = ({ film, cues, at, clipMs, peaksUrl }: Props) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const peaks = usePeaks(peaksUrl)
  useEffect(() => {
    let frame = 0
    let before = ''
    const look = () => {
      frame = requestAnimationFrame(look)
      const strip = canvas.current
      if (!strip) return
      const now = film.now()
      const width = Math.round(strip.clientWidth * devicePixelRatio)
      const seen = `${now} ${width} ${document.documentElement.dataset.theme ?? ''}`
      if (seen === before) return
      before = seen
      if (strip.width !== width) strip.width = width
      if (strip.height !== HEIGHT * devicePixelRatio) strip.height = HEIGHT * devicePixelRatio
      draw(strip, { now, clipMs, cues, at, peaks })
    }
    frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [film, cues, at, clipMs, peaks])
  const press = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const { from } = windowOf(film.now(), clipMs)
    film.seek(from + ((event.clientX - box.left) / box.width) * WINDOW_MS)
  }
  return <canvas ref={canvas} className="ht-cap__wave" onPointerDown={press} aria-hidden />
}
