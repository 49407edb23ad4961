import { addDataAndFileToRequest, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { refuse, type Refusal } from '@/errors'
import { desk } from '@/people/access'
import { holds, personOf, type Person } from '@/people/person'
import { handleTranscode, HANDLERS, isVerb, verbsOf } from './handle'
import { REFUSED } from './refusals'
import { listTranscodes } from './transcodes'

const FRESH = { 'Cache-Control': 'no-store' }
const STATUS: Record<string, number> = { nobody: 401, role: 403, absent: 404, state: 409 }

export const no = ({ ok, reason, help }: Refusal) =>
  Response.json({ ok, reason, help }, { status: STATUS[reason] ?? 422, headers: FRESH })
export const ROLE = refuse('role', {
  vi: 'Vai trò của bạn không làm được việc này.',
  en: 'Your role may not do this.',
})
const BAD = refuse('bad-request', {
  vi: 'Yêu cầu không hợp lệ.',
  en: 'The request makes no sense.',
})

export const forPeople =
  (handler: (req: PayloadRequest, person: Person) => Promise<Response>): Endpoint['handler'] =>
  async (req) => {
    const person = personOf(req.user)
    return person && person.kind === 'person' ? handler(req, person) : no(REFUSED.nobody())
  }

const asked = z.object({
  asset: z.string().min(1).max(64),
  reason: z.string().max(2_000).nullish(),
})

const list = async (req: PayloadRequest, person: Person): Promise<Response> => {
  if (!holds(person, ...desk, ...HANDLERS, 'inspector')) return no(ROLE)
  const stories = holds(person, ...desk, 'inspector')
  const transcodes = await listTranscodes(req.payload, { stories })
  return Response.json({ ok: true, transcodes, may: verbsOf(person) }, { headers: FRESH })
}

/** POST /transcodes/stop, /retry, /urgent, /calm: {asset, reason}. */
const handle = async (req: PayloadRequest, person: Person): Promise<Response> => {
  await addDataAndFileToRequest(req)
  const verb = String(req.routeParams?.verb ?? '')
  const parsed = asked.safeParse(req.data)
  if (!parsed.success || !isVerb(verb)) return no(BAD)
  const { asset, reason } = parsed.data
  const done = await handleTranscode({ payload: req.payload, person, asset, verb, reason: reason ?? '' }) // prettier-ignore
  return done.ok ? Response.json(done, { headers: FRESH }) : no(done)
}

export const transcodeEndpoints: Endpoint[] = [
  { path: '/transcodes', method: 'get', handler: forPeople(list) },
  { path: '/transcodes/:verb', method: 'post', handler: forPeople(handle) },
]
