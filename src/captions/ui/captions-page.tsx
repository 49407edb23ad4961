'use client'

import { Link } from '@payloadcms/ui'
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { CAPTION_LANGUAGES, LANGUAGE_IDS } from '@/media/caption-languages'
import { Notice } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import { usePolled } from '@/people/ui/use-polled'
import { Editor } from './editor'
import type { Captioning } from './types'
import { CAPTIONS } from './words'

/** While the machine listens its draft is awaited; else a look now and then shows what others did. */
const pace = (about: Captioning | null) =>
  about?.captions.some(({ hearing }) => hearing === 'asked') ? 3_000 : 12_000

const PLAYS = ['video', 'audio']

const Head = (props: { about: Captioning; language: string; onLanguage: (id: string) => void }) => {
  const { about, language, onLanguage } = props
  const say = useSay()
  const stateOf = (id: string) => {
    const row = about.captions.find((one) => one.language === id)
    if (!row) return say(CAPTIONS.none)
    return say(row.state === 'accepted' ? CAPTIONS.accepted : CAPTIONS.draft).toLowerCase()
  }
  const back = about.story ? `/admin/review/${about.story.id}` : '/admin'
  return (
    <header className="ht-review__head">
      <Link
        className="ht-btn ht-btn--icon"
        href={back}
        prefetch={false}
        aria-label={say(CAPTIONS.back)}
        title={say(CAPTIONS.back)}
      >
        <ArrowLeft size={16} aria-hidden />
      </Link>
      <div className="ht-grow">
        <h1>{say(CAPTIONS.title)}</h1>
        <p className="ht-muted">{about.story?.title ?? about.asset.title}</p>
      </div>
      <label className="ht-cap__language">
        <span className="ht-sr">{say(CAPTIONS.language)}</span>
        <select
          className="ht-input"
          value={language}
          onChange={(event) => onLanguage(event.target.value)}
        >
          {LANGUAGE_IDS.map((id) => (
            <option key={id} value={id}>
              {say(CAPTION_LANGUAGES[id])} · {stateOf(id)}
            </option>
          ))}
        </select>
      </label>
    </header>
  )
}

/** The editor of an asset's captions, one language at a time. */
export const CaptionsPage = ({ asset }: { asset: string }) => {
  const say = useSay()
  const { data, refused, reload } = usePolled<Captioning>(`/api/captioning/of/${asset}`, pace)
  const [language, setLanguage] = useState('vi')
  if (!data) {
    return (
      <div className="ht-view">
        {refused ? (
          <Notice tone="red" live>
            {say(refused.help)}
          </Notice>
        ) : (
          <p className="ht-muted">{say(CAPTIONS.loading)}</p>
        )}
      </div>
    )
  }
  const row = data.captions.find((one) => one.language === language) ?? null
  return (
    <div className="ht-view ht-cap">
      <Head about={data} language={language} onLanguage={setLanguage} />
      {PLAYS.includes(data.asset.kind) ? (
        <Editor key={language} about={data} language={language} row={row} onChanged={reload} />
      ) : (
        <Notice tone="blue">{say(CAPTIONS.still)}</Notice>
      )}
    </div>
  )
}
