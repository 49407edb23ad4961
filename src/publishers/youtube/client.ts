import { auth, youtube } from 'googleapis/build/src/apis/youtube/index.js'
import type { youtube_v3 } from 'googleapis/build/src/apis/youtube/index.js'
import { z } from 'zod'
import type { Context } from '../publisher'
import type { NotDone } from './errors'
import { answerOf, failureOf } from './errors'

const REAL_API = 'https://youtube.googleapis.com'
const REAL_TOKEN = 'https://oauth2.googleapis.com/token'
const REAL_WATCH = 'https://www.youtube.com'
const CALL_MS = 120_000

const tokenShape = z.object({
  refreshToken: z.string().min(1),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
})

/** Passed to every call: a client-level root does not redirect media calls, and gaxios would repeat a PUT. */
export type CallOptions = { rootUrl: string; retry: false; signal: AbortSignal; timeout: number }

export type YouTube = {
  api: youtube_v3.Youtube
  oauth: InstanceType<typeof auth.OAuth2>
  endpoint: string
  options: CallOptions
  now: () => Date
  /** May the effect of a commit still happen? */
  still: () => Promise<boolean>
}

export type Tried<T> =
  { ok: true; value: T } | { ok: false; answer: NotDone; status: number | null }

const trimmed = (url: string): string => url.replace(/\/+$/, '')

export const watchHost = (ctx: Context): string => trimmed(ctx.settings.watch || REAL_WATCH)
export const watchUrl = (ctx: Context, id: string): string =>
  `${watchHost(ctx)}/watch?v=${encodeURIComponent(id)}`

/** Bearers go to Google, or to a double on this machine; the guarded fetch decides whether it may. */
const isTrusted = (url: string): boolean => {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  if (protocol === 'https:' && hostname.endsWith('.googleapis.com')) return true
  return protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
}

/** Is this session address one that the same platform may have handed out? */
export const isOurSession = (yt: YouTube, uri: string): boolean => {
  if (!URL.canParse(uri) || !isTrusted(uri)) return false
  const [session, endpoint] = [new URL(uri), new URL(yt.endpoint)]
  return (
    session.origin === endpoint.origin ||
    (session.protocol === 'https:' && endpoint.protocol === 'https:')
  )
}

const tokenOf = (token: string | null) => {
  try {
    return tokenShape.safeParse(JSON.parse(token ?? 'null'))
  } catch {
    return tokenShape.safeParse(null)
  }
}

/** Opens the API with the channel's token, all its traffic through the guarded fetch. */
export const openYouTube = (ctx: Context): YouTube | NotDone => {
  const endpoint = trimmed(ctx.settings.endpoint || REAL_API)
  if (!isTrusted(endpoint)) {
    return {
      is: 'refused',
      code: 'endpoint-not-allowed',
      line: 'the endpoint is not one of the platform',
    }
  }
  const token = tokenOf(ctx.token)
  if (!token.success) return { is: 'reconnect', line: 'the channel has no usable token' }
  const { refreshToken, clientId, clientSecret } = token.data
  const oauth = new auth.OAuth2({
    clientId,
    clientSecret,
    endpoints: { oauth2TokenUrl: ctx.settings.endpoint ? `${endpoint}/token` : REAL_TOKEN },
    transporterOptions: { fetchImplementation: ctx.fetch },
  })
  oauth.setCredentials({ refresh_token: refreshToken })
  return {
    api: youtube({ version: 'v3', auth: oauth }),
    oauth,
    endpoint,
    options: { rootUrl: `${endpoint}/`, retry: false, signal: ctx.signal, timeout: CALL_MS },
    now: ctx.now,
    still: ctx.still,
  }
}

export const isOpen = (opened: YouTube | NotDone): opened is YouTube => 'api' in opened

const failed = <T>(yt: YouTube, error: unknown, effect: 'none' | 'possible'): Tried<T> => {
  const failure = failureOf(error)
  return {
    ok: false,
    answer: answerOf(failure, yt.now(), effect),
    status: failure.kind === 'answered' ? failure.status : null,
  }
}

const isExpired = (error: unknown): boolean => {
  const failure = failureOf(error)
  return failure.kind === 'answered' && failure.status === 401
}

/** Getting a token may have taken long: what makes public is asked for once more, right before it is sent. */
const vetoed = async (yt: YouTube, effect: 'none' | 'possible'): Promise<boolean> =>
  effect === 'possible' && !(await yt.still())

const notAnyMore: Tried<never> = {
  ok: false,
  answer: { is: 'later', afterMs: 500, line: 'it was stopped before it was sent' },
  status: null,
}

/**
 * One call. A token that died meanwhile is renewed and the call made again: the platform refused the
 * first before it had any effect. Nothing else is ever repeated here.
 */
export const call = async <T>(
  yt: YouTube,
  effect: 'none' | 'possible',
  send: () => Promise<T>,
): Promise<Tried<T>> => {
  try {
    // The token is fetched first, so that losing that answer is not taken for losing the other.
    await yt.oauth.getAccessToken()
  } catch (error) {
    return failed(yt, error, 'none')
  }
  if (await vetoed(yt, effect)) return notAnyMore
  try {
    return { ok: true, value: await send() }
  } catch (error) {
    if (!isExpired(error)) return failed(yt, error, effect)
  }
  try {
    await yt.oauth.refreshAccessToken()
  } catch (error) {
    return failed(yt, error, 'none')
  }
  if (await vetoed(yt, effect)) return notAnyMore
  try {
    return { ok: true, value: await send() }
  } catch (error) {
    return failed(yt, error, effect)
  }
}
