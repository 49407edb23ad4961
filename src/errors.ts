/** What a person reads, in both languages of the newsroom: what happened, and what to do. */
export type Help = { vi: string; en: string }

/**
 * The unexpected, for three readers: `message` for the log, `code` for the caller (stable, kebab-case),
 * `help` for the person. Expected refusals are return values, never this.
 */
export class NewsroomError extends Error {
  readonly code: string
  readonly help: Help
  readonly status: number
  readonly context: Record<string, unknown>

  constructor(args: {
    code: string
    message: string
    help: Help
    status?: number
    context?: Record<string, unknown>
    cause?: unknown
  }) {
    super(args.message, { cause: args.cause })
    this.name = 'NewsroomError'
    this.code = args.code
    this.help = args.help
    this.status = args.status ?? 500
    this.context = args.context ?? {}
  }
}

/** An expected no: `reason` is a stable word for the caller, `help` is for the person. */
export type Refusal = { ok: false; reason: string; help: Help; detail?: Record<string, unknown> }

export type Outcome<T> = ({ ok: true } & T) | Refusal

export const refuse = (reason: string, help: Help, detail?: Record<string, unknown>): Refusal => ({
  ok: false,
  reason,
  help,
  ...(detail ? { detail } : {}),
})

/** One short line of any thrown value, for logs and rows. Never a stack. */
export const lineOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 500) ?? ''

/** Narrowing helper for switches that must be exhaustive. */
export const never = (value: never): never => {
  throw new Error(`unexpected value ${JSON.stringify(value)}`)
}
