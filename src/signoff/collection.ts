import type { CollectionConfig } from 'payload'
import { desk, machineRows, nobody, only, onlyField } from '@/people/access'
import { holds, personOf } from '@/people/person'
import { closed } from '@/records/closed'
import { eventedFields, indexedText } from '@/records/fields'

/** An author follows their own story; what the desk wrote for its channels is the desk's. */
const forDesk = onlyField(...desk, 'inspector')

/** Where a story stands. One a story; changed by `transition` and by the claim of a save, and by nothing else. */
export const deskItems: CollectionConfig = {
  slug: 'desk-items',
  hooks: closed,
  admin: { hidden: true },
  access: {
    create: nobody,
    update: nobody,
    delete: nobody,
    read: ({ req }) => {
      const person = personOf(req.user)
      if (holds(person, ...desk, 'inspector')) return true
      return person && person.kind === 'person' ? { author: { equals: person.id } } : false
    },
  },
  fields: [
    indexedText('story', { unique: true, required: true }),
    indexedText('state', { required: true }),
    // The revision of the story's words that was claimed last, and when.
    { name: 'contentRevision', type: 'number', defaultValue: 0, index: true },
    { name: 'claimedAt', type: 'number', defaultValue: 0 },
    indexedText('author'),
    indexedText('editor'), // who took it up for review
    indexedText('clearer'),
    { name: 'clearedAt', type: 'text' },
    { name: 'clearedRevision', type: 'number', defaultValue: 0 },
    // What was cleared, as JSON of the sealed fields: the head sees what changed since.
    { name: 'clearedSnapshot', type: 'textarea', access: { read: forDesk } },
    { name: 'lastEditor', type: 'text' },
    indexedText('seconder'), // the second pair of eyes on a political story
    { name: 'signedAt', type: 'text' },
    // Which seals hold, JSON of channel → seal id. This one column is the truth: it changes with the state, in one write.
    { name: 'sealed', type: 'textarea', access: { read: forDesk } },
    { name: 'reason', type: 'text' },
    indexedText('stateAt'),
    ...eventedFields,
  ],
}

/** The record that a sign-off leaves, one a channel. Written once; only `voidedAt` and `voidReason` are set later, once. */
export const seals: CollectionConfig = {
  slug: 'seals',
  hooks: closed,
  admin: { hidden: true },
  access: machineRows,
  fields: [
    indexedText('key', { unique: true, required: true }), // story:channel:desk revision:attempt
    indexedText('story', { required: true }),
    indexedText('channel', { required: true }),
    { name: 'contentRevision', type: 'number', required: true },
    indexedText('signer', { required: true }),
    { name: 'signerName', type: 'text' },
    { name: 'capacity', type: 'text' }, // head, or KT./TL./TUQ. under a delegation
    { name: 'shift', type: 'text' },
    { name: 'factor', type: 'text' }, // how the signer proved who they are
    { name: 'signedAt', type: 'text', required: true },
    indexedText('digest', { required: true }), // SHA-256 of the manifest
    { name: 'manifest', type: 'textarea', required: true }, // each bound field and file with its hash, JSON, keys sorted
    { name: 'snapshot', type: 'textarea', required: true, access: { read: () => false } }, // the bound values themselves, JSON: what goes out
    indexedText('voidedAt'),
    { name: 'voidReason', type: 'text' },
  ],
}

/** What a person really watched of a rendition, by server-timed heartbeats. */
export const watches: CollectionConfig = {
  slug: 'watches',
  hooks: closed,
  admin: { hidden: true },
  access: {
    create: nobody,
    update: nobody,
    delete: nobody,
    read: only('head', 'deputy', 'inspector'),
  },
  fields: [
    indexedText('key', { unique: true, required: true }), // person:rendition digest
    indexedText('person', { required: true }),
    indexedText('rendition', { required: true }), // digest
    { name: 'spans', type: 'textarea' }, // [[from, to]] in seconds, merged, JSON
    { name: 'lastBeatAt', type: 'number', defaultValue: 0 },
    { name: 'lastPosition', type: 'number', defaultValue: 0 },
    { name: 'revision', type: 'number', defaultValue: 0, index: true },
  ],
}
