import { NO_ANSWER, OFFLINE } from './words'

export type Answer = { status: number; body: Record<string, unknown> }

/** One call. Status 0 means that no answer came; nothing is thrown. */
export const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
  try {
    const answer = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: objectIn(text) }
  } catch {
    return { status: 0, body: {} }
  }
}

export const objectIn = (text: string): Record<string, unknown> => {
  try {
    const parsed: unknown = JSON.parse(text)
    return isObject(parsed) ? parsed : {}
  } catch {
    return {}
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const helpIn = (value: unknown): string | null => {
  if (!isObject(value) || !isObject(value.help)) return null
  return typeof value.help.vi === 'string' ? value.help.vi : null
}

/** What to tell the person: the server's own help, wherever it stands in the answer. */
export const helpOf = ({ status, body }: Answer): string => {
  if (status === 0) return navigator.onLine ? NO_ANSWER : OFFLINE
  const [first] = Array.isArray(body.errors) ? body.errors : []
  const error = isObject(first) ? first : {}
  const said = helpIn(body) ?? helpIn(error.data) ?? error.message
  return typeof said === 'string' && said !== '' ? said : NO_ANSWER
}
