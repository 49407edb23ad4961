'use client'

import { useEffect, type RefObject } from 'react'
import { sendJson } from '@/people/ui/api'

const BEAT_MS = 2_000

/** Tells the server every two seconds what was really played. Seeking, pausing and a hidden page break the span. */
export const useWatch = (
  video: RefObject<HTMLVideoElement | null>,
  digest: string | null,
  onBeat: () => void,
) => {
  useEffect(() => {
    const player = video.current
    if (!player || !digest) return
    let from: number | null = null
    const beat = () => {
      const to = player.currentTime
      if (from === null || to <= from) return
      const span = { rendition: digest, from, to }
      from = player.paused || player.ended ? null : to
      void sendJson('/api/watch', span).then(onBeat)
    }
    // A beat from and to the same second starts the server's clock and counts nothing.
    const start = () => {
      from = player.currentTime
      void sendJson('/api/watch', { rendition: digest, from, to: from })
    }
    const breakOff = () => {
      from = null
    }
    const restart = () => {
      from = player.paused ? null : player.currentTime
    }
    const timer = setInterval(beat, BEAT_MS)
    player.addEventListener('playing', start)
    player.addEventListener('pause', beat)
    player.addEventListener('ended', beat)
    player.addEventListener('seeking', breakOff)
    player.addEventListener('seeked', restart)
    return () => {
      clearInterval(timer)
      player.removeEventListener('playing', start)
      player.removeEventListener('pause', beat)
      player.removeEventListener('ended', beat)
      player.removeEventListener('seeking', breakOff)
      player.removeEventListener('seeked', restart)
    }
  }, [video, digest, onBeat])
}
