import type { CollectionConfig, PayloadRequest } from 'payload'
import { record } from '@/audit/record'
import { MACHINE, type Actor } from '@/records/event'
import { personOf } from './person'

/** What no audit may show; that it was set is told. */
const SECRETS = ['password', 'apiKey']
const UNTOLD = [...SECRETS, 'id', 'createdAt', 'updatedAt', 'sessions', 'collection', 'apiKeyIndex']
const LONGEST = 200

type Words = Record<string, unknown>

const isWords = (value: unknown): value is Words => typeof value === 'object' && value !== null

/** Secrets that the caller sent: they are gone from the document by the time it is written. */
const sent = new WeakMap<PayloadRequest, string[]>()

const text = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null)

const changes = (before: Words, after: Words): Record<string, string> =>
  Object.fromEntries(
    Object.keys(after)
      .filter((name) => !UNTOLD.includes(name) && text(before[name]) !== text(after[name]))
      .map((name) => [name, `${text(before[name])} → ${text(after[name])}`.slice(0, LONGEST)]),
  )

const actorOf = (req: PayloadRequest): Actor => {
  const person = personOf(req.user)
  return person ? { id: person.id, name: person.name, roles: person.roles.join(' ') } : MACHINE
}

/** Whoever changes who may do what, or a list that stories draw on, leaves a row in the audit: what, and from what. */
export const withNotes = (collection: CollectionConfig): CollectionConfig => ({
  ...collection,
  hooks: {
    ...collection.hooks,
    beforeOperation: [
      ...(collection.hooks?.beforeOperation ?? []),
      ({ args, operation, req }) => {
        const data: unknown = 'data' in args ? args.data : null
        if ((operation === 'create' || operation === 'update') && isWords(data))
          sent.set(
            req,
            SECRETS.filter((name) => Boolean(data[name])),
          )
        return args
      },
    ],
    afterChange: [
      ...(collection.hooks?.afterChange ?? []),
      async ({ doc, previousDoc, operation, req }) => {
        const set = (sent.get(req) ?? []).join(' ')
        await record({
          payload: req.payload,
          actor: actorOf(req),
          action: `${collection.slug}.${operation}`,
          outcome: 'done',
          subject: collection.slug,
          subjectId: String(doc.id),
          detail: { ...changes(previousDoc ?? {}, doc), ...(set ? { secretsSet: set } : {}) },
        })
        return doc
      },
    ],
  },
})
