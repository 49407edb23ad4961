'use client'

import { Save } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Help } from '@/errors'
import { sendJson } from '@/people/ui/api'
import { AskReason } from '@/people/ui/ask-reason'
import { ChannelMark, Notice, Pill } from '@/people/ui/pieces'
import { useSay } from '@/people/ui/say'
import type { PosterChoice, VariantText } from './types'
import { useVariantDraft } from './use-variant-draft'
import { VariantFields } from './variant-fields'
import { COMPOSER } from './words'

type Props = {
  variant: VariantText
  posters: PosterChoice[] | null
  mayEdit: boolean
  sealed: boolean
  onSaved: () => Promise<void>
}

/** Saves with the revision that is on the screen; a newer one is shown before it may be written over. */
const useSave = (variant: VariantText, onSaved: () => Promise<void>) => {
  const [said, setSaid] = useState<Help | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async (data: Record<string, unknown>) => {
    setBusy(true)
    const body = { ...data, revision: variant.revision }
    const answer = await sendJson(`/api/variants/${variant.id}`, body, 'PATCH')
    const stale = !answer.ok && answer.status === 409
    setSaid(answer.ok ? null : stale ? COMPOSER.changed : answer.help)
    await onSaved()
    setBusy(false)
    return answer.ok
  }
  return { said, busy, save }
}

/** A page that is left with unsaved text asks first; the journal keeps it either way. */
const useAskBeforeLeaving = (dirty: boolean) => {
  useEffect(() => {
    if (!dirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [dirty])
}

const DropChannel = ({ name, onDrop }: { name: string; onDrop: () => void }) => {
  const say = useSay()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <button
        type="button"
        className="ht-btn ht-btn--plain ht-btn--danger"
        onClick={() => setAsking(true)}
      >
        {say(COMPOSER.drop)}
      </button>
      {asking ? (
        <AskReason
          question={{
            title: say(COMPOSER.drop),
            what: say(COMPOSER.dropWhat, { name }),
            confirm: say(COMPOSER.drop),
            needsReason: false,
            danger: true,
          }}
          onAnswer={(yes) => {
            setAsking(false)
            if (yes !== null) onDrop()
          }}
        />
      ) : null}
    </>
  )
}

const State = ({ variant }: { variant: VariantText }) => {
  const say = useSay()
  const [first] = variant.problems
  return first ? (
    <Pill tone="amber">{say(COMPOSER.mend, { n: variant.problems.length })}</Pill>
  ) : (
    <Pill tone="green">{say(COMPOSER.full)}</Pill>
  )
}

/** What one channel will show of this story. */
export const VariantCard = ({ variant, posters, mayEdit, sealed, onSaved }: Props) => {
  const say = useSay()
  const { text, dirty, change, forget } = useVariantDraft(variant)
  const { said, busy, save } = useSave(variant, onSaved)
  useAskBeforeLeaving(dirty)
  const press = async () => {
    if (await save(text)) forget()
  }
  return (
    <article className="ht-card ht-variant" aria-label={variant.channelName}>
      <header className="ht-row">
        <ChannelMark platform={variant.platform} label={variant.platform} />
        <h3 className="ht-grow">{variant.channelName}</h3>
        <State variant={variant} />
      </header>
      <VariantFields
        id={variant.id}
        text={text}
        problems={variant.problems}
        limits={variant.limits}
        posters={posters}
        disabled={!mayEdit}
        onChange={change}
      />
      {said ? <Notice live>{say(said)}</Notice> : null}
      {dirty && sealed ? <Notice>{say(COMPOSER.voids)}</Notice> : null}
      {mayEdit ? (
        <footer className="ht-row">
          <DropChannel name={variant.channelName} onDrop={() => void save({ removed: true })} />
          <span className="ht-muted ht-grow">{say(dirty ? COMPOSER.unsaved : COMPOSER.saved)}</span>
          {dirty ? (
            <button type="button" className="ht-btn ht-btn--plain" onClick={forget}>
              {say(COMPOSER.undo)}
            </button>
          ) : null}
          <button
            type="button"
            className="ht-btn"
            disabled={busy || !dirty}
            onClick={() => void press()}
          >
            <Save size={15} aria-hidden />
            {say(busy ? COMPOSER.saving : COMPOSER.save)}
          </button>
        </footer>
      ) : null}
    </article>
  )
}
