import { type DetailedError, Upload } from 'tus-js-client'
import { nowMs } from '@/clock'
import { helpOf, objectIn } from './api'

const CHUNK = 8 * 1024 * 1024
/** A lost line is tried again for ever, at most this far apart. */
const AGAIN_MS = 8_000
/** After a change of network a request may hang for minutes without a word: it is put down and begun anew at its byte. */
const SILENT_MS = 45_000

export type Told =
  | { kind: 'going'; sent: number; total: number; speed: number }
  | { kind: 'waiting' }
  | { kind: 'signed-out' }
  | { kind: 'refused'; help: string }
  | { kind: 'done' }

export type Sending = {
  pause: () => void
  resume: () => void
  drop: () => void
  /** Its name at the server, once it has one. */
  tusId: () => string | null
}

type Asked = {
  file: File
  story: string
  extra: boolean
  sha256: string
  tusId?: string
  tell: (told: Told) => void
}

const statusOf = (error: Error | DetailedError): number =>
  'originalResponse' in error ? (error.originalResponse?.getStatus() ?? 0) : 0

/** Nobody answered, the server is busy, or two requests crossed: the same bytes will do later. */
const isPassing = (status: number) =>
  status === 0 ||
  status === 409 ||
  status === 423 ||
  status === 429 ||
  (status >= 500 && status !== 507)

/** Bytes a second over the last eight seconds: what the line does now, not since the start. */
const speedometer = () => {
  let seen: { at: number; sent: number }[] = []
  return (sent: number): number => {
    const at = nowMs()
    seen = [...seen.filter((one) => at - one.at < 8_000), { at, sent }]
    const [first] = seen
    return first && at > first.at ? ((sent - first.sent) * 1000) / (at - first.at) : 0
  }
}

/** Sends a file so that neither a lost line nor a restarted server makes it begin again. */
export const sendFile = ({ file, story, extra, sha256, tusId, tell }: Asked): Sending => {
  const speed = speedometer()
  const over = new AbortController()
  let timer: number | undefined
  let stopped = false
  let heardAt = nowMs()
  const start = () => {
    heardAt = nowMs()
    upload.start()
  }
  const upload = new Upload(file, {
    ...(tusId ? { uploadUrl: `/tus/${tusId}` } : { endpoint: '/tus' }),
    chunkSize: CHUNK,
    retryDelays: [0, 1000, 3000, 5000],
    storeFingerprintForResuming: false,
    metadata: { story, filename: file.name, sha256, ...(extra ? { extra: '1' } : {}) },
    onShouldRetry: (error) => isPassing(statusOf(error)),
    // From here on only this upload is meant; a refusal must not begin a second one beside it.
    onUploadUrlAvailable: () => (upload.options.endpoint = null),
    onProgress: (sent, total) => {
      heardAt = nowMs()
      tell({ kind: 'going', sent, total, speed: speed(sent) })
    },
    onSuccess: () => {
      over.abort()
      tell({ kind: 'done' })
    },
    onError: (error) => failed(error),
  })
  const again = () => {
    window.clearTimeout(timer)
    timer = undefined
    if (!stopped) start()
  }
  const failed = (error: Error | DetailedError) => {
    const status = statusOf(error)
    if (status === 401) return tell({ kind: 'signed-out' })
    if (!isPassing(status)) {
      stopped = true
      over.abort()
      const text = 'originalResponse' in error ? (error.originalResponse?.getBody() ?? '') : ''
      return tell({ kind: 'refused', help: helpOf({ status, body: objectIn(text) }) })
    }
    tell({ kind: 'waiting' })
    window.clearTimeout(timer)
    timer = window.setTimeout(again, AGAIN_MS)
  }
  const wake = () => {
    // Only what waits is woken; a running upload must not be started twice.
    if (timer !== undefined) again()
  }
  const rouse = () => {
    if (stopped || timer !== undefined || nowMs() - heardAt < SILENT_MS) return
    heardAt = nowMs()
    void upload.abort().then(again)
  }
  window.addEventListener('online', wake, { signal: over.signal })
  const watching = window.setInterval(rouse, 5_000)
  over.signal.addEventListener('abort', () => window.clearInterval(watching))
  const putDown = () => {
    stopped = true
    window.clearTimeout(timer)
    timer = undefined
  }
  start()
  return {
    tusId: () => tusId ?? upload.url?.split('/').at(-1) ?? null,
    pause: () => {
      putDown()
      void upload.abort()
    },
    resume: () => {
      stopped = false
      start()
    },
    drop: () => {
      putDown()
      over.abort()
      void upload.abort(true).catch(() => undefined)
    },
  }
}
