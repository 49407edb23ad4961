import type { CollectionConfig } from 'payload'
import { machineRows } from '@/people/access'
import { closed } from '@/records/closed'
import { indexedText } from '@/records/fields'

/**
 * The immutable snapshot that the public site serves. Only `state`, `withdrawnAt` and `settled` change:
 * live → superseded | withdrawn. Before, while its files are copied, it is `staged`: number 0, seen by nobody, its
 * `snapshot` the list of files that have arrived. Of the editions at one path the highest number decides what a reader gets.
 */
export const editions: CollectionConfig = {
  slug: 'editions',
  hooks: closed,
  admin: { hidden: true },
  access: machineRows,
  fields: [
    indexedText('delivery', { unique: true, required: true }),
    indexedText('key', { unique: true, required: true }), // path#number: two processes can't both be number 2
    indexedText('story', { required: true }),
    indexedText('path', { required: true }), // public path without the leading slash
    { name: 'number', type: 'number', required: true },
    indexedText('seal', { required: true }),
    { name: 'digest', type: 'text', required: true }, // SHA-256 of `snapshot`
    { name: 'snapshot', type: 'textarea', required: true }, // JSON: what the page shows
    indexedText('mediaRoot', { unique: true, required: true }), // random public folder of this edition's files
    indexedText('section'),
    indexedText('state', { required: true }),
    indexedText('publishedAt'),
    { name: 'withdrawnAt', type: 'text' },
    // False while work is left: an older edition to replace, files to remove. The sweep looks for it.
    { name: 'settled', type: 'checkbox', defaultValue: false, index: true },
    { name: 'revision', type: 'number', defaultValue: 0, index: true },
  ],
}
