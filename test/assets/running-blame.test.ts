import { describe, expect, it } from '@jest/globals'
import type { Lost, Losses } from '@/assets/losses'
import { setTestSettings } from '../support/settings'

setTestSettings()
const losses = await import('@/assets/losses')

const MINUTE = 60_000
const NOON = 12 * 60 * MINUTE
const lost = (worker: string, minutes: number, whole = 0): Lost => ({ worker, at: NOON + minutes * MINUTE, whole }) // prettier-ignore
const after = (...each: Lost[]): Losses =>
  each.reduce(losses.withLoss, { all: [] as Lost[], counted: 0 })

describe('whether a clip is what its workers die of', () => {
  const three = () => after(lost('a', 0), lost('b', 1), lost('c', 2))

  it('two in a row are bad luck, three while all else fares well are not', () => {
    expect(losses.isToBlame(after(lost('a', 0), lost('b', 1)), [])).toBe(false)
    expect(losses.isToBlame(three(), [])).toBe(true)
  })

  it('a pass that came out whole in between begins the count anew', () => {
    const onward = after(lost('a', 0), lost('b', 1), lost('c', 2, 1))
    expect(onward.counted).toBe(1)
    expect(losses.isToBlame(onward, [])).toBe(false)
    const stuck = [lost('d', 3, 1), lost('e', 4, 1)].reduce(losses.withLoss, onward)
    expect(stuck.counted).toBe(3)
    expect(losses.isToBlame(stuck, [])).toBe(true)
  })

  it('another machine that knows of fewer finished passes does not begin it anew each time', () => {
    const two = after(lost('a', 0, 1), lost('b', 1, 0), lost('c', 2, 1), lost('d', 3, 0))
    expect(two.counted).toBe(4)
  })

  it('workers that die over other clips too accuse the machine, be it shortly before or in between', () => {
    for (const minute of [-9, 0.5, 2])
      expect(losses.isToBlame(three(), [lost('x', minute)])).toBe(false)
    expect(losses.isToBlame(three(), [lost('x', -11)])).toBe(true)
  })

  it('what died beside it in the same worker is no witness for it', () => {
    expect(losses.isToBlame(three(), [lost('a', 0), lost('b', 1)])).toBe(true)
    expect(losses.isToBlame(three(), [lost('a', 0), lost('x', 1)])).toBe(false)
  })

  it('twenty in a row are parked whatever else happens: a person must look at the machine', () => {
    const each = Array.from({ length: 20 }, (_, n) => lost(`w${n}`, n))
    expect(losses.isToBlame(after(...each.slice(0, 19)), [lost('x', 5)])).toBe(false)
    expect(losses.isToBlame(after(...each), [lost('x', 5)])).toBe(true)
  })

  it('what is remembered does not grow for ever', () => {
    const each = Array.from({ length: 60 }, (_, n) => lost(`w${n}`, n))
    expect(after(...each).all).toHaveLength(20)
  })
})
