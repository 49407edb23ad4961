import type { CollectionBeforeChangeHook, CollectionConfig } from 'payload'
import { saveDoor } from './save-door'
import { afterStory, afterStoryError, beforeStory } from './save-story'
import { afterVariantError, beforeVariant } from './save-variant'

/** Every save of a story claims the next revision on its desk item before it writes. */
export const withSaving = (collection: CollectionConfig): CollectionConfig => ({
  ...collection,
  hooks: {
    ...collection.hooks,
    beforeOperation: [saveDoor, ...(collection.hooks?.beforeOperation ?? [])],
    beforeChange: [...(collection.hooks?.beforeChange ?? []), beforeStory],
    afterChange: [afterStory, ...(collection.hooks?.afterChange ?? [])],
    afterError: [afterStoryError, ...(collection.hooks?.afterError ?? [])],
  },
})

/** Every save of a variant is told to the desk item. */
export const withVariantSaving = (collection: CollectionConfig): CollectionConfig => ({
  ...collection,
  hooks: {
    ...collection.hooks,
    beforeOperation: [saveDoor, ...(collection.hooks?.beforeOperation ?? [])],
    beforeChange: [...(collection.hooks?.beforeChange ?? []), beforeVariant],
    afterError: [afterVariantError, ...(collection.hooks?.afterError ?? [])],
  },
})

const VERSIONED = ['name', 'credit', 'domain', 'own', 'inForce']

const versioned: CollectionBeforeChangeHook = ({ data, operation, originalDoc }) => {
  if (operation === 'create') return { ...data, version: 1 }
  const same = VERSIONED.every(
    (name) => data[name] === undefined || data[name] === originalDoc[name],
  )
  return { ...data, version: (originalDoc.version ?? 1) + (same ? 0 : 1) }
}

/** A changed source is a new version of it. */
export const withVersions = (collection: CollectionConfig): CollectionConfig => ({
  ...collection,
  hooks: {
    ...collection.hooks,
    beforeChange: [...(collection.hooks?.beforeChange ?? []), versioned],
  },
})
