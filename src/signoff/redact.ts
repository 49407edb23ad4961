import type { Payload } from 'payload'
import { redactionRefusal, redactionsOf, saveRedactions } from '@/assets/dress'
import { factsOf } from '@/assets/demand'
import { failureOf } from '@/assets/failure-words'
import { deskUrl } from '@/assets/my-stories'
import { renditionsAsItCame, renditionsOf } from '@/assets/main-asset'
import { record } from '@/audit/record'
import { nowIso } from '@/clock'
import { refuse, type Outcome, type Refusal } from '@/errors'
import type { Redaction } from '@/media/redact'
import type { Person } from '@/people/person'
import { changeLatest } from '@/records/change'
import type { Row } from '@/records/db'
import { effectColumns, tellingOf } from './columns'
import { decide } from './decide'
import { actorOf, deskFactsOf, ensureDeskItem, sealedOf, type DeskItem } from './desk-item'
import { materialOf } from './material'
import { returnToReview } from './redressed'
import { markVoidSeals } from './seals-kept'
import { ABSENT, STALE } from './transition'

const NO_CLIP = refuse('clip-missing', {
  vi: 'Tin này chưa có clip để che.',
  en: 'This story has no clip to cover anything in.',
})

type Asked = { payload: Payload; person: Person; story: string }
/** `asset` is the clip that the boxes were drawn on. */
export type Redacting = Asked & { asset: string; revision: number; redactions: Redaction[] }

/** What is covered in a story's clip, and what the one who covers needs to see. Null when there is no such story. */
export const redactionsFor = async ({ payload, person, story }: Asked) => {
  const [item, material] = [await ensureDeskItem(payload, story), await materialOf(payload, story)]
  if (!item || !material) return null
  const { asset } = material
  if (!asset) return { clip: null }
  const may = decide({ action: 'edit-clip', person, desk: deskFactsOf(item) })
  const isProxy = (path: string) => path.endsWith('.mp4')
  const { durationSeconds, width, height, hasSound, hasPicture } = factsOf(asset)
  return {
    clip: { asset: asset.id, durationSeconds, width, height, hasSound, hasPicture },
    state: { state: asset.state, progress: asset.progress ?? 0, secondsLeft: asset.secondsLeft ?? null, failure: failureOf(asset) }, // prettier-ignore
    redactions: redactionsOf(asset),
    revision: asset.dressRevision ?? 0,
    savedBy: asset.redactedBy || null,
    may: may.ok,
    help: may.ok ? null : may.help,
    proxy: deskUrl(await renditionsOf(payload, asset.id), 'proxy', isProxy),
    // Only for who may redact, and so only shown to them: where a cover is wrong, one has to see what is under it.
    bare: may.ok && asset.dressing ? deskUrl(await renditionsAsItCame(payload, asset.id), 'proxy', isProxy) : null, // prettier-ignore
  }
}

/**
 * Covers and mutes. The desk item is claimed first, as by any edit: the one write that asks who and where also takes the
 * story back to the decision that this undoes. Other stories with the same clip follow by `returnToReview`.
 */
export const redact = async (args: Redacting): Promise<Outcome<{ revision: number }>> => {
  const { payload, person, story } = args
  const item = await ensureDeskItem(payload, story)
  const asset = item ? ((await materialOf(payload, story))?.asset ?? null) : null
  const done = item && asset ? await attempt(args, item, asset) : item ? NO_CLIP : ABSENT
  if (done.ok || !item) return done
  await record({
    payload,
    actor: actorOf(person),
    action: 'asset.redact',
    outcome: 'refused',
    subject: 'desk-items',
    subjectId: item.id,
    story,
    reason: done.reason,
    detail: { state: item.state },
  })
  return done
}

const attempt = async (
  args: Redacting,
  item: DeskItem,
  asset: Row<'assets'>,
): Promise<Outcome<{ revision: number }>> => {
  const { payload, person, revision, redactions } = args
  const first = decide({ action: 'edit-clip', person, desk: deskFactsOf(item) })
  if (!first.ok) return first
  // Another clip was sent meanwhile: what was drawn on the first one says nothing about this.
  if (args.asset !== asset.id) return STALE
  // Asked before anything is moved: a story does not lose its seals for a list that is refused.
  const refusal = await redactionRefusal(payload, asset.id, { revision, redactions })
  if (refusal) return refusal
  const claimed = await claim(args, item)
  if (!claimed.ok) return claimed
  const saved = await saveRedactions(args)
  if (!saved.ok) return saved
  await returnToReview({ payload, asset: asset.id })
  return { ok: true, revision: saved.row.dressRevision ?? 0 }
}

const claim = async (
  { payload, person, story }: Redacting,
  item: DeskItem,
): Promise<Outcome<object>> => {
  let loose: string[] = []
  const result = await changeLatest<'desk-items', Refusal>({
    payload,
    collection: 'desk-items',
    id: item.id,
    decide: async (row) => {
      const decision = decide({ action: 'edit-clip', person, desk: deskFactsOf(row) })
      if (!decision.ok) return { stop: decision }
      const { to, effects } = decision
      loose = effects.includes('void-all') ? Object.values(sealedOf(row)) : []
      return {
        set: {
          ...effectColumns(effects),
          state: to,
          ...(to === row.state ? {} : { stateAt: nowIso(), reason: '' }),
          lastEditor: person.id,
        },
        event: {
          action: 'clip.redact',
          actor: actorOf(person),
          at: nowIso(),
          story,
          detail: { from: row.state, to, voided: loose.length },
          tell: tellingOf(story, row, effects),
        },
      }
    },
  })
  if (result.ok) {
    if (loose.length > 0)
      await markVoidSeals({ payload, story, why: 'rendition-changed', lost: loose })
    return { ok: true }
  }
  return 'stop' in result ? result.stop : STALE
}
