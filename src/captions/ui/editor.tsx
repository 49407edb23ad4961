'use client'

import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Help } from '@/errors'
import { moment } from '@/people/ui/format'
import { Notice, Pill } from '@/people/ui/pieces'
import { useLanguage, useSay } from '@/people/ui/say'
import { checkCues, type Finding } from '../rules'
import { Actions } from './actions'
import { ConflictBox } from './conflict'
import { CueList } from './cue-list'
import { FilmBox, useFilm } from './film'
import { Machine } from './machine'
import { Keys, Tools } from './tools'
import type { Captioning, Captions } from './types'
import { useCommands } from './use-commands'
import { useDraft, type Draft } from './use-draft'
import { Wave } from './wave'
import { CAPTIONS, SAVING } from './words'

type Props = {
  about: Captioning
  language: string
  row: Captions | null
  onChanged: () => Promise<void>
}

const Saving = ({ draft }: { draft: Draft }) => {
  const say = useSay()
  const bad = ['away', 'conflict', 'closed', 'refused'].includes(draft.status)
  return (
    <span className={bad ? 'ht-cap__saving ht-cap__saving--bad' : 'ht-cap__saving'} role="status">
      {say(SAVING[draft.status])}
    </span>
  )
}

const Standing = ({ row }: { row: Captions | null }) => {
  const say = useSay()
  const language = useLanguage()
  if (!row) return null
  const accepted = row.state === 'accepted'
  return (
    <>
      <Pill tone={accepted ? 'green' : 'grey'}>{say(accepted ? CAPTIONS.accepted : CAPTIONS.draft)}</Pill>
      {row.origin === 'machine' ? <Pill tone="violet">{say(CAPTIONS.machine)}</Pill> : null}
      {accepted && row.acceptedAt ? (
        <span className="ht-muted">
          {say(CAPTIONS.acceptedBy, { who: row.acceptedByName ?? '', time: moment(language, row.acceptedAt) })}
        </span>
      ) : null}
    </>
  ) // prettier-ignore
}

const Tally = ({ findings, count, draft }: { findings: Finding[]; count: number; draft: Draft }) => {
  const say = useSay()
  const stops = findings.filter((one) => one.stops).length
  const [first] = [...findings].sort((a, b) => Number(b.stops) - Number(a.stops) || a.at - b.at)
  return (
    <div className="ht-row ht-cap__tally">
      <span>{say(CAPTIONS.count, { n: count })}</span>
      {stops > 0 ? <Pill tone="red">{say(CAPTIONS.stops, { n: stops })}</Pill> : null}
      {findings.length > stops ? (
        <Pill tone="amber">{say(CAPTIONS.warns, { n: findings.length - stops })}</Pill>
      ) : null}
      {count > 0 && findings.length === 0 ? <Pill tone="green">{say(CAPTIONS.clean)}</Pill> : null}
      {first ? (
        <button
          type="button"
          className="ht-btn ht-btn--plain"
          onClick={() => draft.act({ do: 'pick', at: first.at })}
        >
          {say(CAPTIONS.firstProblem)}
        </button>
      ) : null}
    </div>
  )
} // prettier-ignore

/** Somebody else's newer words come in by themselves while nothing of one's own waits. */
const useOthers = (row: Captions | null, draft: Draft) => {
  const { status, isNewer, adopt } = draft
  useEffect(() => {
    if (row && status === 'saved' && isNewer(row.revision)) adopt(row.cues, row.revision)
  }, [row, status, isNewer, adopt])
}

const Told = ({ row, mayWrite, said }: { row: Captions | null; mayWrite: boolean; said: Help | null }) => {
  const say = useSay()
  return (
    <>
      {said ? (
        <Notice tone="red" live>
          {say(said)}
        </Notice>
      ) : null}
      {row?.origin === 'machine' && row.state === 'draft' ? (
        <Notice>{say(CAPTIONS.machineNote, { model: row.model ?? '' })}</Notice>
      ) : null}
      {mayWrite ? null : <Notice tone="blue">{say(CAPTIONS.readOnly)}</Notice>}
      {mayWrite && row?.state === 'accepted' ? (
        <Notice tone="blue">{say(CAPTIONS.closed)}</Notice>
      ) : null}
    </>
  )
} // prettier-ignore

/** The captions of one language: the film on the left, what is said on the right. */
export const Editor = ({ about, language, row, onChanged }: Props) => {
  const { asset, mayWrite } = about
  const open = mayWrite && row?.state !== 'accepted'
  const draft = useDraft({ asset: asset.id, language, stored: row, open })
  const film = useFilm()
  const run = useCommands({ draft, film, open })
  const [shown, setShown] = useState(-1)
  const [said, setSaid] = useState<Help | null>(null)
  const { edit, act } = draft
  const clipMs = Math.round(asset.durationSeconds * 1000)
  const findings = useMemo(() => checkCues(edit.cues, clipMs), [edit.cues, clipMs])
  const stops = findings.filter((one) => one.stops).length
  const pick = useCallback(
    (at: number) => {
      act({ do: 'pick', at })
      // Under a thumb the keyboard would cover the half of it.
      if (!matchMedia('(pointer: fine)').matches) return
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`textarea[data-cue="${at}"]`)?.focus()) // prettier-ignore
    },
    [act],
  )
  const picked = edit.cues[edit.at]?.start
  useEffect(() => {
    if (picked !== undefined && film.video.current?.paused) film.seek(picked + 1)
    // When another one is taken in hand, not while its time is changed.
  }, [edit.at, film])
  useOthers(row, draft)
  return (
    <div className="ht-cap__room">
      <div className="ht-cap__left">
        <FilmBox film={film} url={asset.played} sound={asset.kind === 'audio'} cues={edit.cues} onShown={setShown} />
        <Wave film={film} cues={edit.cues} at={edit.at} clipMs={clipMs} peaksUrl={asset.peaks} />
        <Tools run={run} open={open} />
        <Keys />
      </div>
      <div className="ht-cap__right">
        <div className="ht-row ht-cap__top">
          <Standing row={row} />
          {open ? <Saving draft={draft} /> : null}
          <Actions {...{ asset: asset.id, language, row, open, mayWrite, stops, draft, onChanged }} onSaid={setSaid} />
        </div>
        <Told row={row} mayWrite={mayWrite} said={said ?? (draft.conflict ? null : draft.said)} />
        <Machine {...{ about, language, row, draft, onChanged }} onSaid={setSaid} />
        {draft.conflict ? (
          <ConflictBox mine={edit.cues} conflict={draft.conflict} onChoose={draft.choose} />
        ) : null}
        <Tally findings={findings} count={edit.cues.length} draft={draft} />
        <CueList edit={edit} findings={findings} shown={shown} open={open} act={act} onPick={pick} />
      </div>
    </div>
  )
} // prettier-ignore
