import { describe, expect, it } from '@jest/globals'
import { afterOpening, afterTyping, openWith } from '@/captions/ui/draft'
import { beginEdit, cueAt, differing, edited, type Doing, type Edit } from '@/captions/ui/edit'
import { commandOf, SHORTCUTS } from '@/captions/ui/shortcuts'
import type { Cue } from '@/media/captions'

const A: Cue = { start: 1000, end: 3000, text: 'Chè Tân Cương vào vụ' }
const B: Cue = { start: 3000, end: 5000, text: 'Bốn mươi sáu tấn' }
const C: Cue = { start: 8000, end: 9000, text: 'Hết' }
const all = (...doings: Doing[]): Edit => doings.reduce(edited, beginEdit([A, B, C]))
const texts = ({ cues }: Edit) => cues.map(({ text }) => text)
const times = ({ cues }: Edit) => cues.map(({ start, end }) => `${start}-${end}`)

describe('captions are edited', () => {
  it('a caption is split where the film stands and the caret stood', () => {
    const edit = all({ do: 'split', at: 0, ms: 1800, by: 8 })
    expect(texts(edit).slice(0, 2)).toEqual(['Chè Tân', 'Cương vào vụ'])
    expect([times(edit).slice(0, 2), edit.at]).toEqual([['1000-1800', '1800-3000'], 1])
  })

  it('with the film elsewhere it is split by its words, at the space nearest to the middle', () => {
    const edit = all({ do: 'split', at: 1, ms: 99_000 })
    expect(texts(edit).slice(1, 3)).toEqual(['Bốn mươi', 'sáu tấn'])
    expect(times(edit).slice(1, 3)).toEqual(['3000-4000', '4000-5000'])
  })

  it('two are merged from the first’s beginning to the second’s end; long ones on two lines', () => {
    expect(all({ do: 'merge', at: 1 }).cues[1]).toEqual({ start: 3000, end: 9000, text: 'Bốn mươi sáu tấn Hết' }) // prettier-ignore
    const long = beginEdit([
      { ...A, text: 'x'.repeat(30) },
      { ...B, text: 'y'.repeat(30) },
    ])
    expect(edited(long, { do: 'merge', at: 0 }).cues[0]?.text).toContain('\n')
    expect(all({ do: 'merge', at: 2 })).toEqual(beginEdit([A, B, C]))
  })

  it('a new one begins where the film stands and ends before the next', () => {
    const edit = all({ do: 'add', ms: 6500 })
    expect([times(edit)[2], edit.at]).toEqual(['6500-8000', 2])
  })

  it('a caption moved past its neighbour takes its place, and stays in hand', () => {
    const edit = all({ do: 'pick', at: 0 }, { do: 'move', at: 0, by: 4500 })
    expect([texts(edit)[1], times(edit)[1], edit.at]).toEqual([A.text, '5500-7500', 1])
  })

  it('nothing begins before the clip', () => {
    expect(times(all({ do: 'move', at: 0, by: -5000 }))[0]).toBe('0-2000')
    expect(times(all({ do: 'time', at: 0, start: -5 }))[0]).toBe('0-3000')
  })

  const steps: Doing[] = [
    { do: 'text', at: 0, text: 'Một' },
    { do: 'time', at: 1, end: 4800 },
    { do: 'move', at: 1, by: 100 },
    { do: 'split', at: 1, ms: 4000 },
    { do: 'merge', at: 0 },
    { do: 'add', ms: 20_000 },
    { do: 'remove', at: 0 },
    { do: 'all', cues: [C] },
  ]
  it('every step is taken back and done again, to the same words', () => {
    const edit = all(...steps)
    const back = steps.reduce<Edit>((now) => edited(now, { do: 'undo' }), edit)
    expect(back.cues).toEqual([A, B, C])
    const forth = steps.reduce<Edit>((now) => edited(now, { do: 'redo' }), back)
    expect(forth.cues).toEqual(edit.cues)
    expect(edited(edited(back, { do: 'undo' }), { do: 'undo' })).toEqual(back)
  })

  it('typing on in one caption is one step back; going elsewhere begins another', () => {
    const edit = all(
      { do: 'text', at: 0, text: 'M' },
      { do: 'text', at: 0, text: 'Một' },
      { do: 'text', at: 1, text: 'H' },
      { do: 'text', at: 0, text: 'Một hai' },
    )
    expect(texts(edited(edit, { do: 'undo' })).slice(0, 2)).toEqual(['Một', 'H'])
    expect(edit.past).toHaveLength(3)
  })

  it('what is done after a step back leaves no way forth', () => {
    const edit = all({ do: 'remove', at: 0 }, { do: 'undo' }, { do: 'text', at: 2, text: 'Mới' })
    expect(edited(edit, { do: 'redo' })).toEqual(edit)
  })

  it('the last one removed, nothing is in hand that is not there', () => {
    const edit = [0, 0, 0, 0].reduce<Edit>(
      (now) => edited(now, { do: 'remove', at: now.at }),
      all(),
    )
    expect([edit.cues, edit.at]).toEqual([[], 0])
  })

  it('which caption is on the screen is told by the time', () => {
    expect([0, 1000, 2999, 3000, 6000].map((ms) => cueAt([A, B, C], ms))).toEqual([-1, 0, 0, 1, -1])
  })
})

