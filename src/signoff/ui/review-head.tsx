'use client'

import { Link, useAuth } from '@payloadcms/ui'
import { ArrowLeft, SquarePen } from 'lucide-react'
import { KINDS } from '@/stories/kinds'
import { nth } from '@/stories/revision'
import { clipLength, moment } from '@/people/ui/format'
import { Pill } from '@/people/ui/pieces'
import { useLanguage, useSay } from '@/people/ui/say'
import { watchable } from './media-path'
import type { Review } from './types'
import { REVIEW, STATES, stateOf } from './words'

const nameOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value !== null && 'name' in value)
    return String(value.name ?? '')
  return ''
}

const useMeta = ({ story, desk, renditions }: Review) => {
  const say = useSay()
  const language = useLanguage()
  const kind = Object.entries(KINDS).find(([id]) => id === story.kind)?.[1]
  const seconds = watchable(renditions)?.durationSeconds
  const who = nameOf(desk.clearer)
  const cleared = desk.clearedAt
    ? say(who ? REVIEW.clearedBy : REVIEW.cleared, { time: moment(language, desk.clearedAt), who })
    : ''
  const source = nameOf(story.source)
  return [
    [kind ? say(kind) : story.kind, seconds ? clipLength(seconds) : ''].filter(Boolean).join(' '),
    nameOf(story.section),
    story.byline || nameOf(desk.author),
    cleared,
    source ? say(REVIEW.source, { name: source }) : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

export const ReviewHead = ({ review }: { review: Review }) => {
  const say = useSay()
  const { permissions } = useAuth()
  const { tone, label } = stateOf(STATES, review.desk.state)
  const meta = useMeta(review)
  return (
    <header className="ht-review__head">
      <Link
        className="ht-btn ht-btn--icon"
        href="/admin"
        prefetch={false}
        aria-label={say(REVIEW.back)}
        title={say(REVIEW.back)}
      >
        <ArrowLeft size={16} aria-hidden />
      </Link>
      <div className="ht-grow">
        <h1>{review.story.title}</h1>
        <p className="ht-muted">{meta}</p>
      </div>
      {permissions?.collections?.stories?.update ? (
        <Link
          className="ht-btn ht-desktop"
          href={`/admin/collections/stories/${review.story.id}`}
          prefetch={false}
        >
          <SquarePen size={15} aria-hidden />
          {say(REVIEW.edit)}
        </Link>
      ) : null}
      <Pill tone={tone}>{say(label)}</Pill>
      <span className="ht-muted">
        {say(REVIEW.version, { n: nth(review.desk.contentRevision) })}
      </span>
    </header>
  )
}
