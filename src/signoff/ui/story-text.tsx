'use client'

import { useSay } from '@/people/ui/say'
import type { Review } from './types'
import { REVIEW } from './words'

export const StoryText = ({ story }: { story: Review['story'] }) => {
  const say = useSay()
  const paragraphs = (story.body ?? '').split(/\n{2,}/).filter((text) => text.trim() !== '')
  return (
    <section className="ht-card ht-text" aria-label={say(REVIEW.text)}>
      <h2>{story.title}</h2>
      {story.summary ? <p className="ht-text__summary">{story.summary}</p> : null}
      {paragraphs.map((text, index) => (
        <p key={index}>{text}</p>
      ))}
      {story.note ? (
        <aside className="ht-text__note" aria-label={say(REVIEW.note)}>
          <b>{say(REVIEW.note)}</b>
          <p>{story.note}</p>
        </aside>
      ) : null}
      {paragraphs.length === 0 && !story.summary ? (
        <p className="ht-muted">{say(REVIEW.noText)}</p>
      ) : null}
    </section>
  )
}
