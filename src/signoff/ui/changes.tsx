'use client'

import { useSay } from '@/people/ui/say'
import type { Change } from './types'
import { REVIEW } from './words'

const Part = ({ part }: { part: Change['parts'][number] }) => {
  if (part.kind === 'added') return <ins>{part.text}</ins>
  if (part.kind === 'removed') return <del>{part.text}</del>
  return <>{part.text}</>
}

/** What changed since it was last cleared, struck out and underlined as well as coloured. */
export const Changes = ({ diff, cleared }: { diff: Change[]; cleared: boolean }) => {
  const say = useSay()
  return (
    <section className="ht-card" aria-label={say(REVIEW.changes)}>
      <h2>{say(REVIEW.changes)}</h2>
      {diff.length === 0 ? (
        <p className="ht-muted">{say(cleared ? REVIEW.noChanges : REVIEW.firstTime)}</p>
      ) : null}
      {diff.map(({ field, label, parts }) => (
        <div key={field} className="ht-diff">
          <h3 className="ht-muted">{say(label)}</h3>
          <p>
            {parts.map((part, index) => (
              <Part key={index} part={part} />
            ))}
          </p>
        </div>
      ))}
    </section>
  )
}
