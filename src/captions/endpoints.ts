import { addDataAndFileToRequest, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { record } from '@/audit/record'
import { env } from '@/env'
import type { Refusal } from '@/errors'
import { toSrt, toVtt } from '@/media/captions'
import { isCaptionLanguage } from '@/media/caption-languages'
import { readCaptions } from '@/media/captions-parse'
import { desk } from '@/people/access'
import { holds, personOf, type Person } from '@/people/person'
import { rowById } from '@/records/db'
import { acceptCaptions, reopenCaptions, type BeforeReaders } from './accept'
import { askMachine } from './ask'
import { captioning } from './captioning'
import { NO, STATUS } from './refusals'
import { actorOf, captionsView, cuesFrom, cuesOf, type CaptionRow } from './rows'
import { saveCaptions, settleHeard } from './save'

const FRESH = { 'Cache-Control': 'no-store' }

const yes = (body: object) => Response.json({ ok: true, ...body }, { headers: FRESH })
const no = ({ ok, reason, help, detail }: Refusal) =>
  Response.json({ ok, reason, help, detail }, { status: STATUS[reason] ?? 422, headers: FRESH })

const id = z.string().min(1).max(64)

type Handler = (req: PayloadRequest, person: Person) => Promise<Response | Refusal>

const about = z.object({ id, asset: id, language: z.string().max(8) }).partial()

/** What was asked and not done stands in the audit too, as far as it can be told what it was about. */
const noted = async (
  { req, person, action }: { req: PayloadRequest; person: Person; action: string },
  refusal: Refusal,
): Promise<void> => {
  const { id: row, asset, language: of } = about.safeParse(req.data).data ?? {}
  await record({
    payload: req.payload,
    actor: actorOf(person),
    action,
    outcome: 'refused',
    subject: row ? 'captions' : 'assets',
    subjectId: row ?? asset ?? '',
    reason: refusal.reason,
    detail: { language: of ?? null },
  })
}

/** Only people sign in here, and only the desk: a key of a service account is nobody. What changes has an `action`. */
const forDesk =
  (handler: Handler, action = ''): Endpoint['handler'] =>
  async (req) => {
    const person = personOf(req.user)
    if (!person || person.kind !== 'person') return no(NO.nobody)
    const mayCome = holds(person, ...desk, 'inspector')
    const answer = mayCome ? await handler(req, person) : NO.role
    if (!('reason' in answer)) return answer
    if (action) await noted({ req, person, action }, answer)
    return no(answer)
  }

const bodyOf = async <T>(req: PayloadRequest, shape: z.ZodType<T>): Promise<T | null> => {
  await addDataAndFileToRequest(req)
  const parsed = shape.safeParse(req.data)
  return parsed.success ? parsed.data : null
}

const language = z.string().refine(isCaptionLanguage)
const revision = z.number().int().min(-1)
const place = { asset: id, language, revision }

const saved = ({ row }: { row: CaptionRow }) => yes({ captions: captionsView(row) })

const save: Handler = async (req, person) => {
  const body = await bodyOf(req, z.object({ ...place, cues: z.unknown() }))
  const cues = cuesFrom(body?.cues)
  if (!body || !cues) return NO.bad
  const done = await saveCaptions({ payload: req.payload, person, ...body, cues })
  return done.ok ? saved(done) : done
}

/** A file, as base64: its letters may be in any table, and JSON would have guessed one already. */
const takeFile: Handler = async (req, person) => {
  const body = await bodyOf(req, z.object({ ...place, file: z.base64() }))
  if (!body) return NO.bad
  const read = readCaptions(Buffer.from(body.file, 'base64'))
  if (!read.ok) return read
  const { cues, format } = read
  const { asset, language: of, revision: from } = body
  const done = await saveCaptions({ payload: req.payload, person, asset, language: of, revision: from, cues, origin: 'person' }) // prettier-ignore
  return done.ok ? yes({ captions: captionsView(done.row), cues, format }) : done
}

const FORMATS = {
  vtt: { mime: 'text/vtt; charset=utf-8', write: toVtt },
  srt: { mime: 'application/x-subrip; charset=utf-8', write: toSrt },
} as const

const giveFile: Handler = async (req) => {
  const row = await rowById(req.payload, 'captions', String(req.routeParams?.id ?? ''))
  const format = req.searchParams.get('format')
  if (!row) return NO.absent
  if (format !== 'vtt' && format !== 'srt') return NO.bad
  const { mime, write } = FORMATS[format]
  const headers = {
    ...FRESH,
    'Content-Type': mime,
    'Content-Disposition': `attachment; filename="phu-de-${row.language}.${format}"`,
    'X-Content-Type-Options': 'nosniff',
  }
  return new Response(write(cuesOf(row)), { headers })
}

const moving =
  (move: typeof acceptCaptions, beforeReaders: BeforeReaders): Handler =>
  async (req, person) => {
    const body = await bodyOf(req, z.object({ id, revision }))
    if (!body) return NO.bad
    const done = await move({ payload: req.payload, person, ...body, beforeReaders })
    return done.ok ? saved(done) : done
  }

const transcribe: Handler = async (req, person) => {
  const body = await bodyOf(req, z.object({ asset: id, language }))
  if (!body) return NO.bad
  const machine = env.TRANSCRIBE_URL !== undefined
  const done = await askMachine({ payload: req.payload, person, ...body, machine })
  return done.ok ? saved(done) : done
}

const heard: Handler = async (req, person) => {
  const body = await bodyOf(req, z.object({ id, revision, take: z.boolean() }))
  if (!body) return NO.bad
  const done = await settleHeard({ payload: req.payload, person, ...body })
  return done.ok ? yes({ captions: captionsView(done.row), cues: cuesOf(done.row) }) : done
}

const all: Handler = async (req, person) => {
  const asset = String(req.routeParams?.asset ?? '')
  const view = await captioning({ payload: req.payload, person, asset })
  return view ? yes(view) : NO.absent
}

/** What the desk does with captions over HTTP. */
export const captionEndpoints = (hands: { beforeReaders: BeforeReaders }): Endpoint[] => [
  { path: '/captioning/of/:asset', method: 'get', handler: forDesk(all) },
  { path: '/captioning/:id/file', method: 'get', handler: forDesk(giveFile) },
  { path: '/captioning/save', method: 'post', handler: forDesk(save, 'captions.save') },
  { path: '/captioning/import', method: 'post', handler: forDesk(takeFile, 'captions.import') },
  { path: '/captioning/transcribe', method: 'post', handler: forDesk(transcribe, 'captions.ask') },
  { path: '/captioning/heard', method: 'post', handler: forDesk(heard, 'captions.take-heard') },
  { path: '/captioning/accept', method: 'post', handler: forDesk(moving(acceptCaptions, hands.beforeReaders), 'captions.accept') }, // prettier-ignore
  { path: '/captioning/reopen', method: 'post', handler: forDesk(moving(reopenCaptions, hands.beforeReaders), 'captions.reopen') }, // prettier-ignore
]
