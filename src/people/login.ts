import { APIError, AuthenticationError, type CollectionConfig, type PayloadRequest } from 'payload'
import { record } from '@/audit/record'
import { rowById } from '@/records/db'
import type { Actor } from '@/records/event'
import { addressOf } from './address'
import { countGuess, welcome } from './guesses'
import { personOf } from './person'
import { sameWork } from './same-work'

const TOO_MANY = {
  vi: 'Thử đăng nhập quá nhiều lần. Chờ một phút rồi thử lại.',
  en: 'Too many sign-in attempts. Wait a minute and try again.',
}

/** The first guess over a limit is written down, and no other within its minute: a stranger must not fill the audit. */
const limitLogins = async (req: PayloadRequest, email: string): Promise<void> => {
  const guess = await countGuess(req, email)
  if (guess.ok) return
  if (guess.first) await noteLogin(req, { email, outcome: 'refused', reason: 'rate-limit' })
  req.responseHeaders ??= new Headers()
  req.responseHeaders.set('Retry-After', String(guess.waitSeconds))
  throw new APIError(TOO_MANY.vi, 429, { reason: 'rate-limit', help: TOO_MANY }, true)
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

type Sent = { email?: unknown; password?: unknown } | undefined

const emailIn = (data: unknown): string => {
  const email = (data as Sent)?.email // whatever was sent
  return typeof email === 'string' ? email : ''
}

/** What comes before Payload looks at a password: is it one guess too many, and would it find nobody to check? */
const beforeGuess = async (req: PayloadRequest, data: unknown): Promise<void> => {
  const email = emailIn(data)
  await limitLogins(req, email)
  await sameWork(req.payload, { email, password: (data as Sent)?.password })
}

const DISABLED = {
  vi: 'Tài khoản đã ngừng hoạt động. Hỏi quản trị hệ thống.',
  en: 'This account is disabled. Ask the administrator.',
}

type SignedIn = { id: string; hash?: unknown; sessions?: { id: string }[] | null }

/** Payload read this person before it worked at the password: what was decided about them meanwhile counts. */
const asOfNow = async <U extends SignedIn>(req: PayloadRequest, user: U): Promise<U> => {
  const now = await rowById(req.payload, 'users', user.id)
  if (!now || now.active === false)
    throw new APIError(DISABLED.vi, 403, { reason: 'disabled', help: DISABLED }, true)
  const session = user.sessions?.at(-1)?.id
  // Payload may itself have hashed the same password anew; then the session that it began is there.
  if (now.hash !== user.hash && !now.sessions?.some(({ id }) => id === session))
    throw new AuthenticationError(req.t)
  return { ...user, name: now.name, roles: now.roles }
}

/** Every login, good or bad, leaves a row in the audit; a disabled account does not come in; guessing is slowed down. */
export const withLoginAudit = (collection: CollectionConfig): CollectionConfig => ({
  ...collection,
  hooks: {
    ...collection.hooks,
    beforeOperation: [
      ...(collection.hooks?.beforeOperation ?? []),
      async ({ args, operation, req }) => {
        if (operation === 'login') await beforeGuess(req, args.data)
        // No letter can be sent, and a token for one would be a second way in that no limit and no audit knows.
        if (BY_LETTER.includes(operation))
          throw new APIError(ASK_ADMIN.vi, 403, { reason: 'ask-admin', help: ASK_ADMIN }, true)
        return args
      },
    ],
    beforeLogin: [...(collection.hooks?.beforeLogin ?? []), ({ req, user }) => asOfNow(req, user)],
    afterLogin: [
      ...(collection.hooks?.afterLogin ?? []),
      async ({ req, user }) => {
        await welcome(req, user.email)
        const person = { ...user, collection: 'users' }
        await noteLogin(req, { email: user.email, outcome: 'done', user: person })
      },
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
