import { describe, expect, it } from '@jest/globals'
import {
  before,
  edited,
  NOTHING_TYPED,
  settled,
  shown,
  theirsIn,
  unsavedIn,
  type Draft,
  type Notes,
} from '@/library/ui/notes-draft'

const SAVED: Notes = {
  ...{ title: 'Cầu sông Lô', people: '', place: 'Tuyên Quang', takenOn: '', credit: '' },
  ...{ basis: 'agency', holder: 'Đài bạn', leaseFrom: '', leaseTo: '2027-06-30', territory: '' },
}
/** A colleague shortened the lease meanwhile, and named somebody. */
const SHORTENED: Notes = { ...SAVED, leaseTo: '2026-11-25', people: 'Ông Hai' }

const typed = (words: Partial<Notes>, saved = SAVED): Draft =>
  Object.entries(words).reduce<Draft>(
    (draft, [name, word]) => edited(draft, saved, name as keyof Notes, word),
    NOTHING_TYPED,
  )

describe('Ghi chú đang gõ dở', () => {
  it('sends only what was typed or emptied, and no colleague’s lease is put back', () => {
    const words = { title: 'Cầu mới sông Lô', place: '' }
    const draft = typed(words)
    expect(unsavedIn(draft, SHORTENED)).toEqual(words)
    expect(shown(draft, SHORTENED)).toEqual({ ...SHORTENED, ...words })
    expect(theirsIn(draft, SHORTENED)).toEqual({})
  })

  it('shows what a colleague saved in the very field, as soon as it is opened again', () => {
    const draft = typed({ leaseTo: '2027-12-31', title: 'Cầu mới' })
    expect(theirsIn(draft, SAVED)).toEqual({})
    expect(theirsIn(draft, SHORTENED)).toEqual({ leaseTo: '2026-11-25' })
    expect(theirsIn(draft, { ...SAVED, leaseTo: '' })).toEqual({ leaseTo: '' })
    expect(shown(draft, SHORTENED).leaseTo).toBe('2027-12-31')
    const further = edited(draft, SHORTENED, 'leaseTo', '2028-01-31')
    expect(theirsIn(further, SHORTENED)).toEqual({ leaseTo: '2026-11-25' })
  })

  it('is no change when the old word is typed back, or a colleague saved the same', () => {
    expect(edited(typed({ title: 'Cầu' }), SAVED, 'title', SAVED.title).size).toBe(0)
    const same = typed({ leaseTo: '2026-11-25' })
    expect([unsavedIn(same, SHORTENED), theirsIn(same, SHORTENED)]).toEqual([{}, {}])
  })

  it('keeps what was typed while a save was under way, over what was sent', () => {
    const sent = { title: 'Cầu mới', place: 'Hà Giang' }
    const meanwhile = edited(typed(sent), SAVED, 'title', 'Cầu mới sông Lô')
    const after = settled(meanwhile, sent)
    expect([...after.keys()]).toEqual(['title'])
    const now = { ...SAVED, ...sent }
    expect(unsavedIn(after, now)).toEqual({ title: 'Cầu mới sông Lô' })
    expect(theirsIn(after, now)).toEqual({})
  })

  it('undoes the fields that were saved and touches no other', () => {
    expect(before({ title: 'Cầu mới', people: 'Bà Ba' }, SAVED)).toEqual({ title: 'Cầu sông Lô', people: '' }) // prettier-ignore
  })
})
