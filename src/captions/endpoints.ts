import { addDataAndFileToRequest, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
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
import { captionsView, cuesFrom, cuesOf, type CaptionRow } from './rows'
import { saveCaptions, settleHeard } from './save'

const FRESH = { 'Cache-Control': 'no-store' }

const yes = (body: object) => Response.json({ ok: true, ...body }, { headers: FRESH })
const no = ({ ok, reason, help, detail }: Refusal) =>
  Response.json({ ok, reason, help, detail }, { status: STATUS[reason] ?? 422, headers: FRESH })

type Handler = (req: PayloadRequest, person: Person) => Promise<Response>

/** Only people sign in here, and only the desk: a key of a service account is nobody. */
const forDesk =
  (handler: Handler): Endpoint['handler'] =>
  async (req) => {
    const person = personOf(req.user)
    if (!person || person.kind !== 'person') return no(NO.nobody)
    return holds(person, ...desk, 'inspector') ? handler(req, person) : no(NO.role)
  }

const bodyOf = async <T>(req: PayloadRequest, shape: z.ZodType<T>): Promise<T | null> => {
  await addDataAndFileToRequest(req)
  const parsed = shape.safeParse(req.data)
  return parsed.success ? parsed.data : null
}

const id = z.string().min(1).max(64)
const language = z.string().refine(isCaptionLanguage)
const revision = z.number().int().min(-1)
const place = { asset: id, language, revision }

const saved = ({ row }: { row: CaptionRow }) => yes({ captions: captionsView(row) })

const save: Handler = async (req, person) => {
  const body = await bodyOf(req, z.object({ ...place, cues: z.unknown() }))
  const cues = cuesFrom(body?.cues)
  if (!body || !cues) return no(NO.bad)
  const done = await saveCaptions({ payload: req.payload, person, ...body, cues })
  return done.ok ? saved(done) : no(done)
}

/** A file, as base64: its letters may be in any table, and JSON would have guessed one already. */
const takeFile: Handler = async (req, person) => {
  const body = await bodyOf(req, z.object({ ...place, file: z.base64() }))
  if (!body) return no(NO.bad)
  const read = readCaptions(Buffer.from(body.file, 'base64'))
  if (!read.ok) return no(read)
  const { cues, format } = read
  const { asset, language: of, revision: from } = body
  const done = await saveCaptions({ payload: req.payload, person, asset, language: of, revision: from, cues, origin: 'person' }) // prettier-ignore
  return done.ok ? yes({ captions: captionsView(done.row), cues, format }) : no(done)
}

const FORMATS = {
  vtt: { mime: 'text/vtt; charset=utf-8', write: toVtt },
  srt: { mime: 'application/x-subrip; charset=utf-8', write: toSrt },
} as const

const giveFile: Handler = async (req) => {
  const row = await rowById(req.payload, 'captions', String(req.routeParams?.id ?? ''))
  const format = req.searchParams.get('format')
  if (!row) return no(NO.absent)
  if (format !== 'vtt' && format !== 'srt') return no(NO.bad)
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
    if (!body) return no(NO.bad)
    const done = await move({ payload: req.payload, person, ...body, beforeReaders })
    return done.ok ? saved(done) : no(done)
  }

const transcribe: Handler = async (req, person) => {
  const body = await bodyOf(req, z.object({ asset: id, language }))
  if (!body) return no(NO.bad)
  const machine = env.TRANSCRIBE_URL !== undefined
  const done = await askMachine({ payload: req.payload, person, ...body, machine })
  return done.ok ? saved(done) : no(done)
}

const heard: Handler = async (req, person) => {
  const body = await bodyOf(req, z.object({ id, revision, take: z.boolean() }))
  if (!body) return no(NO.bad)
  const done = await settleHeard({ payload: req.payload, person, ...body })
  return done.ok ? yes({ captions: captionsView(done.row), cues: cuesOf(done.row) }) : no(done)
}

const all: Handler = async (req, person) => {
  const asset = String(req.routeParams?.asset ?? '')
  const view = await captioning({ payload: req.payload, person, asset })
  return view ? yes(view) : no(NO.absent)
}

/** What the desk does with captions over HTTP. */
export const captionEndpoints = (hands: { beforeReaders: BeforeReaders }): Endpoint[] => [
  { path: '/captioning/of/:asset', method: 'get', handler: forDesk(all) },
  { path: '/captioning/:id/file', method: 'get', handler: forDesk(giveFile) },
  { path: '/captioning/save', method: 'post', handler: forDesk(save) },
  { path: '/captioning/import', method: 'post', handler: forDesk(takeFile) },
  { path: '/captioning/transcribe', method: 'post', handler: forDesk(transcribe) },
  { path: '/captioning/heard', method: 'post', handler: forDesk(heard) },
  { path: '/captioning/accept', method: 'post', handler: forDesk(moving(acceptCaptions, hands.beforeReaders)) }, // prettier-ignore
  { path: '/captioning/reopen', method: 'post', handler: forDesk(moving(reopenCaptions, hands.beforeReaders)) }, // prettier-ignore
]
