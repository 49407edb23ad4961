'use client'

import { useSay } from '@/people/ui/say'
import type { Review } from './types'
import { REVIEW } from './words'

/** What the reporter sent beside the clip. It goes out with nothing by itself. */
export const Extras = ({ extras }: { extras: Review['extras'] }) => {
  const say = useSay()
  if (extras.length === 0) return null
  return (
    <section className="ht-card" aria-label={say(REVIEW.extras)}>
      <h2>{say(REVIEW.extras)}</h2>
      <ul>
        {extras.map(({ asset, name, state, proxy }) => (
          <li key={asset}>
            {proxy ? (
              <a href={proxy} target="_blank" rel="noopener">
                <bdi>{name}</bdi>
              </a>
            ) : (
              <>
                <bdi>{name}</bdi>
                <span className="ht-muted">
                  {' '}
                  · {say(state === 'failed' ? REVIEW.extraFailed : REVIEW.extraComing)}
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
