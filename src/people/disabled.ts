import type { CollectionConfig, Where } from 'payload'

type Hooks = NonNullable<CollectionConfig['hooks']>

/**
 * Payload asks a token for its session and never whether the account is still in use, and its own doors (preferences,
 * `me`) ask nobody else. A disabled person is read without sessions: whatever they still hold is nobody's, at once.
 * Disabling also deletes them, and so does enabling, whatever came between: no old token comes back.
 */
export const withoutDisabled = (collection: CollectionConfig): CollectionConfig => ({
  ...collection,
  hooks: {
    ...collection.hooks,
    beforeChange: [
      ...(collection.hooks?.beforeChange ?? []),
      ({ data, originalDoc }) =>
        data.active === false || originalDoc?.active === false ? { ...data, sessions: [] } : data,
    ],
    afterRead: [
      ...(collection.hooks?.afterRead ?? []),
      ({ doc }) => (doc.active === false ? { ...doc, sessions: [] } : doc),
    ],
  },
})

const asksForKey = (where: Where): boolean => JSON.stringify(where).includes('"apiKeyIndex"')

const onlyLiveKeys: NonNullable<Hooks['beforeOperation']>[number] = ({ args, operation }) => {
  if (operation !== 'read' || !('where' in args) || !args.where || !asksForKey(args.where))
    return args
  return { ...args, where: { and: [args.where, { active: { not_equals: false } }] } }
}

/** The same for keys: Payload finds an account by its key alone, so a disabled one is not found by it. */
export const withoutDisabledKeys = (collection: CollectionConfig): CollectionConfig => ({
  ...collection,
  hooks: {
    ...collection.hooks,
    beforeOperation: [...(collection.hooks?.beforeOperation ?? []), onlyLiveKeys],
  },
})
