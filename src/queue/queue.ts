import Bull from 'bull'
import { env } from '@/env'
import { lineOf } from '@/errors'
import { logOf } from '@/log'
import type { Bell } from '@/records/bell'
import { QUEUE_OF, type JobName, type QueueName } from './jobs'

/**
 * The only file that knows Bull. Redis is the bell: a job carries the key of an outbox row and nothing else.
 * Nothing is closed: a queue holds nothing that a process must hand back, and Bull 4.16.5 throws past every handler
 * when it is closed while it still connects.
 */
export type Queues = {
  ring: Bell
  /** Calls `hear` for each key that comes in, at most `atOnce` at a time. */
  listen: (queue: QueueName, atOnce: number, hear: (key: string) => Promise<void>) => void
}

const log = logOf('queue')
const NAMES: QueueName[] = ['transcode', 'publish', 'upkeep', 'hear']
const KEEP_NOTHING = { attempts: 1, removeOnComplete: true, removeOnFail: true }

const redis = () => (env.REDIS_SOCKET ? { path: env.REDIS_SOCKET } : undefined)

const open = (name: QueueName): Bull.Queue<{ key: string }> => {
  const options: Bull.QueueOptions = {
    prefix: 'hoi-tu',
    // A stalled job is dropped, never re-run by Bull: the outbox row rings again, and the row's own lease decides.
    settings: { lockDuration: env.LEASE_MS, stalledInterval: env.LEASE_MS, maxStalledCount: 0 },
  }
  const socket = redis()
  const queue = env.REDIS_URL
    ? new Bull<{ key: string }>(name, env.REDIS_URL, options)
    : new Bull<{ key: string }>(name, { ...options, ...(socket ? { redis: socket } : {}) })
  queue.on('error', (error) =>
    log.warn({ queue: name, err: error.message }, 'Redis is out of reach'),
  )
  return queue
}

export const openQueues = (): Queues => {
  const queues = new Map(NAMES.map((name) => [name, open(name)]))
  const of = (name: QueueName) => {
    const queue = queues.get(name)
    if (!queue) throw new Error(`no queue ${name}`)
    return queue
  }
  return {
    ring: async ({ key, job }) => {
      const name = QUEUE_OF[job as JobName] // written by `settle`
      await of(name).add({ key }, { jobId: key, ...KEEP_NOTHING })
    },
    listen: (name, atOnce, hear) => {
      // The listener counts its own failures on the row; Bull need not know.
      const listening = of(name).process(atOnce, (job) => hear(job.data.key).catch(() => undefined))
      // Closed before it was ready, Bull rejects with nothing at all; the sweeper hears what a deaf queue misses.
      listening.catch((error: unknown) =>
        log.warn({ queue: name, err: lineOf(error) }, 'the queue no longer listens'),
      )
    },
  }
}
