import { APIError, type CollectionConfig, type PayloadRequest } from 'payload'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { record } from '@/audit/record'
import { env } from '@/env'
import type { Actor } from '@/records/event'
import { personOf } from './person'

/**
 * One address and one account: ten tries a minute. One address: sixty. A password costs 0.2 s of a core to check.
 * Without a proxy that we trust, an address is what the caller writes: so one account from wherever, and all of them.
 */
const perPair = new RateLimiterMemory({ points: 10, duration: 60 })
const perAddress = new RateLimiterMemory({ points: 60, duration: 60 })
const perAccount = new RateLimiterMemory({ points: 20, duration: 60 })
const inAll = new RateLimiterMemory({ points: 240, duration: 60 })

const TOO_MANY = {
  vi: 'Thử đăng nhập quá nhiều lần. Chờ một phút rồi thử lại.',
  en: 'Too many sign-in attempts. Wait a minute and try again.',
}

/** Where the request came from. Behind a proxy the last hop it names is the one the proxy saw. */
export const addressOf = (headers: Headers): string => {
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
  return (env.TRUST_PROXY ? hops.at(-1) : hops[0]) || 'unknown'
}

const limitLogins = async (req: PayloadRequest, email: string): Promise<void> => {
  const address = addressOf(req.headers)
  const account = email.toLowerCase()
  for (const [limiter, key] of [
    [inAll, 'all'],
    [perAddress, address],
    [perAccount, account],
    [perPair, `${address} ${account}`],
  ] as const)
    await consume(req, { limiter, key, email })
}

/** The first try over a limit is written down, and no other within its minute: a stranger must not fill the audit. */
const consume = async (
  req: PayloadRequest,
  { limiter, key, email }: { limiter: RateLimiterMemory; key: string; email: string },
): Promise<void> => {
  try {
    await limiter.consume(key)
  } catch (over) {
    const first = over instanceof RateLimiterRes && over.consumedPoints === limiter.points + 1
    if (first) await noteLogin(req, { email, outcome: 'refused', reason: 'rate-limit' })
    throw new APIError(TOO_MANY.vi, 429, { reason: 'rate-limit', help: TOO_MANY }, true)
  }
}

const BY_LETTER = ['forgotPassword', 'resetPassword']
const ASK_ADMIN = {
  vi: 'Quên mật khẩu: nhờ quản trị hệ thống đặt lại.',
  en: 'Forgotten password: ask the administrator to set a new one.',
}

const nobody = (email: string): Actor => ({ id: '', name: email.slice(0, 120), roles: '' })

const noteLogin = (
  req: PayloadRequest,
  note: { email: string; outcome: 'done' | 'refused'; reason?: string; user?: unknown },
): Promise<void> => {
  const person = personOf(note.user as Parameters<typeof personOf>[0]) // a user document of this collection
  const actor = person
    ? { id: person.id, name: person.name, roles: person.roles.join(' ') }
    : nobody(note.email)
  return record({
    payload: req.payload,
    actor,
    action: 'login',
    outcome: note.outcome,
    subject: 'users',
    subjectId: actor.id,
    ...(note.reason ? { reason: note.reason } : {}),
    detail: { address: addressOf(req.headers) },
  })
}

const emailIn = (data: unknown): string => {
  const email = (data as { email?: unknown } | undefined)?.email // whatever was sent
  return typeof email === 'string' ? email : ''
}

/** Every login, good or bad, leaves a row in the audit; a disabled account does not come in; guessing is slowed down. */
export const withLoginAudit = (collection: CollectionConfig): CollectionConfig => ({
  ...collection,
  hooks: {
    ...collection.hooks,
    beforeOperation: [
      ...(collection.hooks?.beforeOperation ?? []),
      async ({ args, operation, req }) => {
        if (operation === 'login') await limitLogins(req, emailIn(args.data))
        // No letter can be sent, and a token for one would be a second way in that no limit and no audit knows.
        if (BY_LETTER.includes(operation))
          throw new APIError(ASK_ADMIN.vi, 403, { reason: 'ask-admin', help: ASK_ADMIN }, true)
        return args
      },
    ],
    beforeLogin: [
      ...(collection.hooks?.beforeLogin ?? []),
      ({ user }) => {
        if (user.active === false) {
          const help = {
            vi: 'Tài khoản đã ngừng hoạt động. Hỏi quản trị hệ thống.',
            en: 'This account is disabled. Ask the administrator.',
          }
          throw new APIError(help.vi, 403, { reason: 'disabled', help }, true)
        }
        return user
      },
    ],
    afterLogin: [
      ...(collection.hooks?.afterLogin ?? []),
      ({ req, user }) =>
        noteLogin(req, {
          email: user.email,
          outcome: 'done',
          user: { ...user, collection: 'users' },
        }),
    ],
    afterError: [
      ...(collection.hooks?.afterError ?? []),
      async ({ error, req }) => {
        if (!req.pathname?.endsWith('/login') || ('status' in error && error.status === 429)) return
        await noteLogin(req, { email: emailIn(req.data), outcome: 'refused', reason: error.name })
      },
    ],
  },
})
