import type { Field } from 'payload'

/** What every evented row carries: its revision, and the event that made it, until that is copied out. */
export const eventedFields: Field[] = [
  {
    name: 'revision',
    type: 'number',
    required: true,
    defaultValue: 0,
    index: true,
    admin: { hidden: true },
  },
  {
    name: 'pending',
    type: 'checkbox',
    defaultValue: false,
    index: true,
    admin: { hidden: true },
  },
  {
    name: 'pendingEvent',
    type: 'textarea',
    access: { read: () => false },
    admin: { hidden: true },
  },
]

export const indexedText = (
  name: string,
  more: { unique?: boolean; required?: boolean; label?: { vi: string; en: string } } = {},
): Field => ({
  name,
  type: 'text',
  index: true,
  ...more,
})
