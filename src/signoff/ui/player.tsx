'use client'

import { Link } from '@payloadcms/ui'
import type { RefObject } from 'react'
import { CaptionsLine } from '@/captions/ui/captions-line'
import { clipLength, numberIn } from '@/people/ui/format'
import { Meter, Pill } from '@/people/ui/pieces'
import { useLanguage, useSay } from '@/people/ui/say'
import { posterUrl, videoUrl, watchable } from './media-path'
import type { Rendition, Review, Watch } from './types'
import { useWatch } from './use-watch'
import { REVIEW } from './words'

const spansOf = (gaps: Watch['gaps']) =>
  gaps.map(([from, to]) => `${clipLength(from)}–${clipLength(to)}`).join(', ')

const Watched = ({ watch }: { watch: Watch }) => {
  const say = useSay()
  const share = watch.needSeconds > 0 ? Math.min(1, watch.watchedSeconds / watch.needSeconds) : 1
  const done = watch.gaps.length === 0
  const line = say(REVIEW.watched, { share: Math.floor(share * 100) })
  return (
    <div className="ht-watched">
      <Meter share={share} label={line} done={done} />
      <div className="ht-row">
        <span className="ht-muted ht-grow">
          {done ? say(REVIEW.allWatched) : say(REVIEW.unwatched, { spans: spansOf(watch.gaps) })}
        </span>
        <Pill tone={done ? 'green' : 'blue'}>{line}</Pill>
      </div>
    </div>
  )
}

const Facts = ({ rendition }: { rendition: Rendition }) => {
  const language = useLanguage()
  const bytes = rendition.files.reduce((sum, file) => sum + file.bytes, 0)
  const facts = [
    rendition.loudness === null ? null : `${numberIn(language, rendition.loudness, 1)} LUFS`,
    rendition.peak === null ? null : `${numberIn(language, rendition.peak, 1)} dBTP`,
    rendition.width && rendition.height ? `${rendition.width}×${rendition.height}` : null,
    `${numberIn(language, bytes / 1_048_576, 1)} MB`,
    rendition.recipe,
  ]
  return <p className="ht-muted ht-facts">{facts.filter(Boolean).join(' · ')}</p>
}

type Props = {
  review: Review
  video: RefObject<HTMLVideoElement | null>
  onBeat: () => void
}

const Making = ({ review }: { review: Review }) => {
  const say = useSay()
  const { asset } = review
  if (!asset || asset.state === 'ready') return null
  const share = asset.progress ?? 0
  const line = say(REVIEW.making, { share: Math.round(share * 100) })
  return (
    <div className="ht-watched">
      <Meter share={share} label={line} />
      <span className="ht-muted">
        {asset.failure ? say(asset.failure) : line}{' '}
        <Link href="/admin/transcodes" prefetch={false}>
          {say(REVIEW.makingMore)}
        </Link>
      </span>
    </div>
  )
}

/** Kinds that are nothing without a file. */
const PLAYS = ['clip', 'audio']

/** Plays the very file that will go out, and tells the server what was really watched of it. */
export const Player = ({ review, video, onBeat }: Props) => {
  const say = useSay()
  const rendition = watchable(review.renditions)
  const url = rendition && videoUrl(rendition)
  const counts = rendition?.digest === review.watch?.rendition ? review.watch : null
  useWatch(video, counts ? counts.rendition : null, onBeat)
  if (!url && !review.asset && !PLAYS.includes(review.story.kind)) return null
  return (
    <section className="ht-player" aria-label={review.story.title}>
      {url ? (
        <video
          key={url}
          ref={video}
          src={url}
          poster={posterUrl(review.renditions) ?? undefined}
          controls
          playsInline
          preload="metadata"
        />
      ) : (
        <div className="ht-player__none">{say(REVIEW.noClip)}</div>
      )}
      {counts ? <Watched watch={counts} /> : null}
      <Making review={review} />
      {rendition ? <Facts rendition={rendition} /> : null}
      {review.asset ? <CaptionsLine asset={review.asset.id} captions={review.captions} /> : null}
    </section>
  )
}
