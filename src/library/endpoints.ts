import { addDataAndFileToRequest, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { dayOf, RIGHTS } from '@/assets/rights'
import { now } from '@/clock'
import type { Refusal } from '@/errors'
import { personOf, type Person } from '@/people/person'
import { findFor, mayLook, maySee, seesAll } from './access'
import { cardsOf } from './cards'
import { describe } from './describe'
import { detailOf } from './detail'
import { pageOf } from './find'
import { libraryOf } from './keep'
import { noteShape } from './note-fields'
import { no, statusOf } from './refusals'

const FRESH = { 'Cache-Control': 'no-store' }
const yes = (body: object) => Response.json({ ok: true, ...body }, { headers: FRESH })
const refused = (refusal: Refusal) =>
  Response.json(refusal, { status: statusOf(refusal), headers: FRESH })

type Handler = (req: PayloadRequest, person: Person) => Promise<Response>

/** Only people who may look into the library at all; a key of a service account is nobody here. */
const forPeople =
  (handler: Handler): Endpoint['handler'] =>
  async (req) => {
    const person = personOf(req.user)
    if (!person || person.kind !== 'person') return refused(no('nobody'))
    return mayLook(person) ? handler(req, person) : refused(no('role'))
  }

const word = (most: number) => z.string().max(most).default('')
const day = z.union([z.literal(''), z.iso.date()]).default('')

const queryShape = z.object({
  q: word(200),
  person: word(100),
  place: word(100),
  kind: z.enum(['', 'video', 'audio', 'image']).default(''),
  section: word(64),
  rights: z.enum(['', ...RIGHTS]).default(''),
  from: day,
  to: day,
  cursor: word(80),
  limit: z.coerce.number().int().min(1).max(60).default(24),
})

const search: Handler = async (req, person) => {
  const asked = queryShape.safeParse(Object.fromEntries(req.searchParams))
  if (!asked.success) return refused(no('bad-request'))
  const { q, cursor, limit, ...filters } = asked.data
  const { payload } = req
  const today = dayOf(now())
  const library = await libraryOf(payload)
  const { found, entries } = await findFor(library, person, { text: q, ...filters }, today)
  const page = pageOf(found.ids, cursor, limit)
  const all = seesAll(person)
  const items = await cardsOf({ payload, ids: page.ids, entries, today, all })
  return yes({ items, next: page.next, total: found.ids.length, near: found.near })
}

const idIn = (req: PayloadRequest): string => String(req.routeParams?.id ?? '')

const one: Handler = async (req, person) => {
  const { payload } = req
  const asset = idIn(req)
  const known = await libraryOf(payload)
  // Linked to from elsewhere a moment after it came: asked for once more before it is said to be absent.
  const library = known.shelf.assets.has(asset) ? known : await libraryOf(payload, true)
  if (!maySee(library, person, asset)) return refused(no('absent'))
  const detail = await detailOf({ payload, library, person, asset, today: dayOf(now()) })
  return detail ? yes({ detail }) : refused(no('absent'))
}

const notes: Handler = async (req, person) => {
  await addDataAndFileToRequest(req)
  const body = noteShape.safeParse(req.data)
  if (!body.success) return refused(no('bad-request'))
  const { revision, ...said } = body.data
  const { payload } = req
  const done = await describe({ payload, person, asset: idIn(req), revision, said })
  if (!done.ok) return refused(done)
  await libraryOf(payload, true)
  return yes({ revision: done.revision })
}

export const libraryEndpoints: Endpoint[] = [
  { path: '/library', method: 'get', handler: forPeople(search) },
  { path: '/library/:id', method: 'get', handler: forPeople(one) },
  { path: '/library/:id/notes', method: 'post', handler: forPeople(notes) },
]
