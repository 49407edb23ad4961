import { describe, expect, it } from '@jest/globals'
import { inTurn, weightOf, type Served, type Waiting } from '@/assets/turns'

let age = 0
const clip = (desk: string, more: Partial<Waiting> = {}): Waiting => {
  age += 1
  const key = `${desk}${age}`
  return { key, asset: key, desk, weight: 'heavy', urgentAt: 0, since: age, losses: 0, ...more }
}
const many = (desk: string, count: number) => Array.from({ length: count }, () => clip(desk))
const desks = (waiting: Waiting[], served: Served[] = []) =>
  inTurn(waiting, served).map(({ desk }) => desk)

describe('in whose turn what waits is transcoded', () => {
  it('one desk alone is served oldest first', () => {
    const [first, second, third] = [clip('a'), clip('a'), clip('a')]
    expect(inTurn([third, first, second], [])).toEqual([first, second, third])
  })

  it('forty clips of one desk hold up one clip of another by one clip, not by forty', () => {
    const order = desks([...many('thể thao', 40), clip('thời sự')])
    expect(order.indexOf('thời sự')).toBe(1)
    expect(order).toHaveLength(41)
  })

  it('three desks are served round and round until each has what it brought', () => {
    const order = desks([...many('a', 3), ...many('b', 2), ...many('c', 1)])
    expect(order.join('')).toBe('abcaba')
  })

  it('the desk that was served last stands at the end, whoever waits longer', () => {
    const waiting = [clip('a'), clip('b')]
    const served = [
      { desk: 'a', running: 0, startedAt: 200 },
      { desk: 'b', running: 0, startedAt: 100 },
    ]
    expect(desks(waiting, served)).toEqual(['b', 'a'])
  })

  it('a desk with a clip running waits for one with none', () => {
    const waiting = [...many('a', 2), ...many('b', 1)]
    const served = [{ desk: 'a', running: 1, startedAt: 100 }]
    expect(desks(waiting, served)).toEqual(['b', 'a', 'a'])
  })

  it('breaking news goes before all of them, and the one called first before the next', () => {
    const late = clip('b', { urgentAt: 900 })
    const early = clip('a', { urgentAt: 800 })
    const order = inTurn([...many('a', 3), late, early], [])
    expect(order.slice(0, 2)).toEqual([early, late])
    expect(order).toHaveLength(5)
  })

  it('a clip that lost its worker stands behind those of its desk that did not, and the more the later', () => {
    const [twice, once, never] = [clip('a', { losses: 2 }), clip('a', { losses: 1 }), clip('a')]
    expect(inTurn([twice, once, never], [])).toEqual([never, once, twice])
  })

  it('its desk still has its turn: only its own clips go before it', () => {
    expect(desks([clip('a', { losses: 2 }), ...many('b', 3)])).toEqual(['b', 'a', 'b', 'b'])
  })

  it('breaking news that kills its workers does not stand before other breaking news', () => {
    const killer = clip('a', { urgentAt: 800, losses: 1 })
    const fine = clip('b', { urgentAt: 900 })
    expect(inTurn([killer, fine, clip('c')], []).slice(0, 2)).toEqual([fine, killer])
  })

  it('clips without a story are a desk of their own and starve nobody', () => {
    expect(desks([...many('', 5), clip('a')]).indexOf('a')).toBe(1)
  })

  it('four hundred clips of forty desks are ordered at once, each desk once in every round', () => {
    const names = Array.from({ length: 40 }, (_, n) => `d${n}`)
    const order = desks(names.flatMap((name) => many(name, 10)))
    for (let round = 0; round < 10; round += 1)
      expect(new Set(order.slice(round * 40, round * 40 + 40)).size).toBe(40)
  })

  it('what waits for nothing is an empty order', () => {
    expect(inTurn([], [{ desk: 'a', running: 2, startedAt: 1 }])).toEqual([])
  })
})

it.each([
  ['image', 'light'],
  ['audio', 'light'],
  ['video', 'heavy'],
  ['', 'heavy'],
  [null, 'heavy'],
])('a file of kind %j is %s work', (kind, weight) => {
  expect(weightOf(kind)).toBe(weight)
})
