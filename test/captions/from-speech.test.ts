import { describe, expect, it } from '@jest/globals'
import { cuesFromSpeech, speechDraft } from '@/captions/from-speech'
import { checkCues } from '@/captions/rules'

const LONG =
  ' Từ đầu tháng Mười một, bốn mươi sáu tấn chè búp khô đã lên đường, và hợp tác xã cho biết còn hơn hai chục tấn nữa sẽ được giao trước Tết. Giá năm nay cao hơn năm ngoái.'

describe('what a machine heard becomes a draft', () => {
  it('a short breath is one caption, to the millisecond', () => {
    expect(cuesFromSpeech([{ start: 0.5, end: 2.251, text: ' Chè vào vụ. ' }], 60_000)).toEqual([
      { start: 500, end: 2251, text: 'Chè vào vụ.' },
    ])
  })

  it('a long one is cut behind commas and sentences, on two lines, its time shared by its letters', () => {
    const cues = cuesFromSpeech([{ start: 0, end: 14, text: LONG }], 60_000)
    expect(cues.map(({ text }) => text.replace('\n', ' ')).join(' ')).toBe(LONG.trim())
    expect(cues.length).toBeGreaterThan(2)
    expect(cues[0]?.text.endsWith(',')).toBe(true)
    expect([cues[0]?.start, cues.at(-1)?.end]).toEqual([0, 14_000])
    expect(checkCues(cues, 60_000).filter(({ rule }) => rule !== 'fast')).toEqual([])
  })

  it('what runs over the next or past the clip is cut short, and what has no time is left out', () => {
    const heard = [
      { start: 4, end: 9, text: 'Hai' },
      { start: 1, end: 5, text: 'Một' },
      { start: 8, end: 12, text: 'Ba' },
      { start: 3, end: 3, text: 'Không' },
      { start: 20, end: 22, text: 'Sau clip' },
      { start: -1, end: 2, text: 'Trước clip' },
      { start: 9, end: 10, text: '  ' },
    ]
    expect(cuesFromSpeech(heard, 10_000)).toEqual([
      { start: 1000, end: 4000, text: 'Một' },
      { start: 4000, end: 8000, text: 'Hai' },
      { start: 8000, end: 10_000, text: 'Ba' },
    ])
  })

  it('a text without a space is cut all the same', () => {
    const cues = cuesFromSpeech([{ start: 0, end: 20, text: 'x'.repeat(200) }], 60_000)
    expect(cues.map(({ text }) => text.length)).toEqual([84, 84, 32])
  })

  it('of more than a person could save again there is no draft, but words that say so', () => {
    const heard = Array.from({ length: 10_001 }, (_, at) => ({ start: at, end: at + 1, text: 'a' }))
    expect(speechDraft(heard, 20_000_000)).toMatchObject({ ok: false, reason: 'too-many' })
    expect(speechDraft(heard.slice(1), 20_000_000)).toMatchObject({ ok: true, cues: { length: 10_000 } }) // prettier-ignore
  })
})
