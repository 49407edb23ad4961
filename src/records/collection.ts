import type { CollectionConfig } from 'payload'
import { closed } from './closed'
import { indexedText } from './fields'

const no = () => false

/** What is still to be told to whom. A row is done when its listener finished; Redis only rings the bell. */
export const outbox: CollectionConfig = {
  slug: 'outbox',
  hooks: closed,
  admin: { hidden: true },
  access: { create: no, read: no, update: no, delete: no },
  fields: [
    indexedText('key', { unique: true, required: true }),
    indexedText('job', { required: true }),
    { name: 'payload', type: 'textarea', required: true },
    { name: 'done', type: 'checkbox', defaultValue: false, index: true },
    { name: 'parked', type: 'checkbox', defaultValue: false, index: true },
    { name: 'failures', type: 'number', defaultValue: 0 },
    { name: 'notBefore', type: 'text', index: true },
    { name: 'line', type: 'text' },
  ],
}

/** Leases by name: one holder at a time, until an instant. */
export const leases: CollectionConfig = {
  slug: 'leases',
  hooks: closed,
  admin: { hidden: true },
  access: { create: no, read: no, update: no, delete: no },
  fields: [
    indexedText('name', { unique: true, required: true }),
    { name: 'holder', type: 'text' },
    { name: 'until', type: 'number', defaultValue: 0 },
    { name: 'revision', type: 'number', defaultValue: 0, index: true },
  ],
}
