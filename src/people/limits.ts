import type { Endpoint, PayloadRequest, SanitizedConfig } from 'payload'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { record } from '@/audit/record'
import { refuse } from '@/errors'
import { addressOf, placeOf } from './address'
import { personOf } from './person'

const A_MINUTE = 60

/** Ten a second and no more, each: no hand and no open window comes near it, one broken script does. */
const PER_PERSON = 600
/** A room signs in behind one address; nobody else has anything to write. */
const PER_PLACE = 300

/** Reads that cost much: how many a minute. All other reads are free. */
export const LOOKS: Record<string, number> = {
  '/desk/board': PER_PERSON,
  '/desk/story/:id': PER_PERSON,
  '/transcodes': PER_PERSON,
  '/library': PER_PERSON,
  '/library/:id': PER_PERSON,
  '/desk/redactions/:story': PER_PERSON,
  '/captioning/of/:asset': PER_PERSON,
  '/captioning/:id/file': PER_PERSON,
  '/audit/verify': 20,
}

const TOO_MANY = refuse('too-many', {
  vi: 'Quá nhiều yêu cầu trong một phút. Chờ một lát rồi làm tiếp.',
  en: 'Too many requests in a minute. Wait a moment and go on.',
})

type Handler = Endpoint['handler']

const refused = (over: RateLimiterRes): Response =>
  Response.json(
    // Twice: our own pages read the help, Payload's forms the errors.
    { ...TOO_MANY, errors: [{ message: TOO_MANY.help.vi, data: TOO_MANY }] },
    {
      status: 429,
      headers: {
        'Retry-After': String(Math.ceil(over.msBeforeNext / 1000)),
        'Cache-Control': 'no-store',
      },
    },
  )

/** The first in a minute is written down; the rest would only fill the audit. */
const note = async (req: PayloadRequest, over: RateLimiterRes, points: number): Promise<void> => {
  const person = personOf(req.user)
  if (!person || over.consumedPoints !== points + 1) return
  await record({
    payload: req.payload,
    actor: { id: person.id, name: person.name, roles: person.roles.join(' ') },
    action: `api.${(req.method ?? 'get').toLowerCase()}`,
    outcome: 'refused',
    subject: '',
    subjectId: '',
    reason: TOO_MANY.reason,
  })
}

/** Everybody signed in is counted for themselves, so one office behind one address does not share a limit. */
const counting = (points: { person: number; place: number }): ((handler: Handler) => Handler) => {
  const perPerson = new RateLimiterMemory({ points: points.person, duration: A_MINUTE })
  const perPlace = new RateLimiterMemory({ points: points.place, duration: A_MINUTE })
  return (handler) => async (req) => {
    const { user } = req
    const limiter = user ? perPerson : perPlace
    const key = user ? `${user.collection} ${user.id}` : placeOf(addressOf(req.headers))
    try {
      await limiter.consume(key)
    } catch (over) {
      if (!(over instanceof RateLimiterRes)) throw over
      await note(req, over, limiter.points)
      return refused(over)
    }
    return handler(req)
  }
}

type Endpoints = Omit<Endpoint, 'root'>[]

/**
 * Signing in is counted by `guesses.ts`, before any password is worked at. Counted here too, a stranger's requests from
 * an office's address would keep the whole office out, the browsers that it signed in with included.
 */
const isSignIn = (slug: string, endpoint: Endpoints[number]): boolean =>
  slug === 'users' && endpoint.method === 'post' && endpoint.path === '/login'

/** Every door of the API that writes but the sign-in, and the dear ones that read. Asked before a body is read. */
export const withRateLimits = (config: SanitizedConfig): SanitizedConfig => {
  const writes = counting({ person: PER_PERSON, place: PER_PLACE })
  const looks = new Map(
    Object.entries(LOOKS).map(([path, most]) => [path, counting({ person: most, place: most })]),
  )
  const limited = (endpoints: Endpoints, slug = ''): Endpoints =>
    endpoints.map((endpoint) => {
      if (isSignIn(slug, endpoint)) return endpoint
      const limit = endpoint.method === 'get' ? looks.get(endpoint.path) : writes
      return limit ? { ...endpoint, handler: limit(endpoint.handler) } : endpoint
    })
  Object.assign(config, { endpoints: limited(config.endpoints) })
  for (const owner of [...config.collections, ...config.globals])
    if (owner.endpoints) Object.assign(owner, { endpoints: limited(owner.endpoints, owner.slug) })
  return config
}
