'use client'

import { useSay } from '@/people/ui/say'
import type { Review } from './types'
import { REVIEW } from './words'

type Extra = Review['extras'][number]

/** What the reporter sent beside the clip. It goes out with nothing by itself. */
export const Extras = ({ extras }: { extras: Review['extras'] }) => {
  const say = useSay()
  if (extras.length === 0) return null
  return (
    <section className="ht-card" aria-label={say(REVIEW.extras)}>
      <h2>{say(REVIEW.extras)}</h2>
      <ul className="ht-extras">
        {extras.map((extra) => (
          <li key={extra.asset}>
            <OneExtra {...extra} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const OneExtra = ({ name, state, thumb, open }: Extra) => {
  const say = useSay()
  const words = (
    <>
      {thumb ? <img src={thumb} alt="" loading="lazy" /> : null}
      <bdi>{name}</bdi>
    </>
  )
  if (open)
    return (
      <a href={open} target="_blank" rel="noopener">
        {words}
      </a>
    )
  return (
    <span>
      {words}
      <span className="ht-muted">
        {' '}
        · {say(state === 'failed' ? REVIEW.extraFailed : REVIEW.extraComing)}
      </span>
    </span>
  )
}