describe('what was typed is not lost', () => {
  const stored = { revision: 4, cues: [A, B] }
  it.each([
    ['nothing was kept', null, { cues: [A, B], unsaved: false, theirs: null }],
    ['the same was kept', { revision: 2, cues: [A, B], at: 0 }, { cues: [A, B], unsaved: false, theirs: null }],
    ['more was typed since', { revision: 4, cues: [A], at: 0 }, { cues: [A], unsaved: true, theirs: null }],
    ['somebody else saved meanwhile', { revision: 3, cues: [A], at: 0 }, { cues: [A], unsaved: true, theirs: [A, B] }],
  ])('%s', (_name, kept, expected) => {
    expect(openWith(stored, kept)).toEqual(expected)
  }) // prettier-ignore

  it.each([
    ['saved', false, 'dirty'],
    ['dirty', true, 'saved'],
    ['away', true, 'saved'],
    ['refused', true, 'saved'],
    ['saving', true, 'saving'],
    ['conflict', true, 'conflict'],
    ['closed', false, 'closed'],
  ] as const)('%s, and typed on (back at what is saved: %s), it is %s', (now, same, then) => {
    expect(afterTyping(now, same)).toBe(then)
  })

  it('a step back to what is saved leaves the very words that are saved', () => {
    const begun = beginEdit([A, B, C])
    const typed = edited(edited(begun, { do: 'text', at: 0, text: 'Một' }), { do: 'pick', at: 2 })
    expect(edited(typed, { do: 'undo' }).cues).toBe(begun.cues)
  })

  it('what was typed while a colleague accepted goes on its way when they are opened again', () => {
    expect((['closed', 'saved', 'conflict', 'away'] as const).map(afterOpening)).toEqual(['dirty', 'saved', 'conflict', 'away']) // prettier-ignore
  })

  it('two texts are told apart by what only one of them has', () => {
    const other = { ...B, text: 'Bốn mươi bảy tấn' }
    expect(differing([A, B], [A, other, C])).toEqual({ mine: [B], theirs: [other, C] })
  })
})

describe('keys', () => {
  const press = (code: string, more: Partial<Parameters<typeof commandOf>[0]> = {}) =>
    commandOf({ code, alt: false, ctrl: false, shift: false, typing: false, ...more })

  it('a letter alone is an order, and while somebody types it is a letter', () => {
    expect([press('KeyI'), press('KeyI', { typing: true })]).toEqual(['in', null])
    expect(press('KeyI', { typing: true, alt: true })).toBe('in')
    expect([press('Space'), press('Space', { typing: true })]).toEqual(['play', null])
    expect(press('Enter', { typing: true })).toBeNull()
    expect(press('Escape', { typing: true })).toBe('leave')
  })

  it('undo and redo are the ones everybody knows, also while typing', () => {
    const ctrl = { ctrl: true, typing: true }
    expect([press('KeyZ', ctrl), press('KeyZ', { ...ctrl, shift: true }), press('KeyY', ctrl)]).toEqual(['undo', 'redo', 'redo']) // prettier-ignore
  })

  it('other combinations stay the browser’s', () => {
    expect([press('KeyS', { ctrl: true }), press('KeyR', { ctrl: true }), press('KeyI', { alt: true, ctrl: true })]).toEqual([null, null, null]) // prettier-ignore
  })

  it('no two orders share their keys', () => {
    const names = SHORTCUTS.map((one) => `${one.with} ${one.code}`)
    expect(new Set(names).size).toBe(names.length)
  })
})
