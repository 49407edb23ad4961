/** The wall clock. The one file that reads the time, so that a test may stop it. */
export type Clock = { now: () => Date }

export const systemClock: Clock = { now: () => new Date() }

let current: Clock = systemClock

/** The present instant. */
export const now = (): Date => current.now()

/** The present instant as ISO 8601 in UTC, milliseconds kept. */
export const nowIso = (): string => now().toISOString()

/** Milliseconds since the epoch. */
export const nowMs = (): number => now().getTime()

/** For tests: plays another clock; returns a function that puts the old one back. */
export const useClock = (clock: Clock): (() => void) => {
  const before = current
  current = clock
  return () => {
    current = before
  }
}

/** The newsroom's time zone. Times are stored in UTC and shown in this zone. */
export const NEWSROOM_ZONE = 'Asia/Ho_Chi_Minh'

/** Resolves after `ms` milliseconds, or at once with `false` when the signal aborts. */
export const wait = (ms: number, signal?: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve(false)
    const stop = () => {
      clearTimeout(timer)
      resolve(false)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve(true)
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
