import { describe, expect, it } from '@jest/globals'
import type { Redaction } from '@/media/redact'
import {
  boxBetween,
  EMPTY,
  instant,
  nudged,
  stepped,
  tidyBox,
  type Draft,
  type Step,
} from '@/signoff/ui/redact-list'

const BOX = { x: 0.2, y: 0.3, width: 0.1, height: 0.2 }
const FACE: Redaction = { kind: 'blur', fromMs: 0, toMs: 5000, box: BOX }
const NAME: Redaction = { kind: 'mute', fromMs: 1000, toMs: 2000 }
const after = (...steps: Step[]): Draft => steps.reduce(stepped, EMPTY)

describe('Danh sách chỗ che khi đang sửa', () => {
  it('takes every step back, one by one, to what was loaded', () => {
    const steps: Step[] = [
      { do: 'load', list: [FACE] },
      { do: 'add', one: NAME },
      { do: 'span', at: 0, toMs: 900 },
      { do: 'box', at: 0, box: { ...BOX, x: 0.5 } },
      { do: 'remove', at: 1 },
    ]
    const lists = steps.map((_, n) => after(...steps.slice(0, n + 1)).list)
    let draft = after(...steps)
    for (const list of lists.toReversed()) {
      expect(draft.list).toEqual(list)
      draft = stepped(draft, { do: 'undo' })
    }
    expect(draft.list).toEqual([FACE])
  })

  it('an end set before the beginning takes the beginning along, and never leaves an empty span', () => {
    const draft = after({ do: 'load', list: [NAME] }, { do: 'span', at: 0, toMs: 500 })
    expect(draft.list[0]).toMatchObject({ fromMs: 400, toMs: 500 })
    const later = stepped(draft, { do: 'span', at: 0, fromMs: 3000 })
    expect(later.list[0]).toMatchObject({ fromMs: 3000, toMs: 3100 })
  })

  it('chooses what was just added, and another when that is removed', () => {
    const draft = after({ do: 'add', one: FACE }, { do: 'add', one: NAME })
    expect(draft.chosen).toBe(1)
    expect(stepped(draft, { do: 'remove', at: 1 }).chosen).toBe(0)
    expect(after({ do: 'add', one: FACE }, { do: 'remove', at: 0 }).chosen).toBe(-1)
  })

  it('draws in whichever direction, and no box leaves the picture', () => {
    expect(boxBetween({ x: 0.75, y: 0.5 }, { x: 0.5, y: 0.25 })).toEqual({ x: 0.5, y: 0.25, width: 0.25, height: 0.25 }) // prettier-ignore
    expect(boxBetween({ x: 0.5, y: 0.5 }, { x: 1.4, y: -2 })).toEqual({ x: 0.5, y: 0, width: 0.5, height: 0.5 }) // prettier-ignore
    expect(tidyBox({ x: 0.95, y: -1, width: 0.5, height: 0 })).toEqual({ x: 0.5, y: 0, width: 0.5, height: 0.02 }) // prettier-ignore
  })

  it('moves by arrows and sizes with Shift; other keys do nothing', () => {
    expect(nudged(BOX, 'ArrowRight', false)?.x).toBeCloseTo(0.21)
    expect(nudged(BOX, 'ArrowDown', true)?.height).toBeCloseTo(0.21)
    expect(nudged(BOX, 'Enter', false)).toBeNull()
  })

  it('writes instants by tenths, the Vietnamese way', () => {
    expect([0, 3_449, 59_960, 61_250].map(instant)).toEqual(['0:00,0', '0:03,4', '1:00,0', '1:01,3']) // prettier-ignore
  })
})
