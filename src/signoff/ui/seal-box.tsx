'use client'

import { moment, shortDigest } from '@/people/ui/format'
import { useLanguage, useSay, type Say } from '@/people/ui/say'
import { isRole, ROLES } from '@/people/roles'
import type { Review, Seal } from './types'
import { REVIEW } from './words'

const isValid = (seal: Seal | null): seal is Seal => seal?.state === 'valid'

/** In what capacity, and who: "KT. Tổng biên tập, …". A head whose account is named by the office is named once. */
const signerOf = ({ capacity, signerName }: Seal, say: Say): string => {
  const office = capacity && isRole(capacity) ? say(ROLES[capacity]) : capacity
  return [...new Set([office, signerName].filter(Boolean))].join(' · ')
}

/** The red ring: faint before the signature, full after it. It says what it binds, in numbers and by its digest. */
export const SealBox = ({ review, chosen }: { review: Review; chosen: number }) => {
  const say = useSay()
  const language = useLanguage()
  const seals = review.variants.map(({ seal }) => seal).filter(isValid)
  const [first] = seals
  const count = first ? seals.length : chosen
  return (
    <section className="ht-seal" aria-label={say(REVIEW.sign)}>
      <div className={first ? 'ht-seal__ring ht-seal__ring--full' : 'ht-seal__ring'} aria-hidden>
        <b>{say(REVIEW.sealed)}</b>
        <b>{say(REVIEW.sealedOn, { n: count })}</b>
        <span>{first?.signedAt ? moment(language, first.signedAt) : '–'}</span>
      </div>
      <div className="ht-grow">
        <p>{say(REVIEW.binds, { variants: count })}</p>
        {seals.map((seal) => (
          <p key={seal.digest} className="ht-seal__line">
            {say(REVIEW.signedBy, {
              who: signerOf(seal, say),
              time: seal.signedAt ? moment(language, seal.signedAt) : '',
              digest: shortDigest(seal.digest ?? ''),
            })}
          </p>
        ))}
        {first ? null : <p className="ht-seal__unsigned">{say(REVIEW.notYet)}</p>}
      </div>
    </section>
  )
}
