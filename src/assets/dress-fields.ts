import type { Field } from 'payload'

const hidden = { admin: { hidden: true } }

/** What is done to an original on its way out. One revision for all of it, so that two people never write over each other. */
export const dressFields: Field[] = [
  // Redactions of `media/redact.ts` as JSON, and who saved them last.
  { name: 'redactions', type: 'textarea', ...hidden },
  { name: 'redactedBy', type: 'text', ...hidden },
  { name: 'dressRevision', type: 'number', defaultValue: 0, ...hidden },
  // Names all of the above, by `media/dress.ts`: only renditions made with it are this clip's.
  { name: 'dressing', type: 'text', defaultValue: '', ...hidden },
]
