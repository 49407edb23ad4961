'use client'

import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react'
import { getJson } from '@/people/ui/api'
import { useSay } from '@/people/ui/say'
import { PANEL } from './words'

/** As `media/peaks.ts` writes it: lowest and highest of each pixel. */
type Peaks = { length: number; data: number[] }

const draw = (canvas: HTMLCanvasElement, { length, data }: Peaks) => {
  const pen = canvas.getContext('2d')
  if (!pen) return
  const { width, height } = canvas
  pen.clearRect(0, 0, width, height)
  pen.fillStyle = getComputedStyle(canvas).color
  for (let x = 0; x < width; x++) {
    const from = Math.floor((x * length) / width)
    const to = Math.max(from + 1, Math.floor(((x + 1) * length) / width))
    const part = data.slice(from * 2, to * 2)
    const high = Math.max(0, ...part) / 128
    const low = Math.min(0, ...part) / 128
    const top = ((1 - high) * height) / 2
    pen.fillRect(x, top, 1, Math.max(1, ((high - low) * height) / 2))
  }
}

const useShare = (media: RefObject<HTMLMediaElement | null>) => {
  const [share, setShare] = useState(0)
  useEffect(() => {
    const playing = media.current
    if (!playing) return
    const moved = () => setShare(playing.duration > 0 ? playing.currentTime / playing.duration : 0)
    for (const name of ['timeupdate', 'seeked']) playing.addEventListener(name, moved)
    return () => {
      for (const name of ['timeupdate', 'seeked']) playing.removeEventListener(name, moved)
    }
  }, [media])
  return share
}

/** The sound as a picture; where one clicks, it plays on. What was made before there were any shows none. */
export const Waveform = (props: {
  url: string
  media: RefObject<HTMLMediaElement | null>
  /** From and to as parts of the whole, where a cut is marked. */
  mark?: { from: number; to: number } | null
}) => {
  const { url, media, mark } = props
  const say = useSay()
  const canvas = useRef<HTMLCanvasElement>(null)
  const share = useShare(media)
  useEffect(() => {
    const read = async () => {
      const answer = await getJson<Peaks>(url)
      if (answer.ok && canvas.current) draw(canvas.current, answer.data)
    }
    void read()
  }, [url])
  const seek = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const playing = media.current
    if (playing?.duration)
      playing.currentTime = ((event.clientX - box.left) / box.width) * playing.duration
  }
  const percent = (part: number) => `${Math.min(1, Math.max(0, part)) * 100}%`
  return (
    <div className="ht-wave" title={say(PANEL.wave)} onPointerDown={seek}>
      <canvas ref={canvas} width={800} height={96} aria-hidden />
      {mark ? (
        <i
          className="ht-wave__mark"
          style={{ left: percent(mark.from), width: percent(mark.to - mark.from) }}
        />
      ) : null}
      <i className="ht-wave__now" style={{ left: percent(share) }} />
    </div>
  )
}
