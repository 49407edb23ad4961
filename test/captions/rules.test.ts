import { describe, expect, it } from '@jest/globals'
import { checkCues, RULES, type RuleId } from '@/captions/rules'
import type { Cue } from '@/media/captions'

const cue = (start: number, end: number, text = 'Mười một chữ'): Cue => ({ start, end, text })
const found = (cues: Cue[], clipMs = 60_000) =>
  checkCues(cues, clipMs).map(({ at, rule }) => `${at} ${rule}`)

describe('captions are checked', () => {
  const good = [cue(1000, 3000), cue(3080, 5000), cue(5000, 7000, 'Hai dòng\n<i>đủ ngắn</i>')]
  it('good ones have no problem, touching ones neither', () => {
    expect(found(good)).toEqual([])
  })

  const letters = (n: number) => 'x'.repeat(n)
  it.each<[RuleId, Cue[], Cue[]]>([
    ['empty', [cue(0, 1000, '<b></b>')], [cue(0, 1000, '<b>A</b>')]],
    ['backwards', [cue(1000, 1000)], [cue(1000, 2000)]],
    ['overlap', [cue(0, 2000), cue(1999, 4000)], [cue(0, 2000), cue(2000, 4000)]],
    ['outside', [cue(58_000, 60_251)], [cue(58_000, 60_250)]],
    ['fast', [cue(0, 2000, letters(41))], [cue(0, 2000, letters(40))]],
    ['short', [cue(0, 832, 'A')], [cue(0, 833, 'A')]],
    ['long', [cue(0, 7001)], [cue(0, 7000)]],
    ['wide', [cue(0, 5000, letters(43))], [cue(0, 5000, `<i>${letters(42)}</i>`)]],
    ['tall', [cue(0, 5000, 'a\nb\nc')], [cue(0, 5000, 'a\nb')]],
    ['close', [cue(0, 2000), cue(2079, 4000)], [cue(0, 2000), cue(2080, 4000)]],
  ])('%s: one step over the limit is told, the limit itself is not', (rule, over, at) => {
    expect(found(over)).toEqual([`${over.length - 1} ${rule}`])
    expect(found(at)).toEqual([])
  })

  it('only what a reader can not get round keeps captions back', () => {
    const stops = RULES.filter((rule) => rule.stops).map(({ id }) => id)
    expect(stops).toEqual(['empty', 'backwards', 'overlap', 'outside'])
  })

  it('where the length of the clip is not known nothing lies outside', () => {
    expect(found([cue(58_000, 99_000, letters(60))], 0)).toEqual(['0 long', '0 wide'])
  })

  it('every rule speaks both languages', () => {
    expect(
      RULES.filter(({ help }) => help.vi === '' || help.en === '' || help.vi === help.en),
    ).toEqual([])
  })
})
