import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import { randomBytes } from 'node:crypto'
import type { Payload } from 'payload'
import { env } from '@/env'
import { lineOf } from '@/errors'
import { logOf } from '@/log'
import { personOf, type Person } from '@/people/person'
import { findRow, type Row } from '@/records/db'
import type { Actor } from '@/records/event'
import { REFUSED, type TusRefusal } from './refusals'
import { TUS_ID } from './spool'
import { liesHere } from './spool-home'
import { admit } from './tus-admit'
import { markExpired, markReceived } from './uploads'

const log = logOf('assets')
const METHODS = ['POST', 'PATCH', 'HEAD', 'DELETE', 'OPTIONS']

export const actorOf = (person: Person): Actor => ({
  id: person.id,
  name: person.name,
  roles: person.roles.join(' '),
})

/** What tus throws: a status and a body. Ours is JSON, as everywhere in the house. */
const thrown = ({ status, ...refusal }: TusRefusal) => ({
  status_code: status,
  body: JSON.stringify(refusal),
  message: refusal.reason,
})

const rowOf = (payload: Payload, tusId: string) =>
  findRow({ payload, collection: 'uploads', where: { tusId: { equals: tusId } } })

const makeServer = (payload: Payload, askers: WeakMap<Request, Person>): Server => {
  const asker = (request: Request): Person => {
    const person = askers.get(request)
    if (!person) throw thrown(REFUSED.nobody())
    return person
  }
  return new Server({
    path: '/tus',
    // No time limit of its own, which would count from the first byte; the sweep counts from the last one.
    datastore: new FileStore({ directory: env.SPOOL_DIR }),
    // The browser knows best under which name it came here.
    relativeLocation: true,
    allowedOrigins: [],
    disableTerminationForFinishedUploads: true,
    namingFunction: () => randomBytes(16).toString('hex'),
    getFileIdFromRequest: (_request, last) => (last && TUS_ID.test(last) ? last : undefined),
    onIncomingRequest: async (request, tusId) => {
      const person = asker(request)
      if (request.method === 'POST') return
      const row = await rowOf(payload, tusId)
      // Somebody else's is answered as if it were not there.
      if (!row || row.owner !== person.id) throw thrown(REFUSED.absent())
      if (!(await liesHere(row))) throw thrown(REFUSED.elsewhere())
      if (request.method === 'DELETE' && row.state !== 'receiving') throw thrown(REFUSED.absent())
    },
    onUploadCreate: async (request, upload) => {
      const admitted = await admit({ payload, person: asker(request), upload })
      if (!admitted.ok) throw thrown(admitted.refusal)
      return { metadata: admitted.metadata }
    },
    onUploadFinish: async (request, upload) => {
      const row = await rowOf(payload, upload.id)
      if (!row || (await markReceived({ payload, row, actor: actorOf(asker(request)) }))) return {}
      // Given up while its last piece was on its way: whoever hears "arrived" closes the page.
      const after = await rowOf(payload, upload.id)
      if (after?.state === 'expired') throw thrown(REFUSED.expired(env.UPLOAD_KEEP_HOURS))
      return {}
    },
    onResponseError: (_request, error) => {
      // What tus refuses by itself carries a status; the rest is ours to explain in the log.
      if (!('status_code' in error)) log.error({ err: lineOf(error) }, 'an upload failed')
      return undefined
    },
  })
}

type Desk = { server: Server; askers: WeakMap<Request, Person> }
const desks = new WeakMap<Payload, Desk>()
/** One tus server a process: its locks keep two requests from writing one file. */
const deskOf = (payload: Payload): Desk => {
  const known = desks.get(payload)
  if (known) return known
  const askers = new WeakMap<Request, Person>()
  const made = { server: makeServer(payload, askers), askers }
  desks.set(payload, made)
  return made
}

const answer = ({ status, ...refusal }: TusRefusal) =>
  Response.json(refusal, {
    status,
    headers: { 'Cache-Control': 'no-store', 'Tus-Resumable': '1.0.0' },
  })

/**
 * The door of resumable upload. Whoever is signed in (by cookie from our own pages, or by token) and has the role
 * may send; everything else is refused before a byte is read.
 */
export const handleTus = async (payload: Payload, request: Request): Promise<Response> => {
  if (!METHODS.includes(request.method)) return new Response(null, { status: 405 })
  const { server, askers } = deskOf(payload)
  const { user } = await payload.auth({ headers: request.headers })
  const person = personOf(user)
  if (!person) return answer(REFUSED.nobody())
  askers.set(request, person)
  const row = request.method === 'DELETE' ? await rowOf(payload, lastPart(request)) : null
  if (row?.owner === person.id && (await isBeyondTus(row))) return withdraw(payload, row, person)
  const response = await server.handleWeb(request)
  if (response.status >= 400 && request.method !== 'HEAD') return explained(response)
  if (row && response.status === 204) {
    await markExpired({ payload, row, why: 'withdrawn', actor: actorOf(person) })
  }
  response.headers.set('Cache-Control', 'no-store')
  return response
}

/** A whole file that is not judged yet, or one on a machine that may be gone: only its row can be let go of here. */
const isBeyondTus = async (row: Row<'uploads'>): Promise<boolean> =>
  row.state === 'received' || (row.state === 'receiving' && !(await liesHere(row)))

const withdraw = async (payload: Payload, row: Row<'uploads'>, person: Person) => {
  const gone = await markExpired({ payload, row, why: 'withdrawn', actor: actorOf(person) })
  if (!gone) return answer(REFUSED.absent())
  return new Response(null, {
    status: 204,
    headers: { 'Cache-Control': 'no-store', 'Tus-Resumable': '1.0.0' },
  })
}

const lastPart = (request: Request) => new URL(request.url).pathname.split('/').at(-1) ?? ''

const explained = async (response: Response): Promise<Response> => {
  const body = await response.text()
  const headers = new Headers(response.headers)
  headers.set('Cache-Control', 'no-store')
  if (body.startsWith('{')) headers.set('Content-Type', 'application/json')
  return new Response(body, { status: response.status, headers })
}
