import type { Field, SanitizedConfig } from 'payload'

const TIMES = ['updatedAt', 'createdAt', 'at']
const TIME = '/people/ui/cells#TimeCell'
const FLAG = '/people/ui/cells#FlagCell'
const SAVED = '/people/ui/cells#SavedTime'

/**
 * Payload shows every time in the browser's zone and has no setting for another (3.90.1: `timezones` is for date
 * fields with a zone of their own). The newsroom's times are Vietnam's, on whatever machine they are read. Its own
 * cell of a yes or no says "đúng", without saying what is so.
 */
const cellOf = (field: Field): string | null => {
  if (field.type === 'checkbox') return FLAG
  const timed = field.type === 'date' || field.type === 'text'
  return timed && TIMES.includes(field.name) ? TIME : null
}

const withCell = (field: Field): void => {
  const cell = cellOf(field)
  if (!cell || !('name' in field)) return
  const components = { Cell: cell, ...field.admin?.components }
  Object.assign(field, { admin: { ...field.admin, components } })
}

/** Our own cells in Payload's lists, and our own line of when a row was saved. */
export const withHouseCells = (config: SanitizedConfig): SanitizedConfig => {
  for (const { fields, admin, slug } of config.collections) {
    if (slug.startsWith('payload-')) continue
    fields.forEach(withCell)
    const edit = admin.components?.edit
    admin.components = {
      ...admin.components,
      edit: { ...edit, beforeDocumentControls: [SAVED, ...(edit?.beforeDocumentControls ?? [])] },
    }
  }
  return config
}
