import type { Field } from 'payload'

/** What every evented row carries: its revision, and the event that made it, until that is copied out. */
export const eventedFields: Field[] = [
  { name: 'revision', type: 'number', required: true, defaultValue: 0, index: true },
  { name: 'pending', type: 'checkbox', defaultValue: false, index: true },
  { name: 'pendingEvent', type: 'textarea', access: { read: () => false } },
]

export const indexedText = (
  name: string,
  more: { unique?: boolean; required?: boolean } = {},
): Field => ({
  name,
  type: 'text',
  index: true,
  ...more,
})
