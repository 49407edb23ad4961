import type { JobName, Jobs } from '@/queue/jobs'

/** Who did it, as it is written down. */
export type Actor = { id: string; name: string; roles: string }

export const MACHINE: Actor = { id: 'machine', name: 'Hội Tụ', roles: 'machine' }

/** One job to ring when the change is settled. */
export type Telling = { [N in JobName]: { job: N; payload: Jobs[N] } }[JobName]

/**
 * What one change says of itself. It rides on the changed row until it is copied to the audit and the outbox,
 * so a crash between any two writes loses nothing and repeats nothing.
 */
export type RowEvent = {
  action: string
  actor: Actor
  at: string
  reason?: string
  /** What the event is about, for people: usually the story's id. */
  story?: string
  detail?: Record<string, string | number | boolean | null>
  tell?: Telling[]
}
