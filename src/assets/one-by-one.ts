import { wait } from '@/clock'

const TURN_MS = 10_000
const MOST_WAITING = 60

/**
 * One after another: two that begin at once must not both be given the last of the room. Nobody's turn is longer than
 * `turnMs`, and no more than `most` wait for theirs; null to whom it was cut short or who found too many before him.
 */
export const oneByOne = ({ turnMs = TURN_MS, most = MOST_WAITING } = {}) => {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  const turn = async <T>(work: (over: AbortSignal) => Promise<T>): Promise<T | null> => {
    const over = new AbortController()
    const done = new AbortController()
    const late = wait(turnMs, done.signal).then(() => {
      over.abort()
      return null
    })
    return Promise.race([work(over.signal), late]).finally(() => done.abort())
  }
  return <T>(work: (over: AbortSignal) => Promise<T>): Promise<T | null> => {
    if (waiting >= most) return Promise.resolve(null)
    waiting += 1
    const mine = last.then(() => turn(work)).finally(() => (waiting -= 1))
    last = mine.catch(() => undefined)
    return mine
  }
}

export const inTurn = oneByOne()
