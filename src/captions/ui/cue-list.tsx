'use client'

import { useMemo, useState } from 'react'
import { useSay } from '@/people/ui/say'
import type { Finding } from '../rules'
import { CueRow } from './cue-row'
import type { Doing, Edit } from './edit'
import { CAPTIONS } from './words'

/** Rows drawn at once, around the one in hand; a programme of hours has thousands. */
const AROUND = 150

type Props = {
  edit: Edit
  findings: readonly Finding[]
  shown: number
  open: boolean
  act: (doing: Doing) => void
  onPick: (at: number) => void
}

const NO_FINDINGS: readonly Finding[] = []

const byCue = (findings: readonly Finding[]) => {
  const found = new Map<number, Finding[]>()
  for (const one of findings) found.set(one.at, [...(found.get(one.at) ?? []), one])
  return found
}

export const CueList = ({ edit, findings, shown, open, act, onPick }: Props) => {
  const say = useSay()
  const [more, setMore] = useState({ before: 0, after: 0 })
  const problems = useMemo(() => byCue(findings), [findings])
  const { cues, at } = edit
  if (cues.length === 0) return <p className="ht-muted">{say(CAPTIONS.empty)}</p>
  const from = Math.max(0, at - AROUND - more.before)
  const to = Math.min(cues.length, at + AROUND + more.after + 1)
  return (
    <>
      {from > 0 ? (
        <button
          type="button"
          className="ht-btn"
          onClick={() => setMore({ ...more, before: more.before + AROUND })}
        >
          {say(CAPTIONS.earlierOnes, { n: Math.min(from, AROUND) })}
        </button>
      ) : null}
      <ol className="ht-cap__list" start={from + 1}>
        {cues.slice(from, to).map((cue, index) => (
          <CueRow
            key={from + index}
            cue={cue}
            at={from + index}
            findings={problems.get(from + index) ?? NO_FINDINGS}
            picked={from + index === at}
            playing={from + index === shown}
            open={open}
            act={act}
            onPick={onPick}
          />
        ))}
      </ol>
      {to < cues.length ? (
        <button
          type="button"
          className="ht-btn"
          onClick={() => setMore({ ...more, after: more.after + AROUND })}
        >
          {say(CAPTIONS.laterOnes, { n: Math.min(cues.length - to, AROUND) })}
        </button>
      ) : null}
    </>
  )
}
