import { hangBell } from '@/records/bell'
import { openQueues } from './queue'

/** The web process only rings. It connects at the first bell, so that no page waits for Redis. */
export const hangWebBell = (): void => {
  let queues: ReturnType<typeof openQueues> | undefined
  hangBell((row) => {
    queues ??= openQueues()
    return queues.ring(row)
  })
}
