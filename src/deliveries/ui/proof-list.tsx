'use client'

import { moment } from '@/people/ui/format'
import { useLanguage, useSay } from '@/people/ui/say'
import type { Proof } from '../proof'
import { PLAN } from './words'

const SAW = {
  seen: { vi: 'đã thấy, mã {status}', en: 'seen, status {status}' },
  gone: { vi: 'không còn, mã {status}', en: 'gone, status {status}' },
}

/** What a stranger saw, newest last: that it is out, or that it is gone. */
export const ProofList = ({ proof }: { proof: Proof[] }) => {
  const say = useSay()
  const language = useLanguage()
  if (proof.length === 0) return null
  return (
    <section>
      <h3>{say(PLAN.proof)}</h3>
      <ol className="ht-history ht-history--tight">
        {proof.map(({ at, what, status, url }, index) => (
          <li key={index}>
            <span className="ht-dot ht-dot--good" aria-hidden />
            <time className="ht-muted" dateTime={at}>
              {moment(language, at)}
            </time>
            <span>
              <b>{say(SAW[what], { status })}</b>
              <span className="ht-muted ht-break">{url}</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
