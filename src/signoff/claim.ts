import type { Payload } from 'payload'
import { nowIso, nowMs } from '@/clock'
import type { Outcome, Refusal } from '@/errors'
import type { Person } from '@/people/person'
import { changeLatest } from '@/records/change'
import { rowById } from '@/records/db'
import { effectColumns, tellingOf } from './columns'
import { decide, type Decision } from './decide'
import {
  actorOf,
  deskFactsOf,
  ensureDeskItem,
  sealedOf,
  writeSealed,
  type DeskItem,
} from './desk-item'
import { SAVE } from './save-refusals'
import { markVoidSeals } from './seals-kept'

/** A claim older than this whose words never came belongs to a dead process. */
const CLAIM_DEAD_MS = 30_000

export const isDead = (claimedAt: number | null | undefined): boolean =>
  nowMs() - (claimedAt ?? 0) >= CLAIM_DEAD_MS

type Decided = Extract<Decision, { ok: true }>

const moved = (
  item: DeskItem,
  decision: Decided,
): Record<string, string | number | boolean | null> => ({
  ...effectColumns(decision.effects),
  state: decision.to,
  ...(decision.to === item.state ? {} : { stateAt: nowIso(), reason: '' }),
})

const isStale = (
  item: DeskItem,
  base: { sent: number; original: number; stored: number },
): boolean => {
  if (base.sent !== base.original || base.sent !== base.stored) return true
  const claimed = item.contentRevision ?? 0
  // Somebody claimed the next revision and has not written it yet, or died before they could.
  return claimed > base.sent && !isDead(item.claimedAt)
}

const claimed = (
  result: Awaited<ReturnType<typeof changeLatest<'desk-items', Refusal>>>,
): Outcome<{ item: DeskItem }> => {
  if (result.ok) return { ok: true, item: result.row }
  return 'stop' in result ? result.stop : SAVE.stale
}

/**
 * Claims the next revision of a story's words before they are written. The same write moves the story to the earliest
 * decision that the edit invalidates and lets go of its seals: there is no instant in which old seals name new words.
 */
export const claimStory = async (args: {
  payload: Payload
  person: Person
  story: string
  sent: number
  /** The revision of the document that Payload read to merge into. */
  original: number
}): Promise<Outcome<{ item: DeskItem }>> => {
  const { payload, person, story, sent, original } = args
  const item = await ensureDeskItem(payload, story)
  if (!item) return SAVE.absent
  let loose: string[] = []
  const result = await changeLatest<'desk-items', Refusal>({
    payload,
    collection: 'desk-items',
    id: item.id,
    decide: async (row) => {
      const decision = decide({ action: 'edit-story', person, desk: deskFactsOf(row) })
      if (!decision.ok) return { stop: decision }
      const stored = (await rowById(payload, 'stories', story))?.revision ?? -1
      if (isStale(row, { sent, original, stored })) return { stop: SAVE.stale }
      const contentRevision = Math.max(row.contentRevision ?? 0, sent) + 1
      loose = Object.values(sealedOf(row))
      return {
        set: {
          ...moved(row, decision),
          contentRevision,
          claimedAt: nowMs(),
          lastEditor: person.id,
        },
        event: {
          action: 'story.save',
          actor: actorOf(person),
          at: nowIso(),
          story,
          detail: { from: row.state, to: decision.to, contentRevision, voided: loose.length },
          tell: tellingOf(story, row, decision.effects),
        },
      }
    },
  })
  if (result.ok && loose.length > 0)
    await markVoidSeals({ payload, story, why: 'story-changed', lost: loose })
  return claimed(result)
}

/** May a variant of this story be saved now? Asked before anything is written. */
export const mayEditVariant = async (
  payload: Payload,
  person: Person,
  story: string,
): Promise<Outcome<object>> => {
  const item = await ensureDeskItem(payload, story)
  return item ? decide({ action: 'edit-variant', person, desk: deskFactsOf(item) }) : SAVE.absent
}

/** Tells the desk item of a variant that is about to be written; in `signed` the channel's seal goes with the same write. */
export const claimVariant = async (args: {
  payload: Payload
  person: Person
  story: string
  channel: string
  detail: Record<string, string | number | boolean>
}): Promise<Outcome<{ item: DeskItem }>> => {
  const { payload, person, story, channel } = args
  const item = await ensureDeskItem(payload, story)
  if (!item) return SAVE.absent
  let loose: string[] = []
  const result = await changeLatest<'desk-items', Refusal>({
    payload,
    collection: 'desk-items',
    id: item.id,
    decide: async (row) => {
      const decision = decide({ action: 'edit-variant', person, desk: deskFactsOf(row) })
      if (!decision.ok) return { stop: decision }
      const { [channel]: gone, ...kept } = sealedOf(row)
      loose = gone ? [gone] : []
      const voids: Record<string, string> = decision.effects.includes('void-channel')
        ? { sealed: writeSealed(kept) }
        : {}
      return {
        set: { ...voids, ...moved(row, decision), lastEditor: person.id },
        event: {
          action: 'variant.save',
          actor: actorOf(person),
          at: nowIso(),
          story,
          detail: {
            channel,
            from: row.state,
            to: decision.to,
            voided: loose.length,
            ...args.detail,
          },
          tell: [
            ...(gone ? tellingOf(story, row, decision.effects) : []),
            // What this channel binds may not be made yet; the words that follow change nothing about that.
            { job: 'asset.wanted', payload: { story, channel } },
          ],
        },
      }
    },
  })
  if (result.ok && loose.length > 0)
    await markVoidSeals({ payload, story, why: 'variant-changed', lost: loose })
  return claimed(result)
}
