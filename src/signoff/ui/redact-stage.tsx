'use client'

import { useRef, useState, type CSSProperties, type PointerEvent, type RefObject } from 'react'
import type { Box } from '@/media/redact'
import { useSay } from '@/people/ui/say'
import { boxBetween, LEAST_SIDE, nudged, type Draft, type Step } from './redact-list'
import { REDACT } from './redact-words'

type Point = { x: number; y: number }

const placed = ({ x, y, width, height }: Box): CSSProperties => ({
  left: `${x * 100}%`,
  top: `${y * 100}%`,
  width: `${width * 100}%`,
  height: `${height * 100}%`,
})

type Props = {
  video: RefObject<HTMLVideoElement | null>
  src: string
  shape: { width: number; height: number }
  draft: Draft
  nowMs: number
  step: (step: Step) => void
  onDrawn: (box: Box) => void
  onTime: (seconds: number) => void
  onPlaying: (playing: boolean) => void
}

/** What is being drawn, from where the pointer went down. A touch that barely moved is a tap and draws nothing. */
const useDrawing = (onDrawn: (box: Box) => void) => {
  const from = useRef<Point | null>(null)
  const [box, setBox] = useState<Box | null>(null)
  const pointOf = (event: PointerEvent<HTMLElement>): Point => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height }
  }
  return {
    box,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      from.current = pointOf(event)
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (from.current) setBox(boxBetween(from.current, pointOf(event)))
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const drawn = from.current ? boxBetween(from.current, pointOf(event)) : null
      from.current = null
      setBox(null)
      if (drawn && drawn.width >= LEAST_SIDE && drawn.height >= LEAST_SIDE) onDrawn(drawn)
    },
    onPointerCancel: () => {
      from.current = null
      setBox(null)
    },
  }
}

/** The clip with its covers on it. Drawn with mouse or finger; each cover is taken hold of by keyboard too. */
export const RedactStage = (props: Props) => {
  const { video, src, shape, draft, nowMs, step, onDrawn, onTime, onPlaying } = props
  const say = useSay()
  const { box: drawing, ...pointer } = useDrawing(onDrawn)
  const ratio = { '--ratio': String(shape.width / shape.height) } as CSSProperties // a variable of our own
  return (
    <div className="ht-stage" style={ratio}>
      <video
        ref={video}
        src={src}
        playsInline
        preload="auto"
        onTimeUpdate={(event) => onTime(event.currentTarget.currentTime)}
        onSeeked={(event) => onTime(event.currentTarget.currentTime)}
        onPlay={() => onPlaying(true)}
        onPause={() => onPlaying(false)}
      />
      <div
        className="ht-stage__draw"
        role="application"
        tabIndex={0}
        aria-label={say(REDACT.stage)}
        {...pointer}
      >
        {draft.list.map((one, at) => {
          if (one.kind !== 'blur') return null
          const shown = nowMs >= one.fromMs && nowMs <= one.toMs
          if (!shown && at !== draft.chosen) return null
          return (
            <button
              key={at}
              type="button"
              className={shown ? 'ht-cover' : 'ht-cover ht-cover--later'}
              style={placed(one.box)}
              aria-label={say(REDACT.blur, { n: at + 1 })}
              aria-pressed={at === draft.chosen}
              onPointerDown={(event) => event.stopPropagation()}
              onClick={() => step({ do: 'choose', at })}
              onKeyDown={(event) => {
                const box = nudged(one.box, event.key, event.shiftKey)
                if (!box) return
                event.preventDefault()
                event.stopPropagation()
                step({ do: 'box', at, box })
              }}
            >
              <span>{at + 1}</span>
            </button>
          )
        })}
        {drawing ? <i className="ht-cover ht-cover--drawn" style={placed(drawing)} /> : null}
      </div>
    </div>
  )
}
