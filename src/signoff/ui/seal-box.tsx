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

/** What stands in the ring: a stamp is only claimed while a signature holds. */
const Stamp = ({ seals, fallen }: { seals: Seal[]; fallen: boolean }) => {
  const say = useSay()
  const language = useLanguage()
  const [first] = seals
  if (!first) {
    return (
      <div className={fallen ? 'ht-seal__ring ht-seal__ring--fallen' : 'ht-seal__ring'} aria-hidden>
        <b>{say(fallen ? REVIEW.fallen : REVIEW.unsigned)}</b>
      </div>
    )
  }
  return (
    <div className="ht-seal__ring ht-seal__ring--full" aria-hidden>
      <b>{say(REVIEW.sealed)}</b>
      <b>{say(REVIEW.sealedOn, { n: seals.length })}</b>
      <span>{first.signedAt ? moment(language, first.signedAt) : '–'}</span>
    </div>
  )
}

type BindingProps = { sealed: number; fallen: boolean; chosen: number }

const Binding = ({ sealed, fallen, chosen }: BindingProps) => {
  const say = useSay()
  if (sealed > 0) return <p>{say(REVIEW.binds, { variants: sealed })}</p>
  if (fallen) return <p>{say(REVIEW.signAgain)}</p>
  return chosen > 0 ? <p>{say(REVIEW.willBind, { variants: chosen })}</p> : null
}

/** The red ring: faint before the signature, full after it. It says what it binds, in numbers and by its digest. */
export const SealBox = ({ review, chosen }: { review: Review; chosen: number }) => {
  const say = useSay()
  const language = useLanguage()
  const seals = review.variants.map(({ seal }) => seal).filter(isValid)
  const fallen = seals.length === 0 && review.variants.some(({ seal }) => seal?.state === 'void')
  return (
    <section className="ht-seal" aria-label={say(REVIEW.sign)}>
      <Stamp seals={seals} fallen={fallen} />
      <div className="ht-grow">
        <Binding sealed={seals.length} fallen={fallen} chosen={chosen} />
        {seals.map((seal) => (
          <p key={seal.digest} className="ht-seal__line">
            {say(REVIEW.signedBy, {
              who: signerOf(seal, say),
              time: seal.signedAt ? moment(language, seal.signedAt) : '',
              digest: shortDigest(seal.digest ?? ''),
            })}
          </p>
        ))}
        {seals.length > 0 ? null : (
          <p className="ht-seal__unsigned">{say(fallen ? REVIEW.void : REVIEW.notYet)}</p>
        )}
      </div>
    </section>
  )
}
