import { describe, expect, it } from '@jest/globals'
import { stories } from '@/stories/collection'
import { variants } from '@/stories/lists'
import { SEALED_FIELDS, SEALED_VARIANT_FIELDS } from '@/stories/fields-sealed'

/** Fields that hold something; a `ui` field is a screen. */
const namesOf = (collection: { fields: readonly object[] }) =>
  collection.fields.flatMap((field) =>
    'name' in field && !('type' in field && field.type === 'ui') ? [String(field.name)] : [],
  )

/** What no reader meets. Written by hand, so that a new field asks to be judged. */
const INSIDE = ['note', 'political', 'revision', 'author', 'searchText']
const INSIDE_VARIANT = ['key', 'story', 'channel', 'removed', 'revision', 'claimed', 'claimedAt']

describe('the table of fields that a reader can meet', () => {
  it('judges every field of a story', () => {
    const bound = SEALED_FIELDS.map(({ id }) => id)
    // The source shows as its credit line and version, the section as its name and address.
    const shown = bound.filter((id) => !['credit', 'sourceVersion', 'sectionSlug'].includes(id))
    expect([...shown, 'source', ...INSIDE].sort()).toEqual(namesOf(stories).sort())
  })

  it('judges every field of a variant', () => {
    const bound = SEALED_VARIANT_FIELDS.map(({ id }) => id)
    expect([...bound, ...INSIDE_VARIANT].sort()).toEqual(namesOf(variants).sort())
  })
})
