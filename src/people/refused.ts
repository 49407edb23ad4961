import type { AfterErrorHook } from 'payload'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { record } from '@/audit/record'
import { personOf } from './person'

/** One person's refusals are written down up to so many a minute: enough to see who tries, too few to fill the audit. */
const perPerson = new RateLimiterMemory({ points: 30, duration: 60 })

const reasonIn = (error: Error): string => {
  const data: unknown = 'data' in error ? error.data : null
  const reason = typeof data === 'object' && data !== null && 'reason' in data ? data.reason : null
  return typeof reason === 'string' ? reason : error.name
}

/** What Payload itself refuses to somebody who is signed in: a role, a bulk edit, a restored version. */
export const noteRefusal: AfterErrorHook = async ({ error, req, collection }) => {
  const person = personOf(req.user)
  const reason = reasonIn(error)
  if (!person || (reason !== 'Forbidden' && !reason.endsWith('-off'))) return
  const within = await perPerson.consume(person.id).then(
    () => true,
    () => false,
  )
  if (!within) return
  await record({
    payload: req.payload,
    actor: { id: person.id, name: person.name, roles: person.roles.join(' ') },
    action: `api.${(req.method ?? 'get').toLowerCase()}`,
    outcome: 'refused',
    subject: collection?.slug ?? '',
    subjectId: String(req.routeParams?.id ?? ''),
    reason,
  })
}
