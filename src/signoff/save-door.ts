import type { CollectionBeforeOperationHook, PayloadRequest } from 'payload'
import { SAVE, thrown } from './save-refusals'

/**
 * What the caller itself sent. In later hooks `data` already holds the stored value of what was left out, so a save
 * without a revision would pass as if it knew the current one (seen on 3.90.1). Keyed by the request: it can not come
 * over any API.
 */
const sent = new WeakMap<PayloadRequest, { id: string; revision: number }>()

export const takeSent = (req: PayloadRequest, id: string): number => {
  const found = sent.get(req)
  sent.delete(req)
  if (!found || found.id !== id) throw thrown(SAVE.revisionMissing)
  return found.revision
}

type Loose = Record<string, unknown>

const isRecord = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Nobody names these: the machine does, or the house has no use for them. */
const MACHINE = [
  'id',
  '_id',
  'author',
  'slug',
  'searchText',
  'key',
  'claimed',
  'claimedAt',
  'createdAt',
  'updatedAt',
  'deletedAt',
  '_status',
]

const without = (data: unknown, names: readonly string[]): Loose =>
  isRecord(data)
    ? Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)))
    : {}

/** Payload's own flags for drafts and locales: the house has neither, and one of them skips validation. */
const plainly = <T extends object>(args: T, data: Loose): T =>
  Object.assign(args, {
    data,
    draft: false,
    autosave: false,
    publishAllLocales: undefined,
    unpublishAllLocales: undefined,
    publishSpecificLocale: undefined,
  })

const idIn = (args: Loose): string | null =>
  typeof args.id === 'string' || typeof args.id === 'number' ? String(args.id) : null

/** The door of every save over any API, the Local API included: one document, with the revision it started from. */
export const saveDoor: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  const given: Loose = { ...args }
  switch (operation) {
    case 'restoreVersion':
      throw thrown(SAVE.restoreOff)
    case 'delete':
      throw thrown(SAVE.deleteOff)
    case 'create': {
      if (given.duplicateFromID !== undefined) throw thrown(SAVE.duplicateOff)
      return plainly(args, without(given.data, [...MACHINE, 'revision']))
    }
    case 'update': {
      const id = idIn(given)
      if (!id) throw thrown(SAVE.bulkOff)
      const revision = isRecord(given.data) ? given.data.revision : undefined
      if (typeof revision !== 'number' || !Number.isInteger(revision))
        throw thrown(SAVE.revisionMissing)
      sent.set(req, { id, revision })
      return plainly(args, without(given.data, MACHINE))
    }
    default:
      return args
  }
}
