/** One person at the newsroom's public HTTP API: signs in once, then asks with their own token. */
export type Person = {
  role: string
  id: string
  token: string
  get: (path: string) => Promise<Reply>
  post: (path: string, body: unknown) => Promise<Reply>
  patch: (path: string, body: unknown) => Promise<Reply>
}

export type Reply = { status: number; body: Json }
/** Whatever JSON came back; read through `at`. */
export type Json = unknown

/** Reads `a.b.0.c` out of an answer; undefined where there is nothing. */
export const at = (value: Json, path: string): Json =>
  path.split('.').reduce<Json>((inside, key) => {
    if (typeof inside !== 'object' || inside === null) return undefined
    return (inside as Record<string, unknown>)[key] // an object, by the line above
  }, value)

export const text = (value: Json, path: string): string => {
  const found = at(value, path)
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : ''
}
export const number = (value: Json, path: string): number => Number(at(value, path) ?? Number.NaN)
export const list = (value: Json, path: string): Json[] => {
  const found = at(value, path)
  return Array.isArray(found) ? found : []
}

/** The first untruth ends the journey. */
export class Untruth extends Error {}

export const must = (holds: boolean, what: string, seen?: unknown): void => {
  if (!holds)
    throw new Untruth(
      seen === undefined ? what : `${what}; seen: ${JSON.stringify(seen).slice(0, 800)}`,
    )
}

const ask = async (url: string, init: RequestInit): Promise<Reply> => {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(60_000) })
  const said = await response.text()
  try {
    return { status: response.status, body: JSON.parse(said) }
  } catch {
    return { status: response.status, body: { text: said.slice(0, 300) } }
  }
}

export const signIn = async (
  base: string,
  login: { role: string; email: string; password: string },
): Promise<Person> => {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ email: login.email, password: login.password })
  const answer = await ask(`${base}/api/users/login`, { method: 'POST', headers, body })
  must(answer.status === 200, `${login.role} could not sign in`, answer)
  const token = text(answer.body, 'token')
  const as = { ...headers, authorization: `JWT ${token}` }
  const send = (method: string) => (path: string, data: unknown) =>
    ask(`${base}/api${path}`, { method, headers: as, body: JSON.stringify(data) })
  return {
    role: login.role,
    id: text(answer.body, 'user.id'),
    token,
    get: (path) => ask(`${base}/api${path}`, { headers: as }),
    post: send('POST'),
    patch: send('PATCH'),
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Asks again and again until `found` gives something, at most `seconds`. */
export const until = async <T>(
  what: string,
  seconds: number,
  found: () => Promise<T | null>,
  everyMs = 250,
): Promise<T> => {
  const end = Date.now() + seconds * 1_000
  for (;;) {
    const value = await found()
    if (value !== null) return value
    if (Date.now() > end) throw new Untruth(`${what}: not within ${seconds} s`)
    await pause(everyMs)
  }
}

export { pause }
