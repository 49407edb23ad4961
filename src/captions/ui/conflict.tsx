'use client'

import type { Cue } from '@/media/captions'
import { useSay } from '@/people/ui/say'
import { differing } from './edit'
import { Lines } from './lines'
import { shortClock } from './time-field'
import type { Conflict } from './use-draft'
import { CONFLICT } from './words'

const MOST = 6

const Side = ({ title, cues }: { title: string; cues: Cue[] }) => {
  const say = useSay()
  return (
    <div className="ht-grow">
      <h3>{title}</h3>
      <ul>
        {cues.slice(0, MOST).map((cue, at) => (
          <li key={at}>
            <span className="ht-cap__when">{shortClock(cue.start)}</span> <Lines text={cue.text} />
          </li>
        ))}
      </ul>
      {cues.length > MOST ? <p>{say(CONFLICT.more, { n: cues.length - MOST })}</p> : null}
    </div>
  )
}

type Props = {
  mine: readonly Cue[]
  conflict: Conflict
  onChoose: (whose: 'mine' | 'theirs') => void
}

/** Two people changed the same captions: both texts are here, one person decides. */
export const ConflictBox = ({ mine, conflict, onChoose }: Props) => {
  const say = useSay()
  const apart = differing(mine, conflict.cues)
  return (
    <section className="ht-card ht-cap__conflict" role="alert" aria-label={say(CONFLICT.title)}>
      <h2>{say(CONFLICT.title)}</h2>
      <p>{say(CONFLICT.what)}</p>
      <div className="ht-cap__sides">
        <Side title={say(CONFLICT.mine, { n: apart.mine.length })} cues={apart.mine} />
        <Side title={say(CONFLICT.theirs, { n: apart.theirs.length })} cues={apart.theirs} />
      </div>
      <div className="ht-row">
        <button type="button" className="ht-btn ht-btn--primary" onClick={() => onChoose('mine')}>
          {say(CONFLICT.keepMine)}
        </button>
        <button type="button" className="ht-btn" onClick={() => onChoose('theirs')}>
          {say(CONFLICT.keepTheirs)}
        </button>
      </div>
    </section>
  )
}
