'use client'

import { Link } from '@payloadcms/ui'
import { Captions as Icon } from 'lucide-react'
import { languageName } from '@/media/caption-languages'
import { Pill } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import type { CaptionsBrief } from '../brief'
import { CAPTIONS } from './words'

type Props = { asset: string; captions: CaptionsBrief[] }

/** Under the player: which captions there are, how they stand, and the way to them. */
export const CaptionsLine = ({ asset, captions }: Props) => {
  const say = useSay()
  return (
    <div className="ht-row ht-cap__line">
      <Link className="ht-btn" href={`/admin/captions/${asset}`} prefetch={false}>
        <Icon size={15} aria-hidden />
        {say(CAPTIONS.title)}
      </Link>
      {captions.length === 0 ? (
        <span className="ht-muted">{say(CAPTIONS.noneYet)}</span>
      ) : (
        captions.map(({ language, state, origin }) => (
          <Pill key={language} tone={state === 'accepted' ? 'green' : 'amber'}>
            {say(languageName(language))}: {say(state === 'accepted' ? CAPTIONS.accepted : CAPTIONS.draftUnseen).toLowerCase()}
            {origin === 'machine' ? ` · ${say(CAPTIONS.machine).toLowerCase()}` : ''}
          </Pill>
        ))
      )}
    </div>
  ) // prettier-ignore
}

/** The way to the captions from a story's own page. */
export const CaptionsLink = ({ asset }: { asset: string }) => {
  const say = useSay()
  return (
    <Link className="ht-btn" href={`/admin/captions/${asset}`} prefetch={false}>
      <Icon size={15} aria-hidden />
      {say(CAPTIONS.title)}
    </Link>
  )
}
