import type { CollectionConfig } from 'payload'
import { desk, nobody, only } from '@/people/access'
import { closed } from '@/records/closed'
import { eventedFields, indexedText } from '@/records/fields'

/**
 * What people say of an original: who and what is seen, whose it is, and how long it may be used. A row beside the
 * asset's: a beat a second and every rendition change that one, and no hand would ever get its revision in between.
 * An asset that nobody described has no row.
 */
export const assetNotes: CollectionConfig = {
  slug: 'asset-notes',
  hooks: closed,
  admin: { hidden: true },
  access: { create: nobody, update: nobody, delete: nobody, read: only(...desk, 'inspector') },
  disableDuplicate: true,
  disableBulkEdit: true,
  fields: [
    indexedText('asset', { unique: true, required: true }),
    { name: 'title', type: 'text' },
    { name: 'people', type: 'text' },
    { name: 'place', type: 'text' },
    // Days as YYYY-MM-DD in the newsroom's zone: a day has no hour, and sorts as text.
    indexedText('takenOn'),
    { name: 'credit', type: 'text' },
    // A word of `rights.ts`; empty while nobody said.
    { name: 'basis', type: 'text' },
    { name: 'holder', type: 'text' },
    indexedText('leaseFrom'),
    indexedText('leaseTo'),
    { name: 'territory', type: 'text' },
    ...eventedFields,
  ],
}
