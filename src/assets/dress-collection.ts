import type { CollectionConfig, Field } from 'payload'
import { desk, nobody, only } from '@/people/access'
import { closed } from '@/records/closed'
import { eventedFields, indexedText } from '@/records/fields'

const hidden = { admin: { hidden: true } }

/** What is done to an original on its way out. One revision for all of it, so that two people never write over each other. */
export const dressFields: Field[] = [
  // Redactions of `media/redact.ts` as JSON, and who saved them last.
  { name: 'redactions', type: 'textarea', ...hidden },
  { name: 'redactedBy', type: 'text', ...hidden },
  // Lower thirds, captions to burn in, and the house's dress as it was when this clip put it on; JSON.
  { name: 'dress', type: 'textarea', ...hidden },
  { name: 'dressRevision', type: 'number', defaultValue: 0, ...hidden },
  // Names all of the above, by `media/dress.ts`: only renditions made with it are this clip's.
  { name: 'dressing', type: 'text', defaultValue: '', ...hidden },
]

/** What the house wears: one row. Files lie in the store under `dress/`; a clip keeps what it put on. */
export const houseDress: CollectionConfig = {
  slug: 'house-dress',
  hooks: closed,
  admin: { hidden: true },
  access: { create: nobody, update: nobody, delete: nobody, read: only(...desk, 'admin') },
  fields: [
    indexedText('name', { unique: true, required: true }),
    // Logo, corner, opacity, opening and closing by shape, as JSON.
    { name: 'settings', type: 'textarea' },
    ...eventedFields,
  ],
}
