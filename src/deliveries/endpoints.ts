import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import type { Outcome, Refusal } from '@/errors'
import { holds, personOf } from '@/people/person'
import type { Asking } from './act'
import { cancel } from './cancel'
import type { Channel } from './accounts'
import { connectChannel, updateChannel } from './channels'
import { hold } from './hold'
import { listDeliveries } from './listing'
import { move } from './move'
import { plan } from './plan'
import type { Connecting } from './publishers'
import { no, statusOf } from './refusals'
import { release } from './release'
import { resolve } from './resolve'
import { READERS } from './states'
import { takedown, takedownStory } from './takedown'

const settingsShape = z.record(z.string().max(60), z.string().max(2_000))
const body = z.object({
  story: z.string().max(100).optional(),
  channel: z.string().max(100).optional(),
  dueAt: z.string().max(40).optional(),
  revision: z.number().int().min(0).optional(),
  reason: z.string().max(2_000).optional(),
  outcome: z.string().max(20).optional(),
  url: z.string().max(2_000).optional(),
  held: z.boolean().optional(),
  name: z.string().min(1).max(120).optional(),
  platform: z.string().max(40).optional(),
  settings: settingsShape.optional(),
  token: z.string().max(10_000).optional(),
  insurance: z.boolean().optional(),
  active: z.boolean().optional(),
})

type Body = z.infer<typeof body>
type Answer = Record<string, unknown>

const answer = (outcome: Outcome<Answer>): Response =>
  Response.json(outcome, {
    status: outcome.ok ? 200 : statusOf(outcome),
    headers: { 'cache-control': 'no-store' },
  })

const read = async (req: PayloadRequest): Promise<Body | null> => {
  try {
    const parsed = body.safeParse(await req.json?.())
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

const askingOf = (req: PayloadRequest): Asking => ({
  payload: req.payload,
  person: personOf(req.user as Parameters<typeof personOf>[0]), // either auth collection
})

const idOf = (req: PayloadRequest): string => {
  const id = req.routeParams?.id
  return typeof id === 'string' ? id : ''
}

/** Who may come in at all is asked before the body is looked at, so that a stranger learns nothing. */
const post = (
  path: string,
  run: (asking: Asking, given: Body, id: string) => Promise<Outcome<Answer>>,
): Endpoint => ({
  path,
  method: 'post',
  handler: async (req) => {
    const asking = askingOf(req)
    if (!asking.person) return answer(no('nobody'))
    const given = await read(req)
    return answer(given ? await run(asking, given, idOf(req)) : no('bad-request'))
  },
})

const withRevision = (given: Body, run: (revision: number) => Promise<Outcome<Answer>>) =>
  given.revision === undefined ? Promise.resolve(no('bad-request')) : run(given.revision)

/** A channel without its secrets. */
const shown = (outcome: Outcome<{ channel: Channel }>): Outcome<Answer> => {
  if (!outcome.ok) return outcome
  const { id, name, platform, active, held, insurance, account, revision } = outcome.channel
  return { ok: true, channel: { id, name, platform, active, held, insurance, account, revision } }
}

/** A delivery without what the machine keeps to itself. */
const brief = (
  outcome: Outcome<{ delivery: { id: string; state: string; dueAt: string; revision: number } }>,
): Outcome<Answer> => {
  if (!outcome.ok) return outcome
  const { id, state, dueAt, revision } = outcome.delivery
  return { ok: true, delivery: { id, state, dueAt, revision } }
}

const list: Endpoint = {
  path: '/desk/deliveries',
  method: 'get',
  handler: async (req) => {
    const { person, payload } = askingOf(req)
    const refusal: Refusal | null = !person
      ? no('nobody')
      : holds(person, ...READERS)
        ? null
        : no('role')
    if (refusal) return answer(refusal)
    const story = new URL(req.url ?? '', 'http://localhost').searchParams.get('story') ?? undefined
    return answer({ ok: true, ...(await listDeliveries({ payload, story })) })
  },
}

const onDelivery = (): Endpoint[] => [
  post('/delivery/:id/move', (asking, given, delivery) =>
    withRevision(given, async (revision) =>
      brief(await move({ ...asking, delivery, revision, dueAt: given.dueAt })),
    ),
  ),
  post('/delivery/:id/cancel', (asking, given, delivery) =>
    withRevision(given, async (revision) => brief(await cancel({ ...asking, delivery, revision }))),
  ),
  post('/delivery/:id/release', (asking, given, delivery) =>
    withRevision(given, async (revision) =>
      brief(await release({ ...asking, delivery, revision })),
    ),
  ),
  post('/delivery/:id/takedown', (asking, given, delivery) =>
    withRevision(given, async (revision) =>
      brief(await takedown({ ...asking, delivery, revision, reason: given.reason })),
    ),
  ),
  post('/delivery/:id/resolve', (asking, given, delivery) =>
    withRevision(given, async (revision) =>
      brief(
        await resolve({ ...asking, delivery, revision, outcome: given.outcome, url: given.url }),
      ),
    ),
  ),
]

const onChannel = (connecting: Connecting): Endpoint[] => [
  post('/channel', async (asking, wish) =>
    shown(await connectChannel({ ...asking, connecting, wish })),
  ),
  post('/channel/:id', (asking, wish, channel) =>
    withRevision(wish, async (revision) =>
      shown(await updateChannel({ ...asking, connecting, wish, channel, revision })),
    ),
  ),
]

/** The doors of this room. Nothing here sends: people change rows, the worker carries them out. */
export const deliveryEndpoints = (connecting: Connecting): Endpoint[] => [
  list,
  post('/plan', async (asking, given) =>
    given.story && given.channel
      ? brief(
          await plan({ ...asking, story: given.story, channel: given.channel, dueAt: given.dueAt }),
        )
      : no('bad-request'),
  ),
  ...onDelivery(),
  post('/takedown', async (asking, given) =>
    given.story
      ? takedownStory({ ...asking, story: given.story, reason: given.reason })
      : no('bad-request'),
  ),
  post('/hold', (asking, given) => hold({ ...asking, held: given.held, reason: given.reason })),
  ...onChannel(connecting),
]
