import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export type Segment = { start: number; end: number; text: string }

/** What the next call meets instead of an answer. */
export type Fault =
  | { is: 'status'; status: number; code?: string; retryAfter?: string }
  | { is: 'cut' }
  | { is: 'hang' }
  | { is: 'body'; body: string }
  | { is: 'redirect'; to: string }

export type Call = { model: string; language: string; format: string; bytes: number; key: string }

export type TranscriptionDouble = {
  url: string
  /** Every sound that was listened to; the oracle. */
  heard: Call[]
  /** Every knock at the door, refused or not. */
  calls: () => number
  say: (segments: Segment[]) => void
  fail: (...faults: Fault[]) => void
  close: () => Promise<void>
}

const MOST = 26_214_400
const FIELDS = ['file', 'model', 'language', 'prompt', 'response_format', 'temperature', 'timestamp_granularities[]'] // prettier-ignore
const NAMES = /\.(flac|m4a|mp3|mp4|mpeg|mpga|oga|ogg|wav|webm)$/
const MODELS = ['whisper-1', 'gpt-4o-transcribe', 'gpt-4o-mini-transcribe']

class Refused extends Error {
  readonly status: number
  readonly code: string | null
  constructor(status: number, message: string, code: string | null = null) {
    super(message)
    this.status = status
    this.code = code
  }
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request) {
    bytes += (part as Buffer).length
    if (bytes > MOST)
      throw new Refused(413, `Maximum content size limit (${MOST}) exceeded (${bytes} bytes read)`)
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts)
}

const formOf = async (request: IncomingMessage): Promise<FormData> => {
  const type = request.headers['content-type'] ?? ''
  const body = await bodyOf(request)
  if (!type.startsWith('multipart/form-data'))
    throw new Refused(400, 'multipart/form-data expected')
  return new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
}

/** MPEG audio begins with ID3 or with eleven set bits; of the rest of the formats our side sends none. */
const isMpeg = (head: Uint8Array) =>
  (head[0] === 0x49 && head[1] === 0x44 && head[2] === 0x33) ||
  (head[0] === 0xff && ((head[1] ?? 0) & 0xe0) === 0xe0)

const word = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

const judged = async (form: FormData, key: string): Promise<Call> => {
  const unknown = [...form.keys()].find((name) => !FIELDS.includes(name))
  if (unknown) throw new Refused(400, `Unrecognized request argument supplied: ${unknown}`)
  const file = form.get('file')
  const model = word(form, 'model')
  if (model === '') throw new Refused(400, 'you must provide a model parameter')
  if (!(file instanceof Blob) || !('name' in file))
    throw new Refused(400, 'you must provide a file')
  if (!MODELS.includes(model)) throw new Refused(404, `The model \`${model}\` does not exist`, 'model_not_found') // prettier-ignore
  const format = word(form, 'response_format') || 'json'
  if (format === 'verbose_json' && model !== 'whisper-1')
    throw new Refused(400, `response_format 'verbose_json' is not compatible with model '${model}'. Use 'json' or 'text' instead.`, 'unsupported_value') // prettier-ignore
  const language = word(form, 'language')
  if (!/^[a-z]{2}$/.test(language)) throw new Refused(400, `Invalid language '${language}'`)
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  if (!NAMES.test(String(file.name)) || !isMpeg(head))
    throw new Refused(400, 'Invalid file format.')
  return { model, language, format, bytes: file.size, key }
}

const send = (response: ServerResponse, status: number, body: unknown, headers = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

const refuse = (response: ServerResponse, { status, message, code }: Refused, headers = {}) =>
  send(response, status, { error: { message, type: 'invalid_request_error', param: null, code } }, headers) // prettier-ignore

type State = { key: string; faults: Fault[]; segments: Segment[]; heard: Call[] }

const faulty = (fault: Fault, request: IncomingMessage, response: ServerResponse) => {
  if (fault.is === 'cut') return request.socket.destroy()
  if (fault.is === 'hang') return undefined
  if (fault.is === 'body') return send(response, 200, fault.body)
  if (fault.is === 'redirect') return send(response, 307, '', { location: fault.to })
  const headers = fault.retryAfter ? { 'retry-after': fault.retryAfter } : {}
  return refuse(response, new Refused(fault.status, 'as the test wants it', fault.code ?? null), headers) // prettier-ignore
}

const answer = async (state: State, request: IncomingMessage, response: ServerResponse) => {
  if (request.method !== 'POST' || request.url !== '/v1/audio/transcriptions')
    throw new Refused(404, 'Unknown request URL')
  const fault = state.faults.shift()
  if (fault) {
    await bodyOf(request)
    return faulty(fault, request, response)
  }
  const key = (request.headers.authorization ?? '').replace(/^Bearer /, '')
  if (key !== state.key) throw new Refused(401, 'Incorrect API key provided.', 'invalid_api_key')
  const call = await judged(await formOf(request), key)
  state.heard.push(call)
  const text = state.segments.map((one) => one.text).join('')
  const segments = state.segments.map((one, id) => ({ id, seek: 0, tokens: [], temperature: 0, avg_logprob: -0.2, compression_ratio: 1.2, no_speech_prob: 0.01, ...one })) // prettier-ignore
  return send(response, 200, call.format === 'verbose_json' ? { task: 'transcribe', language: 'vietnamese', duration: 6, text, segments } : { text }) // prettier-ignore
}

/** Speaks the endpoint, refuses what the real one refuses, and keeps its own ledger. */
export const startTranscriptionDouble = async (key = 'a-key-for-tests'): Promise<TranscriptionDouble> => {
  const state: State = { key, faults: [], segments: [], heard: [] }
  let calls = 0
  const server = createServer((request, response) => {
    calls += 1
    answer(state, request, response).catch((error: unknown) => {
      if (error instanceof Refused) refuse(response, error)
      else response.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/v1`,
    heard: state.heard,
    calls: () => calls,
    say: (segments) => (state.segments = segments),
    fail: (...faults) => state.faults.push(...faults),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
} // prettier-ignore
