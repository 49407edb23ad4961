'use client'

import { Check as Tick, TriangleAlert } from 'lucide-react'
import { useSay } from '@/people/ui/say'
import type { Check } from './checks'
import { REVIEW } from './words'

const SAID = {
  good: { vi: 'Đạt', en: 'Good' },
  look: { vi: 'Cần xem', en: 'Needs a look' },
}

type Props = { checks: Check[]; onMend: (to: 'player' | 'channels') => void }

/** What was looked at before signing; each that fails leads to where it is mended. */
export const CheckList = ({ checks, onMend }: Props) => {
  const say = useSay()
  return (
    <section className="ht-checks" aria-label={say(REVIEW.checks)}>
      <h3>{say(REVIEW.checks)}</h3>
      <ul>
        {checks.map(({ key, good, words, fill, mend }) => (
          <li key={key} className={good ? 'ht-check' : 'ht-check ht-check--look'}>
            {good ? <Tick size={16} aria-hidden /> : <TriangleAlert size={16} aria-hidden />}
            <span className="ht-sr">{say(good ? SAID.good : SAID.look)}: </span>
            <span className="ht-grow">{say(words, fill)}</span>
            {mend ? (
              <button
                type="button"
                className="ht-btn ht-btn--plain"
                onClick={() => onMend(mend.to)}
              >
                {say(mend.label)}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
