'use client'

import { moment } from '@/people/ui/format'
import { useLanguage, useSay } from '@/people/ui/say'
import { rowWords } from './history-words'
import type { HistoryRow } from './types'
import { REVIEW } from './words'

const dot = ({ outcome }: HistoryRow) =>
  outcome === 'ok' || outcome === 'done' ? 'ht-dot ht-dot--good' : 'ht-dot ht-dot--look'

/** Every step and every refusal, newest first, as the audit has it. */
export const History = ({ rows }: { rows: HistoryRow[] }) => {
  const say = useSay()
  const language = useLanguage()
  const newest = [...rows].sort((one, other) => other.at.localeCompare(one.at))
  return (
    <section className="ht-card" aria-label={say(REVIEW.history)}>
      <h2>{say(REVIEW.history)}</h2>
      <ol className="ht-history">
        {newest.map((row, index) => (
          <li key={index}>
            <span className={dot(row)} aria-hidden />
            <time className="ht-muted" dateTime={row.at}>
              {moment(language, row.at)}
            </time>
            <span>
              <b>{say(rowWords(row))}</b>
              <span className="ht-muted">
                {[row.actorName, row.reason].filter(Boolean).join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
