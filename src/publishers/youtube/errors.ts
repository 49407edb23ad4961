import { z } from 'zod'
import type { Answer } from '../publisher'

/** What went wrong with one call: the platform said so, or nobody knows. */
export type Failure =
  | { kind: 'answered'; status: number; reason: string; line: string }
  /** The connection never came about: nothing can have happened. */
  | { kind: 'unreached'; code: string; line: string }
  | { kind: 'lost'; line: string }

/** Any answer but `done`. */
export type NotDone = Exclude<Answer<object>, { is: 'done' }>

type Class = 'later' | 'quota' | 'day' | 'reconnect' | 'blocked' | 'refused'

/** The platform's reason words (its reference, page "errors", read 2026-08-22) and what each means to us. */
const CLASS_OF: Record<string, Class> = {
  backendError: 'later',
  internalError: 'later',
  processingFailure: 'later',
  rateLimitExceeded: 'later',
  userRateLimitExceeded: 'later',
  uploadRateLimitExceeded: 'later',
  quotaExceeded: 'quota',
  dailyLimitExceeded: 'quota',
  uploadLimitExceeded: 'day',
  authError: 'reconnect',
  authorizationRequired: 'reconnect',
  insufficientPermissions: 'reconnect',
  invalid_grant: 'reconnect',
  invalid_client: 'reconnect',
  unauthorized_client: 'reconnect',
  authenticatedUserAccountSuspended: 'blocked',
  authenticatedUserAccountClosed: 'blocked',
  channelClosed: 'blocked',
  channelSuspended: 'blocked',
  youtubeSignupRequired: 'blocked',
  accountClosed: 'blocked',
  accountSuspended: 'blocked',
}

const RATE_MS = 60_000
const SERVER_MS = 10_000
const DAY_MS = 24 * 3600_000

const envelope = z.object({
  error: z.union([
    z.string(),
    z.object({
      message: z.string().optional(),
      errors: z.array(z.object({ reason: z.string().optional() })).optional(),
      status: z.string().optional(),
    }),
  ]),
})

const thrown = z.object({
  response: z.object({ status: z.number(), data: z.unknown() }).loose(),
})

const UNREACHED = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'EADDRNOTALLOWED',
]

/** The error codes of an error and its causes, outermost first. */
const codesOf = (error: unknown, depth = 0): string[] => {
  if (typeof error !== 'object' || error === null || depth > 5) return []
  const code: unknown = Reflect.get(error, 'code')
  const rest = codesOf(Reflect.get(error, 'cause'), depth + 1)
  return typeof code === 'string' ? [code, ...rest] : rest
}

const parsed = (data: unknown): unknown => {
  if (typeof data !== 'string') return data
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}

/** No address and nothing that looks like a bearer may reach a log or a row. */
export const safeLine = (text: string): string =>
  text
    .replace(/https?:\/\/\S+/g, '[address]')
    .replace(/\b(ya29\.|1\/\/|Bearer )\S+/g, '[secret]')
    .split('\n')
    .join(' ')
    .slice(0, 300)

export const failureOf = (error: unknown): Failure => {
  const read = thrown.safeParse(error)
  if (!read.success) {
    const codes = codesOf(error)
    const unreached = codes.find((code) => UNREACHED.includes(code))
    const line = safeLine(`no answer (${unreached ?? codes[0] ?? 'connection ended'})`)
    return unreached ? { kind: 'unreached', code: unreached, line } : { kind: 'lost', line }
  }
  const { response } = read.data
  const body = envelope.safeParse(parsed(response.data))
  const inner = body.success ? body.data.error : ''
  const reason =
    typeof inner === 'string' ? inner : (inner.errors?.[0]?.reason ?? inner.status ?? '')
  const message = typeof inner === 'string' ? '' : (inner.message ?? '')
  const line = safeLine(`HTTP ${response.status} ${reason}: ${message}`.trim())
  return { kind: 'answered', status: response.status, reason, line }
}

const classOf = (failure: Extract<Failure, { kind: 'answered' }>): Class => {
  const known = CLASS_OF[failure.reason]
  if (known) return known
  if (failure.status >= 500 || failure.status === 429) return 'later'
  return failure.status === 401 ? 'reconnect' : 'refused'
}

/** The instant at which the quota day turns: midnight Pacific, summer time or not. */
export const nextPacificMidnight = (now: Date): string => {
  const clockAt = (at: Date): number[] =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone: 'America/Los_Angeles',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
      .format(at)
      .split(':')
      .map(Number)
  const [hour = 0, minute = 0, second = 0] = clockAt(now)
  const left = DAY_MS - ((hour * 60 + minute) * 60 + second) * 1000 - now.getUTCMilliseconds()
  const guess = new Date(now.getTime() + left)
  const [off = 0] = clockAt(guess)
  const shift = off === 23 ? 3600_000 : off === 1 ? -3600_000 : 0
  return new Date(guess.getTime() + shift).toISOString()
}

/**
 * Our answer to a failure. `effect: 'possible'` is for the one call that must not be repeated: without a
 * clear no from the platform its outcome is unknown.
 */
export const answerOf = (failure: Failure, now: Date, effect: 'none' | 'possible'): NotDone => {
  const { line } = failure
  if (failure.kind === 'unreached') {
    return failure.code === 'EADDRNOTALLOWED'
      ? { is: 'refused', code: 'address-not-allowed', line }
      : { is: 'later', afterMs: RATE_MS, line }
  }
  if (failure.kind === 'lost') {
    return effect === 'possible'
      ? { is: 'unknown', line }
      : { is: 'later', afterMs: SERVER_MS, line }
  }
  if (failure.status >= 500 && effect === 'possible') return { is: 'unknown', line }
  const kind = classOf(failure)
  if (kind === 'later') {
    return { is: 'later', afterMs: failure.status >= 500 ? SERVER_MS : RATE_MS, line }
  }
  if (kind === 'quota') return { is: 'quota', until: nextPacificMidnight(now), line }
  if (kind === 'day')
    return { is: 'quota', until: new Date(now.getTime() + DAY_MS).toISOString(), line }
  if (kind === 'refused')
    return { is: 'refused', code: failure.reason || `http-${failure.status}`, line }
  return { is: kind, line }
}
