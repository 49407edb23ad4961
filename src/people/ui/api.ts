import type { Help } from '@/errors'

/** An answer of our own endpoints: what was asked for, or a plain no with its words. */
export type Answer<T> =
  | { ok: true; data: T }
  /** `line` is the outside world's own sentence, where a platform gave one. */
  | { ok: false; status: number; reason: string; help: Help; line?: string; detail?: unknown }

const LOST: Help = {
  vi: 'Mất kết nối. Chữ đã gõ vẫn còn; thử lại khi có mạng.',
  en: 'The connection is lost. What you typed is kept; try again when you are online.',
}

const UNTOLD: Help = {
  vi: 'Máy chủ không làm được việc này. Thử lại sau ít phút.',
  en: 'The server could not do this. Try again in a few minutes.',
}

const isHelp = (value: unknown): value is Help =>
  typeof value === 'object' && value !== null && 'vi' in value && 'en' in value

type Body = {
  ok?: unknown
  reason?: unknown
  help?: unknown
  detail?: { line?: unknown }
  errors?: { message?: unknown; data?: { reason?: unknown; help?: unknown } }[]
}

/** Our endpoints answer `{reason, help}`; Payload's own wrap the same in `errors[0]`. */
const refusalOf = (status: number, body: Body): Answer<never> => {
  const first = body.errors?.[0]
  const reason = body.reason ?? first?.data?.reason
  const help = [body.help, first?.data?.help].find(isHelp)
  const line = body.detail?.line
  const message = typeof first?.message === 'string' ? first.message : null
  return {
    ok: false,
    status,
    reason: typeof reason === 'string' ? reason : 'unexpected',
    help: help ?? (message ? { vi: message, en: message } : UNTOLD),
    ...(typeof line === 'string' && line !== '' ? { line } : {}),
    ...(body.detail ? { detail: body.detail } : {}),
  }
}

const ask = async <T>(path: string, init: RequestInit): Promise<Answer<T>> => {
  try {
    const response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init })
    const body: unknown = await response.json().catch(() => ({}))
    if (!response.ok) return refusalOf(response.status, body as Body) // read field by field above
    return { ok: true, data: body as T } // the contract of our own endpoint
  } catch {
    return { ok: false, status: 0, reason: 'offline', help: LOST }
  }
}

export const getJson = <T>(path: string) => ask<T>(path, { method: 'GET' })

export const sendJson = <T = unknown>(path: string, body: unknown, method = 'POST') =>
  ask<T>(path, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
