'use client'

import { X } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Help } from '@/errors'
import { getJson } from '@/people/ui/api'
import { clipLength, fullMoment, numberIn, shortDigest } from '@/people/ui/format'
import { Notice } from '@/people/ui/pieces'
import { useLanguage, useSay } from '@/people/ui/say'
import type { Card } from '../cards'
import type { Detail } from '../detail'
import { DetailPlayer } from './detail-player'
import { NotesForm } from './notes-form'
import { RightsBadge } from './rights-badge'
import { usePlayerKeys } from './use-player-keys'
import { UsesList } from './uses-list'
import { Waveform } from './waveform'
import { KIND_WORDS, LIBRARY, PANEL } from './words'

type Props = {
  asset: string
  onClose: () => void
  onOpen: (asset: string) => void
  onChanged: (asset: string, now: Partial<Card>) => void
}

const useDetail = (asset: string) => {
  const [detail, setDetail] = useState<Detail | null>(null)
  const [refused, setRefused] = useState<Help | null>(null)
  const reload = useCallback(async () => {
    const answer = await getJson<{ detail: Detail }>(`/api/library/${asset}`)
    if (answer.ok) setDetail(answer.data.detail)
    setRefused(answer.ok ? null : answer.help)
    return answer.ok ? answer.data.detail : null
  }, [asset])
  useEffect(() => void reload(), [reload])
  return { detail, refused, reload }
}

/** How the card beside the panel reads after its original was described. */
const cardNow = ({ name, notes, rights, day }: Detail): Partial<Card> => ({
  title: notes.title || name,
  people: notes.people,
  place: notes.place,
  rights,
  day,
})

const Origin = ({ detail, onOpen }: { detail: Detail; onOpen: Props['onOpen'] }) => {
  const say = useSay()
  const language = useLanguage()
  const { parent } = detail
  const facts = [
    say(KIND_WORDS[detail.kind] ?? LIBRARY.title),
    detail.durationSeconds ? clipLength(detail.durationSeconds) : null,
    `${numberIn(language, detail.bytes / 1_048_576, 1)} MB`,
    say(PANEL.came, { time: fullMoment(language, detail.createdAt) }),
    `SHA-256 ${shortDigest(detail.sha256)}`,
  ]
  const instant = (ms: number) => clipLength(ms / 1000)
  return (
    <section>
      <h3>{say(PANEL.origin)}</h3>
      <p className="ht-muted">{detail.name}</p>
      <p className="ht-muted">{facts.filter(Boolean).join(' · ')}</p>
      {parent ? (
        <button
          type="button"
          className="ht-btn ht-btn--plain ht-btn--inline"
          onClick={() => onOpen(parent.asset)}
        >
          {say(PANEL.cutFrom, {
            title: parent.title,
            from: instant(parent.inMs),
            to: instant(parent.outMs),
          })}
        </button>
      ) : null}
    </section>
  )
}

const Opened = (props: Props & { detail: Detail; reload: () => Promise<Detail | null> }) => {
  const { detail, reload, onOpen, onChanged } = props
  const say = useSay()
  const media = useRef<HTMLVideoElement>(null)
  usePlayerKeys(media)
  const again = useCallback(async () => {
    const now = await reload()
    if (now) onChanged(now.asset, cardNow(now))
    return now
  }, [reload, onChanged])
  return (
    <>
      <DetailPlayer detail={detail} media={media} />
      {detail.peaks && detail.play ? <Waveform url={detail.peaks} media={media} /> : null}
      {detail.play ? <p className="ht-muted ht-library__keys">{say(PANEL.keys)}</p> : null}
      <RightsBadge rights={detail.rights} />
      <section>
        <h3>{say(PANEL.uses)}</h3>
        <UsesList uses={detail.uses} />
      </section>
      <NotesForm detail={detail} reload={again} />
      <Origin detail={detail} onOpen={onOpen} />
    </>
  )
}

/** One original opened: it plays, one reads where it went, and says what is known of it. */
export const DetailPanel = (props: Props) => {
  const { asset, onClose } = props
  const say = useSay()
  const { detail, refused, reload } = useDetail(asset)
  const panel = useRef<HTMLElement>(null)
  useEffect(() => panel.current?.focus(), [asset])
  const title = detail ? detail.notes.title || detail.name : ''
  return (
    <aside
      ref={panel}
      className="ht-card ht-tape-panel"
      data-tape-panel
      tabIndex={-1}
      aria-label={title || say(LIBRARY.loading)}
    >
      <header className="ht-row">
        <h2 className="ht-grow">{title}</h2>
        <button
          type="button"
          className="ht-btn ht-btn--icon"
          aria-label={say(PANEL.close)}
          onClick={onClose}
        >
          <X size={16} aria-hidden />
        </button>
      </header>
      {refused ? (
        <Notice tone="red" live>
          {say(refused)}
        </Notice>
      ) : null}
      {!detail && !refused ? <p className="ht-muted">{say(LIBRARY.loading)}</p> : null}
      {detail ? <Opened {...props} detail={detail} reload={reload} /> : null}
    </aside>
  )
}
