import { describe, expect, it } from '@jest/globals'
import { blockedOn, boundsOf, dayOf, daysBetween, rightsOn, type Rights } from '@/assets/rights'

const TODAY = '2026-11-21'
const lease = (leaseFrom: string, leaseTo: string): Rights => ({
  basis: 'licence',
  leaseFrom,
  leaseTo,
})

describe('Bản quyền của một tư liệu', () => {
  it.each([
    ['nobody said anything', {}, 'unknown'],
    ['own production without an end', { basis: 'own' }, 'valid'],
    ['a lease with months to go', lease('2026-01-01', '2027-06-30'), 'valid'],
    ['a lease of fifteen more days', lease('', '2026-12-06'), 'valid'],
    ['a lease of fourteen more days', lease('', '2026-12-05'), 'expiring'],
    ['a lease that ends today', lease('', TODAY), 'expiring'],
    ['a lease that ended yesterday', lease('', '2026-11-20'), 'expired'],
    ['a lease that begins tomorrow', lease('2026-11-22', ''), 'not-yet'],
    ['a lease that begins today', lease(TODAY, ''), 'valid'],
    ['bounds and no ground', { leaseTo: '2027-01-01' }, 'valid'],
  ])('is judged by the day: %s', (_name, rights, state) => {
    expect(rightsOn([rights], TODAY)).toBe(state)
  })

  it('of a cut is never better than that of what it was cut from', () => {
    const own: Rights = { basis: 'own' }
    expect(rightsOn([own, lease('', '2026-11-01')], TODAY)).toBe('expired')
    expect(rightsOn([lease('', '2026-11-25'), own], TODAY)).toBe('expiring')
    expect(rightsOn([{}, own], TODAY)).toBe('valid')
    expect(rightsOn([own, {}], TODAY)).toBe('valid')
    expect(rightsOn([], TODAY)).toBe('unknown')
  })

  it('says the bounds that hold for all of it: the latest beginning, the earliest end', () => {
    const chain = [lease('2026-02-01', '2027-01-01'), lease('2026-03-01', '2026-12-01'), {}]
    expect(boundsOf(chain)).toEqual({ from: '2026-03-01', to: '2026-12-01' })
    expect(boundsOf([{}])).toEqual({ from: '', to: '' })
  })

  it('stops what is over or not begun, and nothing else', () => {
    expect(blockedOn([lease('', '2026-11-20')], TODAY)).toBe('rights-expired')
    expect(blockedOn([lease('2026-12-01', '')], TODAY)).toBe('rights-not-yet')
    expect(blockedOn([lease('', TODAY)], TODAY)).toBeNull()
    expect(blockedOn([{}], TODAY)).toBeNull()
  })

  it('counts days as the newsroom does: the last day ends at midnight here', () => {
    expect(dayOf('2026-11-21T16:59:59.999Z')).toBe('2026-11-21')
    expect(dayOf('2026-11-21T17:00:00.000Z')).toBe('2026-11-22')
    expect(daysBetween('2026-02-27', '2026-03-01')).toBe(2)
  })
})
