'use client'

import { moment, shortDigest } from '@/people/ui/format'
import { useLanguage, useSay } from '@/people/ui/say'
import type { Review, Seal } from './types'
import { REVIEW } from './words'

const isValid = (seal: Seal | null): seal is Seal => seal?.state === 'valid'

/** The red ring: faint before the signature, full after it. It says what it binds, in numbers and by its digest. */
export const SealBox = ({ review, chosen }: { review: Review; chosen: number }) => {
  const say = useSay()
  const language = useLanguage()
  const seals = review.variants.map(({ seal }) => seal).filter(isValid)
  const [first] = seals
  const files = review.renditions.reduce((sum, rendition) => sum + rendition.files.length, 0)
  const count = first ? seals.length : chosen
  return (
    <section className="ht-seal" aria-label={say(REVIEW.sign)}>
      <div className={first ? 'ht-seal__ring ht-seal__ring--full' : 'ht-seal__ring'} aria-hidden>
        <b>{say(REVIEW.sealed)}</b>
        <b>{say(REVIEW.sealedOn, { n: count })}</b>
        <span>{first?.signedAt ? moment(language, first.signedAt) : '–'}</span>
      </div>
      <div className="ht-grow">
        <p>
          {say(REVIEW.binds, {
            files,
            renditions: review.renditions.length,
            variants: count,
          })}
        </p>
        {seals.map((seal) => (
          <p key={seal.digest} className="ht-seal__line">
            {say(REVIEW.signedBy, {
              who: [seal.capacity, seal.signerName].filter(Boolean).join(' '),
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
