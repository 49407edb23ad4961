import { describe, expect, it } from '@jest/globals'
import { wordDiff } from '@/signoff/diff'

describe('the difference between two texts', () => {
  it('names the words, not the letters', () => {
    expect(wordDiff('Giá chè tăng nhẹ', 'Giá chè tăng mạnh')).toEqual([
      { text: 'Giá chè tăng ', kind: 'same' },
      { text: 'nhẹ', kind: 'removed' },
      { text: 'mạnh', kind: 'added' },
    ])
  })

  it('puts together to both texts again, with marks and line ends', () => {
    const [before, after] = ['Một hai.\n\nBa bốn năm.', 'Một hai ba.\nBốn năm — sáu.']
    const parts = wordDiff(before, after)
    const side = (kind: string) => parts.filter((part) => part.kind !== kind).map(({ text }) => text).join('') // prettier-ignore
    expect(side('added')).toBe(before)
    expect(side('removed')).toBe(after)
  })

  it('shows a very long text as one change instead of thinking for seconds', () => {
    const parts = wordDiff('a '.repeat(40_000), 'b '.repeat(40_000))
    expect(parts.map(({ kind }) => kind)).toEqual(['removed', 'added'])
  })

  it('does the same for two texts of a usual length that have no word in common', () => {
    const text = (step: number) =>
      Array.from({ length: 5_000 }, (_, n) => ((n * step) % 99_991).toString(36)).join(' ')
    const parts = wordDiff(text(7_919), text(104_729))
    expect(parts.map(({ kind }) => kind)).toEqual(['removed', 'added'])
  })

  it('says nothing of two empty texts', () => {
    expect(wordDiff('', '')).toEqual([])
  })
})
