import { describe, expect, it } from '@jest/globals'
import { troubleOf, TROUBLES } from '@/deliveries/ui/trouble-words'

const refused = (code: string, line = 'the name is taken', platform = 'youtube') =>
  troubleOf({ platform, code, line })

describe('why a delivery does not go on', () => {
  it('is told in Vietnamese and English by its code, never by the machine’s own English line', () => {
    const said = refused('path-taken', 'The address belongs to another story.', 'website')
    expect(said?.words.vi).toContain('tin khác')
    expect(said?.words.en).toContain('another story')
    expect(said?.line).toBe('')
  })

  it('that a platform said is told in our words first; its own line stays beside them', () => {
    const said = refused('forbiddenLicenseSetting', 'HTTP 403 forbiddenLicenseSetting: no')
    expect(said?.words.vi).toContain('Nền tảng')
    expect(said?.line).toBe('HTTP 403 forbiddenLicenseSetting: no')
  })

  it('has words when somebody must act by hand on the platform', () => {
    const said = troubleOf({
      platform: 'youtube',
      code: 'by-hand',
      line: 'HTTP 403',
    })
    expect(said?.words.vi).toContain('bằng tay')
    expect(said?.line).toBe('HTTP 403')
  })

  it('of a kind that nobody wrote words for still shows no English to a Vietnamese reader of the site', () => {
    const said = refused('some-new-code', 'something in English', 'website')
    expect(said?.words.vi).toContain('quản trị')
    expect(said?.line).toBe('')
  })

  it('is not told where there is none', () => {
    expect(troubleOf({ platform: 'youtube', code: null, line: null })).toBeNull()
    expect(troubleOf({ platform: 'website', code: '', line: 'x' })).toBeNull()
  })

  it('has words in both languages for every code that the machine itself writes', () => {
    const own = ['answer-lost', 'ask-a-person', 'bad-path', 'blocked', 'by-hand', 'bytes-differ', 'cannot', 'cancelled', 'channel-held', 'channel-off', 'copies-gone', 'late', 'no-answer', 'no-publisher', 'no-rendition', 'not-out', 'not-prepared', 'not-seen', 'outward-held', 'path-taken', 'quota', 'reconnect', 'rights-expired', 'rights-not-yet', 'signed-anew', 'source-out', 'taken-down', 'text-too-long', 'thumbnail-unfit', 'timer', 'title-empty', 'title-too-long', 'unsigned', 'withdrawn'] // prettier-ignore
    expect(own.filter((code) => !Object.hasOwn(TROUBLES, code))).toEqual([])
    const halves = Object.values(TROUBLES).flatMap(({ words }) => [words.vi, words.en])
    expect(halves.filter((half) => half.trim() === '')).toEqual([])
  })
})
