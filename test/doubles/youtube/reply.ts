/** What a handler answers; the server turns it into bytes after the fault plan had its say. */
export type Reply = {
  status: number
  headers?: Record<string, string>
  json?: unknown
  text?: string
}

export const reply = (status: number, json: unknown, headers?: Record<string, string>): Reply => ({
  status,
  json,
  ...(headers ? { headers } : {}),
})

/** The platform's own error envelope (RULES 40). */
export const apiError = (status: number, reason: string, message: string): Reply =>
  reply(status, {
    error: {
      code: status,
      message,
      errors: [{ message, domain: 'youtube.api', reason }],
    },
  })

export type Asked = {
  method: string
  url: URL
  headers: Record<string, string | string[] | undefined>
  body: Buffer
  /** False when the client went away before the body was whole. */
  whole: boolean
}

export const headerOf = (asked: Asked, name: string): string | undefined => {
  const value = asked.headers[name]
  return Array.isArray(value) ? value[0] : value
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const jsonBody = (asked: Asked): Record<string, unknown> | Reply => {
  if (!headerOf(asked, 'content-type')?.startsWith('application/json')) {
    return apiError(400, 'badContent', 'Unsupported content with type')
  }
  try {
    const parsed: unknown = JSON.parse(asked.body.toString('utf8'))
    if (isObject(parsed)) return parsed
  } catch {
    // falls through: the platform answers parse errors and non-objects alike
  }
  return apiError(400, 'parseError', 'Parse Error')
}

export const isReply = (value: Record<string, unknown> | Reply): value is Reply =>
  'status' in value && typeof value.status === 'number'
