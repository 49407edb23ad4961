'use client'

import { useRef, useState, type KeyboardEvent } from 'react'
import { useSay } from '@/people/ui/say'
import { instant, type Step } from './redact-list'
import { REDACT } from './redact-words'
import type { Covered, Redactor as State } from './use-redactor'

const FRAME_SECONDS = 1 / 25
const MUTED_MS = 2_000
const NEW_BOX = { x: 0.35, y: 0.35, width: 0.3, height: 0.3 }

export type Clip = NonNullable<Covered['clip']>

/** Everything that a button and its key do alike. */
export const useStage = (clip: Clip, { draft, step }: State) => {
  const video = useRef<HTMLVideoElement>(null)
  const [seconds, onTime] = useState(0)
  const [playing, onPlaying] = useState(false)
  const nowMs = Math.round(seconds * 1000)
  const endMs = Math.round(clip.durationSeconds * 1000)
  const seek = (to: number) => {
    const at = Math.min(clip.durationSeconds, Math.max(0, to))
    if (video.current) video.current.currentTime = at
    onTime(at)
  }
  const addBlur = (box = NEW_BOX) =>
    step({ do: 'add', one: { kind: 'blur', fromMs: Math.min(nowMs, endMs - 500), toMs: endMs, box } }) // prettier-ignore
  const addMute = () => {
    const fromMs = Math.min(nowMs, Math.max(0, endMs - 500))
    step({ do: 'add', one: { kind: 'mute', fromMs, toMs: Math.min(endMs, fromMs + MUTED_MS) } })
  }
  const toggle = () => void (playing ? video.current?.pause() : video.current?.play())
  const of = (more: { fromMs?: number; toMs?: number }): Step => ({ do: 'span', at: draft.chosen, ...more }) // prettier-ignore
  const chosen = draft.chosen >= 0
  const keys: Record<string, () => void> = {
    ' ': toggle,
    ',': () => seek(seconds - FRAME_SECONDS),
    '.': () => seek(seconds + FRAME_SECONDS),
    b: () => addBlur(),
    m: () => (clip.hasSound ? addMute() : undefined),
    i: () => (chosen ? step(of({ fromMs: nowMs })) : undefined),
    o: () => (chosen ? step(of({ toMs: nowMs })) : undefined),
    Delete: () => (chosen ? step({ do: 'remove', at: draft.chosen }) : undefined),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const undo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z'
    const act = undo ? () => step({ do: 'undo' }) : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key] // prettier-ignore
    const onButton = event.target instanceof HTMLButtonElement && event.key === ' '
    if (!act || onButton || (!undo && (event.ctrlKey || event.metaKey))) return
    event.preventDefault()
    act()
  }
  return { video, seconds, nowMs, playing, onTime, onPlaying, seek, addBlur, addMute, toggle, onKeyDown } // prettier-ignore
}

export type Stage = ReturnType<typeof useStage>

export const Transport = ({ clip, stage }: { clip: Clip; stage: Stage }) => {
  const say = useSay()
  const { seconds, playing, seek, toggle } = stage
  return (
    <div className="ht-row ht-transport">
      <button type="button" className="ht-btn" onClick={toggle}>
        {say(playing ? REDACT.pause : REDACT.play)}
      </button>
      <button
        type="button"
        className="ht-btn"
        aria-label={say(REDACT.back)}
        onClick={() => seek(seconds - FRAME_SECONDS)}
      >
        ‹
      </button>
      <button
        type="button"
        className="ht-btn"
        aria-label={say(REDACT.forth)}
        onClick={() => seek(seconds + FRAME_SECONDS)}
      >
        ›
      </button>
      <input
        className="ht-grow"
        type="range"
        aria-label={say(REDACT.seek)}
        aria-valuetext={instant(seconds * 1000)}
        min={0}
        max={clip.durationSeconds}
        step={0.04}
        value={seconds}
        onChange={(event) => seek(Number(event.target.value))}
      />
      <span className="ht-muted">{instant(seconds * 1000)}</span>
    </div>
  )
}

export const Tools = ({ clip, state, stage }: { clip: Clip; state: State; stage: Stage }) => {
  const say = useSay()
  const { draft, step } = state
  return (
    <div className="ht-row">
      <button type="button" className="ht-btn" onClick={() => stage.addBlur()}>
        {say(REDACT.addBlur)}
      </button>
      {clip.hasSound ? (
        <button type="button" className="ht-btn" onClick={stage.addMute}>
          {say(REDACT.addMute)}
        </button>
      ) : null}
      <button
        type="button"
        className="ht-btn"
        disabled={draft.past.length === 0}
        onClick={() => step({ do: 'undo' })}
      >
        {say(REDACT.undo)}
      </button>
    </div>
  )
}
