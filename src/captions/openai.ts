import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { nowMs } from '@/clock'
import { lineOf, refuse, type Help } from '@/errors'
import type { Answered, Transcriber } from './transcriber'

/**
 * Any service that speaks OpenAI's `POST /audio/transcriptions` (read 2026-11-21): multipart `file`, `model`, `language`
 * and `response_format=verbose_json`, the only format with times in seconds that the Whisper models answer. Its errors
 * are `{error: {message, type, param, code}}`; more than 25 MB is 413.
 */
/** Nothing is answered before all is heard, so this is the whole time of a recording, not of a call. */
const ANSWER_MS = 15 * 60_000
const MOST_ANSWER_BYTES = 20 * 1024 ** 2
const LONGEST_WAIT_MS = 10 * 60_000
const FIRST_WAIT_MS = 15_000

const answerShape = z.object({
  segments: z.array(z.object({ start: z.number(), end: z.number(), text: z.string() })).max(50_000),
})
const errorShape = z.object({
  error: z.object({ message: z.string(), code: z.string().nullish() }),
})

const help = (vi: string, en: string): Help => ({ vi, en })
const REFUSED: Record<number, Help> = {
  401: help('Dịch vụ chép lời không nhận khóa. Báo quản trị xem TRANSCRIBE_KEY.', 'The transcription service refuses the key. Tell the administrator to look at TRANSCRIBE_KEY.'), // prettier-ignore
  403: help('Dịch vụ chép lời không cho dùng. Báo quản trị.', 'The transcription service does not permit this. Tell the administrator.'), // prettier-ignore
  404: help('Dịch vụ chép lời không có mô hình hoặc địa chỉ này. Báo quản trị xem TRANSCRIBE_URL và TRANSCRIBE_MODEL.', 'The service has no such model or address. Tell the administrator to look at TRANSCRIBE_URL and TRANSCRIBE_MODEL.'), // prettier-ignore
  413: help('Tiếng của tư liệu này dài quá mức dịch vụ chép lời nhận. Cắt ngắn rồi nhờ lại, hoặc gõ tay.', 'The sound is longer than the service takes. Cut it and ask again, or type.'), // prettier-ignore
}
const OTHERWISE = help(
  'Dịch vụ chép lời từ chối. Gõ tay, hoặc báo quản trị.',
  'The transcription service refused. Type, or tell the administrator.',
)
const GIBBERISH = help(
  'Dịch vụ chép lời trả lời không đọc được. Báo quản trị.',
  'The answer of the transcription service can not be read. Tell the administrator.',
)

const refused = (code: string, words: Help, line: string): Answered => ({
  is: 'refused',
  refusal: refuse(code, words, { line: line.slice(0, 300) }),
})

/** Seconds or a date, as HTTP has it; ten minutes at most, whatever it says. */
export const waitFor = (retryAfter: string | null): number => {
  const seconds = Number(retryAfter ?? Number.NaN)
  const date = Date.parse(retryAfter ?? '')
  const ms = Number.isFinite(seconds) ? seconds * 1000 : date - nowMs()
  return Number.isFinite(ms) ? Math.min(LONGEST_WAIT_MS, Math.max(1_000, ms)) : FIRST_WAIT_MS
}

/** The body, no further than is sane: a service gone wrong must not fill our memory. */
const bodyOf = async (answer: Response): Promise<string | null> => {
  const parts: Uint8Array[] = []
  const reader = answer.body?.getReader()
  for (let bytes = 0; reader;) {
    const { done, value } = await reader.read()
    if (done) break
    bytes += value.length
    if (bytes > MOST_ANSWER_BYTES) {
      await reader.cancel()
      return null
    }
    parts.push(value)
  }
  return Buffer.concat(parts).toString('utf8')
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const AGAIN = [408, 409, 425, 429]
/** Said with 429 when the account is empty: waiting brings no money. */
const NO_MONEY = 'insufficient_quota'

const judged = (answer: Response, text: string | null): Answered => {
  const json = jsonOf(text ?? '')
  const said = errorShape.safeParse(json)
  const line = said.success ? said.data.error.message : `HTTP ${answer.status}`
  const { status } = answer
  const broke = said.success && said.data.error.code === NO_MONEY
  if (!broke && (AGAIN.includes(status) || status >= 500))
    return { is: 'later', afterMs: waitFor(answer.headers.get('retry-after')), line }
  if (!answer.ok) return refused(broke ? NO_MONEY : `http-${status}`, REFUSED[status] ?? OTHERWISE, line) // prettier-ignore
  const read = answerShape.safeParse(json)
  return read.success
    ? { is: 'done', heard: read.data.segments }
    : refused('gibberish', GIBBERISH, 'not the answer that was asked for')
}

/**
 * The form as one piece, at most the size of two hours of speech. As a stream of parts (`FormData` of Node 24.21) a
 * service that refuses before it has read everything makes undici throw past every handler (seen 2026-11-21).
 */
const formOf = (sound: Buffer, fields: Record<string, string>): { type: string; body: Buffer } => {
  const mark = `----${randomUUID()}`
  const part = (head: string) => `--${mark}\r\nContent-Disposition: form-data; name=${head}`
  const words = Object.entries(fields).map(([name, value]) => `${part(`"${name}"`)}\r\n\r\n${value}\r\n`) // prettier-ignore
  const head = `${part('"file"; filename="sound.mp3"')}\r\nContent-Type: audio/mpeg\r\n\r\n`
  const body = [words.join(''), head, sound, `\r\n--${mark}--\r\n`]
  return {
    type: `multipart/form-data; boundary=${mark}`,
    body: Buffer.concat(body.map((one) => Buffer.from(one))),
  }
}

export const openAiTranscriber = (of: {
  url: string
  key: string | undefined
  model: string
  /** A `fetch` that waits so long for an answer. */
  fetchWithin: (answerMs: number) => typeof globalThis.fetch
}): Transcriber => ({
  model: of.model,
  transcribe: async ({ file, language, signal }) => {
    const send = of.fetchWithin(ANSWER_MS)
    const fields = { model: of.model, language, response_format: 'verbose_json' }
    const form = formOf(await readFile(file), fields)
    try {
      const answer = await send(`${of.url.replace(/\/$/, '')}/audio/transcriptions`, {
        method: 'POST',
        body: new Uint8Array(form.body),
        headers: {
          'content-type': form.type,
          ...(of.key ? { authorization: `Bearer ${of.key}` } : {}),
        },
        // A redirect would carry the sound somewhere that nobody set.
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
      })
      return judged(answer, await bodyOf(answer))
    } catch (error) {
      // The message of a failed fetch names host and reason, never what was sent along.
      return { is: 'later', afterMs: FIRST_WAIT_MS, line: lineOf(error) }
    }
  },
})
