import type { Payload } from 'payload'
import { mkdirSync, rmSync } from 'node:fs'
import { setTestSettings } from './settings'

export type Newsroom = {
  payload: Payload
  folder: string
  /** Calls the newsroom's HTTP API without a socket, as somebody or nobody. */
  call: (
    args: CallArgs,
  ) => Promise<{ status: number; body: Record<string, unknown>; headers: Headers }>
  /** Makes a person of these roles and signs them in; the token goes into `as`. */
  person: (...roles: string[]) => Promise<TestPerson>
  close: () => Promise<void>
}

export type TestPerson = { id: string; name: string; email: string; token: string }

export type CallArgs = {
  method?: string
  path: string
  body?: unknown
  form?: FormData
  as?: { token: string } | { apiKey: string } | null
  headers?: Record<string, string>
}

/** Boots the real Payload on a fresh database of the configuration under test. */
export const openNewsroom = async (more: Record<string, string> = {}): Promise<Newsroom> => {
  const { folder } = setTestSettings(more)
  mkdirSync(`${folder}/data`, { recursive: true })
  mkdirSync(`${folder}/media`, { recursive: true })
  const { getPayload, handleEndpoints } = await import('payload')
  const { default: config } = await import('@payload-config')
  const payload = await getPayload({ config, disableOnInit: true })

  const call: Newsroom['call'] = async (args) => {
    const request = new Request(`http://localhost:3000/api${args.path}`, {
      method: args.method ?? 'GET',
      headers: { ...authorization(args), ...contentType(args), ...args.headers },
      ...(args.form
        ? { body: args.form }
        : args.body === undefined
          ? {}
          : { body: JSON.stringify(args.body) }),
    })
    const response = await handleEndpoints({ config, request })
    const text = await response.text()
    return { status: response.status, body: parsed(text), headers: response.headers }
  }

  let counter = 0
  const person: Newsroom['person'] = async (...roles) => {
    counter += 1
    const email = `${roles.join('.')}.${counter}@newsroom.test`
    const password = 'a-password-for-tests-only'
    const made = await payload.create({
      collection: 'users',
      data: {
        email,
        password,
        name: `${roles.join(' ')} ${counter}`,
        roles: roles as never,
        active: true,
      },
    })
    const login = await payload.login({ collection: 'users', data: { email, password } })
    return { id: String(made.id), name: made.name, email, token: login.token ?? '' }
  }

  const close = async () => {
    await payload.destroy()
    rmSync(folder, { recursive: true, force: true })
  }
  return { payload, folder, call, person, close }
}

const authorization = ({ as }: CallArgs): Record<string, string> => {
  if (!as) return {}
  return {
    Authorization: 'token' in as ? `JWT ${as.token}` : `service-accounts API-Key ${as.apiKey}`,
  }
}

const contentType = ({ body }: CallArgs): Record<string, string> =>
  body === undefined ? {} : { 'Content-Type': 'application/json' }

const parsed = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown> // the API answers objects
  } catch {
    return { text }
  }
}
