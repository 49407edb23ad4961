import { wait } from '@/clock'
import { lineOf } from '@/errors'
import { logOf } from '@/log'

const log = logOf('worker')

/** A bell that wakes whoever waits for it; rung while nobody waits, it is heard by the next one at once. */
export type Doorbell = {
  ring: () => void
  /** Resolves at the next ring, after `ms`, or when the signal aborts. */
  heard: (ms: number, signal: AbortSignal) => Promise<void>
}

export const doorbell = (): Doorbell => {
  let rung = false
  let answer = new AbortController()
  return {
    ring: () => {
      rung = true
      answer.abort()
    },
    heard: async (ms, signal) => {
      if (!rung) await wait(ms, AbortSignal.any([signal, answer.signal]))
      rung = false
      answer = new AbortController()
    },
  }
}

/**
 * Keeps at most `atOnce` rows of one weight in hand, each the next in turn at the moment a slot is free. Ends when the
 * signal aborts and what was in hand came to rest.
 */
export const runLane = async (args: {
  atOnce: number
  next: (busy: ReadonlySet<string>) => Promise<string | null>
  hear: (key: string) => Promise<void>
  bell: Doorbell
  everyMs: number
  signal: AbortSignal
}): Promise<void> => {
  const { atOnce, next, hear, bell, everyMs, signal } = args
  const inHand = new Map<string, Promise<void>>()
  const take = (key: string) => {
    // The row counts its own failure; here only the slot is of interest.
    const work = hear(key)
      .catch(() => undefined)
      .finally(() => {
        inHand.delete(key)
        bell.ring()
      })
    inHand.set(key, work)
  }
  while (!signal.aborted) {
    const key = inHand.size < atOnce ? await nextOr(next, new Set(inHand.keys())) : null
    if (key) take(key)
    else await bell.heard(everyMs, signal)
  }
  await Promise.all(inHand.values())
}

const nextOr = (
  next: (busy: ReadonlySet<string>) => Promise<string | null>,
  busy: ReadonlySet<string>,
): Promise<string | null> =>
  next(busy).catch((error: unknown) => {
    log.warn({ err: lineOf(error) }, 'the rows are out of reach; asked again soon')
    return null
  })
