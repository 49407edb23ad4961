import { addDataAndFileToRequest, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { redactionsShape } from '@/assets/dress'
import { refuse, type Help, type Refusal } from '@/errors'
import { desk } from '@/people/access'
import { holds, personOf, type Person } from '@/people/person'
import { board } from './board'
import { handsOf, type Given, type Hands, type Problem, type Takes } from './hands'
import { redact, redactionsFor } from './redact'
import { review } from './review'
import { isAction, PSEUDO } from './states'
import { ABSENT, act } from './transition'
import { beat } from './watch'

const FRESH = { 'Cache-Control': 'no-store' }
const STATUS: Record<string, number> = {
  nobody: 401,
  role: 403,
  absent: 404,
  stale: 409,
  'bad-request': 400,
}

const help = (vi: string, en: string): Help => ({ vi, en })
const NOBODY = refuse('nobody', help('Cần đăng nhập.', 'Sign in first.'))
const BAD = refuse('bad-request', help('Yêu cầu không hợp lệ.', 'The request makes no sense.'))
const ROLE = refuse(
  'role',
  help('Vai trò của bạn không làm được việc này.', 'Your role may not do this.'),
)

const yes = (body: object) => Response.json({ ok: true, ...body }, { headers: FRESH })
const no = ({ ok, reason, help: words, detail }: Refusal) =>
  Response.json(
    { ok, reason, help: words, detail },
    { status: STATUS[reason] ?? 422, headers: FRESH },
  )

type Handler = (req: PayloadRequest, person: Person) => Promise<Response>

/** Only people sign in here; a key of a service account is nobody at the desk. */
const forPeople =
  (handler: Handler): Endpoint['handler'] =>
  async (req) => {
    const person = personOf(req.user)
    return person && person.kind === 'person' ? handler(req, person) : no(NOBODY)
  }

const bodyOf = async <T>(req: PayloadRequest, shape: z.ZodType<T>): Promise<T | null> => {
  await addDataAndFileToRequest(req)
  const parsed = shape.safeParse(req.data)
  return parsed.success ? parsed.data : null
}

const id = z.string().min(1).max(64)

const actShape = z.object({
  story: id,
  action: z.string().max(40),
  revision: z.number().int(),
  reason: z.string().max(2000).nullish(),
  channels: z.array(id).max(50).nullish(),
})

const actions =
  (hands: Hands): Handler =>
  async (req, person) => {
    const body = await bodyOf(req, actShape)
    if (!body || !isAction(body.action) || PSEUDO.includes(body.action)) return no(BAD)
    const { story, action, revision } = body
    const asked = {
      story,
      action,
      revision,
      reason: body.reason ?? '',
      channels: body.channels ?? [],
    }
    const done = await act({ payload: req.payload, hands, person, ...asked })
    if (!done.ok) return no(done)
    const { item } = done
    return yes({ state: item.state, revision: item.revision, contentRevision: item.contentRevision ?? 0, seals: done.seals }) // prettier-ignore
  }

const beatShape = z.object({ rendition: id, from: z.number().min(0), to: z.number().min(0) })

const watching: Handler = async (req, person) => {
  if (!holds(person, ...desk)) return no(ROLE)
  const body = await bodyOf(req, beatShape)
  if (!body) return no(BAD)
  const { rendition: digest, from, to } = body
  const counted = await beat({ payload: req.payload, person, digest, from, to })
  return counted.ok ? yes(counted) : no(counted)
}

const oneStory =
  (hands: Hands): Handler =>
  async (req, person) => {
    const story = String(req.routeParams?.id ?? '')
    const view = await review({ payload: req.payload, hands, person, story })
    return view ? yes(view) : no(ABSENT)
  }

const redactShape = z.object({
  story: id,
  asset: id,
  revision: z.number().int().min(0),
  redactions: redactionsShape,
})

const redacting: Handler = async (req, person) => {
  const body = await bodyOf(req, redactShape)
  if (!body) return no(BAD)
  const done = await redact({ payload: req.payload, person, ...body })
  return done.ok ? yes({ revision: done.revision }) : no(done)
}

const covered: Handler = async (req, person) => {
  if (!holds(person, ...desk, 'inspector')) return no(ROLE)
  const story = String(req.routeParams?.story ?? '')
  const view = await redactionsFor({ payload: req.payload, person, story })
  return view ? yes(view) : no(ABSENT)
}

/** What the desk does over HTTP. What channels demand is handed in: this room does not know the publishers. */
export const signoffEndpoints = <A extends Takes>(given: {
  acceptsOf: (platform: string) => A | null
  limitProblems: (accepts: A, work: Given) => Problem[]
}): Endpoint[] => {
  const hands = handsOf(given)
  return [
    { path: '/actions', method: 'post', handler: forPeople(actions(hands)) },
    { path: '/watch', method: 'post', handler: forPeople(watching) },
    { path: '/desk/board', method: 'get', handler: forPeople(async (req, person) => yes(await board(req.payload, person))) }, // prettier-ignore
    { path: '/desk/redactions/:story', method: 'get', handler: forPeople(covered) },
    { path: '/redactions', method: 'post', handler: forPeople(redacting) },
    { path: '/desk/story/:id', method: 'get', handler: forPeople(oneStory(hands)) },
  ]
}
