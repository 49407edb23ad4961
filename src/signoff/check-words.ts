import { ValidationError, type PayloadRequest, type SanitizedCollectionConfig } from 'payload'

type Words = Record<string, unknown>
type Judged = { name: string; type: string; validate: (value: unknown, options: object) => unknown }

const isJudged = (field: object): field is Judged =>
  'name' in field && 'validate' in field && typeof field.validate === 'function'

/**
 * Payload judges the fields only after the hooks of a collection: a claim made there for words that are then refused
 * would take a signed story back for nothing (found by the guard). So they are judged here first, by the same rules.
 */
export const checkWords = async (args: {
  collection: Pick<SanitizedCollectionConfig, 'fields' | 'slug'>
  data: Words
  before: Words
  req: PayloadRequest
}): Promise<void> => {
  const { collection, data, before, req } = args
  const whole = { ...before, ...data }
  const errors: { message: string; path: string }[] = []
  const fields: readonly object[] = collection.fields
  for (const field of fields.filter(isJudged)) {
    const value = whole[field.name]
    // Every field of ours is a scalar; a list or an object would pass some rules and break in the database.
    if (typeof value === 'object' && value !== null)
      errors.push({ message: 'invalid', path: field.name })
    const verdict = await field.validate(value, {
      ...field,
      id: before.id,
      blockData: undefined,
      collectionSlug: collection.slug,
      data: whole,
      event: 'submit',
      operation: 'update',
      overrideAccess: true,
      path: [field.name],
      preferences: { fields: {} },
      previousValue: before[field.name],
      req,
      siblingData: whole,
    })
    if (verdict !== true) errors.push({ message: String(verdict), path: field.name })
  }
  if (errors.length > 0)
    throw new ValidationError({ collection: collection.slug, errors, req }, req.t)
}
