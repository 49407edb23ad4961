import { describe, expect, it } from '@jest/globals'
import { isoLengthOf, lengthOf, longDayOf, shortTimeOf, timeOf } from '@/site/words'

describe('times and lengths on the site', () => {
  it('are shown in Vietnam’s time, 24 hours, day before month', () => {
    expect(timeOf('2026-11-21T13:01:00.000Z')).toBe('20:01, 21/11/2026')
    expect(timeOf('2026-11-21T17:30:00.000Z')).toBe('00:30, 22/11/2026')
    expect(longDayOf(new Date('2026-11-21T13:01:00.000Z'))).toBe('Thứ Bảy, 21 tháng 11, 2026')
  })

  it('say the hour for today and the date for other days', () => {
    const today = new Date('2026-11-21T13:01:00.000Z')
    expect(shortTimeOf('2026-11-20T17:00:00.000Z', today)).toBe('00:00')
    expect(shortTimeOf('2026-11-20T16:59:00.000Z', today)).toBe('20/11')
  })

  it('count minutes and seconds, hours when there are some', () => {
    expect([0.4, 6.9, 92, 3671].map(lengthOf)).toEqual(['0:00', '0:06', '1:32', '1:01:11'])
    expect(isoLengthOf(92)).toBe('PT1M32S')
  })
})
