import { randomBytes } from 'node:crypto'
import type { Asked, Reply } from './reply'
import { apiError, headerOf, reply } from './reply'
import type { Method } from './rules'
import type { State } from './state'

const WEEK = 7 * 24 * 3600_000

const oauthError = (status: number, error: string, description: string): Reply =>
  reply(status, { error, error_description: description })

/** The token endpoint: form-encoded, refresh grant only (RULES 50-53). */
export const answerToken = (state: State, asked: Asked): Reply => {
  if (!headerOf(asked, 'content-type')?.startsWith('application/x-www-form-urlencoded')) {
    return oauthError(400, 'invalid_request', 'Bad Request')
  }
  const form = new URLSearchParams(asked.body.toString('utf8'))
  const { clientId, clientSecret, refreshToken } = state.credentials
  if (form.get('grant_type') !== 'refresh_token') {
    return oauthError(400, 'unsupported_grant_type', 'Invalid grant_type')
  }
  if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
    return oauthError(401, 'invalid_client', 'Unauthorized')
  }
  const aged = state.settings.testingTokens && state.clock.now().getTime() - state.startedAt > WEEK
  if (form.get('refresh_token') !== refreshToken || state.revoked || aged) {
    return oauthError(400, 'invalid_grant', 'Token has been expired or revoked.')
  }
  const token = `ya29.double-${randomBytes(16).toString('hex')}`
  state.access.set(token, state.clock.now().getTime() + state.settings.accessTtlMs)
  return reply(200, {
    access_token: token,
    expires_in: Math.floor(state.settings.accessTtlMs / 1000),
    scope: state.settings.scopes.join(' '),
    token_type: 'Bearer',
  })
}

export const notAuthorised = (): Reply =>
  reply(
    401,
    {
      error: {
        code: 401,
        message: 'Request had invalid authentication credentials.',
        errors: [
          {
            message: 'Invalid Credentials',
            domain: 'global',
            reason: 'authError',
            location: 'Authorization',
            locationType: 'header',
          },
        ],
        status: 'UNAUTHENTICATED',
      },
    },
    { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
  )

/** Null when the caller may call; the platform's refusal otherwise (RULES 54-55). */
export const refuseCaller = (state: State, asked: Asked, method: Method | null): Reply | null => {
  const token = headerOf(asked, 'authorization')?.match(/^Bearer (\S+)$/)?.[1]
  const until = token ? state.access.get(token) : undefined
  if (until === undefined || until <= state.clock.now().getTime()) return notAuthorised()
  if (method && !method.scopes.some((scope) => state.settings.scopes.includes(scope))) {
    return apiError(
      403,
      'insufficientPermissions',
      'Request had insufficient authentication scopes.',
    )
  }
  return null
}
