'use client'

import type { RefObject } from 'react'
import { useSay } from '@/people/ui/say'
import type { Detail } from '../detail'
import { PANEL } from './words'

const largest = (thumb: string) => thumb.replace(/\/320\.webp$/, '/1280.webp')

/** Plays the desk's quick copy, or the sound; of a photograph it shows the picture. */
export const DetailPlayer = ({
  detail,
  media,
}: {
  detail: Detail
  media: RefObject<HTMLVideoElement | null>
}) => {
  const say = useSay()
  const { play, thumb, kind } = detail
  if (kind === 'image' && thumb) return <img className="ht-reel" src={largest(thumb)} alt="" />
  if (!play) return <div className="ht-player__none">{say(PANEL.noPlay)}</div>
  return (
    <video
      ref={media}
      className={kind === 'audio' ? 'ht-reel ht-reel--sound' : 'ht-reel'}
      src={play}
      poster={thumb ?? undefined}
      controls
      playsInline
      preload="metadata"
    />
  )
}
