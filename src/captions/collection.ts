import type { CollectionConfig } from 'payload'
import { desk, nobody, only } from '@/people/access'
import { closed } from '@/records/closed'
import { eventedFields, indexedText } from '@/records/fields'

const hidden = { access: { read: () => false }, admin: { hidden: true } }

/** The captions of one asset in one language. What stands here as accepted is what readers get; a draft never is. */
export const captions: CollectionConfig = {
  slug: 'captions',
  hooks: closed,
  admin: { hidden: true },
  access: { create: nobody, update: nobody, delete: nobody, read: only(...desk, 'inspector') },
  disableDuplicate: true,
  disableBulkEdit: true,
  fields: [
    indexedText('key', { unique: true, required: true }), // asset:language
    indexedText('asset', { required: true }),
    indexedText('language', { required: true }),
    // draft ↔ accepted
    indexedText('state', { required: true }),
    // person | machine: who wrote the first words. A person's corrections do not make a machine's work a person's.
    { name: 'origin', type: 'text' },
    { name: 'model', type: 'text' },
    // [{start, end, text}] in milliseconds, as JSON
    { name: 'cues', type: 'textarea' },
    { name: 'count', type: 'number', defaultValue: 0 },
    { name: 'editedBy', type: 'text' },
    { name: 'editedByName', type: 'text' },
    { name: 'editedAt', type: 'text' },
    { name: 'acceptedBy', type: 'text' },
    { name: 'acceptedByName', type: 'text' },
    { name: 'acceptedAt', type: 'text' },
    // SHA-256 over the accepted cues, language and origin: it names what the files must be made of
    { name: 'digest', type: 'text' },
    // '' | asked | failed: whether the machine was asked to write them
    indexedText('hearing'),
    { name: 'hearingId', type: 'text', ...hidden },
    { name: 'hearingTries', type: 'number', defaultValue: 0, ...hidden },
    { name: 'hearingHelp', type: 'textarea' },
    { name: 'leaseBy', type: 'text', ...hidden },
    { name: 'leaseUntil', type: 'number', defaultValue: 0, ...hidden },
    // What the machine heard when somebody had begun to write meanwhile: kept beside, as JSON of cues
    { name: 'heard', type: 'textarea' },
    ...eventedFields,
  ],
}
