import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'
import { nowIso } from '@/clock'
import type { Actor } from '@/records/event'
import { insertRow } from '@/records/db'

/** Writes down what changed no row: a refusal, a login, a sensitive read. Changes write themselves, by `settle`. */
export const record = async (args: {
  payload: Payload
  actor: Actor
  action: string
  outcome: 'done' | 'refused'
  subject: string
  subjectId: string
  story?: string
  reason?: string
  detail?: Record<string, string | number | boolean | null>
}): Promise<void> => {
  const key = `note:${randomUUID()}`
  await insertRow({
    payload: args.payload,
    collection: 'audit-entries',
    data: {
      key,
      at: nowIso(),
      actorId: args.actor.id,
      actorName: args.actor.name,
      actorRoles: args.actor.roles,
      action: args.action,
      outcome: args.outcome,
      subject: args.subject,
      subjectId: args.subjectId,
      story: args.story ?? '',
      reason: args.reason ?? '',
      detail: JSON.stringify(args.detail ?? {}),
      linked: false,
    },
  })
}
