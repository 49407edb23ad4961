'use client'

import { useState } from 'react'
import type { Provenance as Traced, Step } from '@/assets/provenance'
import type { Help } from '@/errors'
import { getJson } from '@/people/ui/api'
import { clipLength, moment, numberIn } from '@/people/ui/format'
import { Notice } from '@/people/ui/pieces'
import { useLanguage, useSay } from '@/people/ui/say'
import { actionWords } from './history-words'
import { PROVENANCE } from './provenance-words'

const pictureOf = ({ facts }: Traced, language: 'vi' | 'en') =>
  [
    facts.container,
    facts.videoCodec,
    facts.hasPicture ? `${facts.width}×${facts.height}` : null,
    facts.fps > 0 ? `${numberIn(language, facts.fps, 2)} fps` : null,
    facts.audioCodec,
    facts.durationSeconds > 0 ? clipLength(facts.durationSeconds) : null,
  ]
    .filter(Boolean)
    .join(' · ')

const File = ({ traced }: { traced: Traced }) => {
  const say = useSay()
  const language = useLanguage()
  const { device } = traced
  const rows: [Help, string][] = [
    [PROVENANCE.names, traced.names.join(', ')],
    [PROVENANCE.hash, traced.sha256],
    [PROVENANCE.size, `${numberIn(language, traced.bytes / 1_048_576, 1)} MB`],
    [PROVENANCE.probed, pictureOf(traced, language)],
    [PROVENANCE.device, [device?.maker, device?.model].filter(Boolean).join(' ')],
    [PROVENANCE.takenAt, device?.takenAt ?? ''],
  ]
  return (
    <>
      <dl className="ht-provenance">
        {rows.map(([name, value]) => (
          <div key={name.en}>
            <dt className="ht-muted">{say(name)}</dt>
            <dd>
              <bdi>{value || say(PROVENANCE.unsaid)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {device?.saysWhere ? <Notice>{say(PROVENANCE.saysWhere)}</Notice> : null}
    </>
  )
}

const madeWords = ({ detail }: Step): string =>
  [
    `${String(detail.recipe)} v${String(detail.version)}`,
    String(detail.sha256 ?? '').slice(0, 12),
  ].join(' · ')

const Steps = ({ steps }: { steps: Step[] }) => {
  const say = useSay()
  const language = useLanguage()
  return (
    <ol className="ht-history">
      {steps.map((step, index) => (
        <li key={index}>
          <span className="ht-dot ht-dot--good" aria-hidden />
          <time className="ht-muted" dateTime={step.at}>
            {moment(language, step.at)}
          </time>
          <span>
            <b>{say(actionWords(step.action))}</b>
            <span className="ht-muted">
              {[
                step.who,
                step.action === 'rendition.made' ? madeWords(step) : null,
                step.detail.scanned === true ? say(PROVENANCE.scanned) : null,
                step.detail.scanned === false ? say(PROVENANCE.notScanned) : null,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
        </li>
      ))}
    </ol>
  )
}

/** Where the file came from and what was done to it. Asked for by a press: reading it is written into the audit. */
export const Provenance = ({ story }: { story: string }) => {
  const say = useSay()
  const [traced, setTraced] = useState<Traced | null>(null)
  const [said, setSaid] = useState<Help | null>(null)
  const look = async () => {
    const answer = await getJson<Traced>(`/api/provenance/${story}`)
    setSaid(answer.ok ? null : answer.help)
    if (answer.ok) setTraced(answer.data)
  }
  return (
    <section className="ht-card" aria-label={say(PROVENANCE.heading)}>
      <h2>{say(PROVENANCE.heading)}</h2>
      <p className="ht-muted">{say(PROVENANCE.told)}</p>
      {said ? (
        <Notice tone="red" live>
          {say(said)}
        </Notice>
      ) : null}
      {traced ? <File traced={traced} /> : null}
      {traced ? <Steps steps={traced.steps} /> : null}
      <button type="button" className="ht-btn" onClick={() => void look()}>
        {say(traced ? PROVENANCE.again : PROVENANCE.look)}
      </button>
    </section>
  )
}
