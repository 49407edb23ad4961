import type { Payload } from 'payload'
import { record } from '@/audit/record'
import { nowIso } from '@/clock'
import { refuse, type Outcome } from '@/errors'
import type { Person } from '@/people/person'
import { change } from '@/records/change'
import type { RowEvent } from '@/records/event'
import { columnsOf, sealColumns, tellingOf } from './columns'
import { decide } from './decide'
import { actorOf, deskFactsOf, ensureDeskItem, sealedOf, type DeskItem } from './desk-item'
import { gather } from './gather'
import type { Hands } from './hands'
import { materialOf, type Material } from './material'
import { makeSeals, NO_SEALS } from './sealing'
import { markVoidSeals } from './seals-kept'
import type { ActionId, EffectId, StateId } from './states'

export type Act = {
  payload: Payload
  hands: Hands
  person: Person
  story: string
  action: ActionId
  /** The desk item's revision that the person saw. */
  revision: number
  reason: string
  channels: string[]
}

export const STALE = refuse('stale', {
  vi: 'Vừa có người thay đổi tin này. Tải lại rồi làm tiếp.',
  en: 'Somebody just changed this story. Reload and go on.',
})

export const ABSENT = refuse('absent', { vi: 'Không có tin này.', en: 'There is no such story.' })

/** The one door: nothing else moves a story to another state, but for the claim of a save. */
export const act = async (args: Act): Promise<Outcome<{ item: DeskItem; seals: number }>> => {
  const { payload, person, story, action } = args
  const [item, material] = [await ensureDeskItem(payload, story), await materialOf(payload, story)]
  if (!item || !material) return ABSENT
  const done = item.revision === args.revision ? await attempt(args, item, material) : STALE
  if (done.ok) return done
  await record({
    payload,
    actor: actorOf(person),
    action: `story.${action}`,
    outcome: 'refused',
    subject: 'desk-items',
    subjectId: item.id,
    story,
    reason: done.reason,
    detail: { state: item.state, revision: item.revision },
  })
  return done
}

const attempt = async (
  args: Act,
  item: DeskItem,
  material: Material,
): Promise<Outcome<{ item: DeskItem; seals: number }>> => {
  const { payload, hands, person, story, action, reason } = args
  const channels = [...new Set(args.channels)]
  const facts = await gather({
    payload,
    hands,
    material,
    item,
    person,
    asked: { reason, channels },
  })
  const decision = decide({ action, person, desk: deskFactsOf(item), facts })
  if (!decision.ok) return decision
  const signing = decision.effects.includes('seal-chosen')
  const made = signing ? await makeSeals({ args, item, material, channels }) : NO_SEALS
  if (!made.ok) return made
  const set = {
    ...columnsOf({ person, reason, item, material, decision }),
    ...sealColumns(item, made.sealed, signing),
  }
  const event = eventOf({ args, item, decision, detail: made.detail })
  const { id, revision } = item
  const changed = await change({ payload, collection: 'desk-items', id, revision, set, event })
  if (!changed.ok) {
    const lost = Object.values(made.sealed)
    await markVoidSeals({ payload, story, why: 'not-signed', lost })
    return STALE
  }
  if (decision.effects.includes('void-all')) {
    await markVoidSeals({ payload, story, why: action, lost: Object.values(sealedOf(item)) })
  }
  return { ok: true, item: changed.row, seals: Object.keys(made.sealed).length }
}

const eventOf = (of: {
  args: Act
  item: DeskItem
  decision: { to: StateId; effects: readonly EffectId[] }
  detail: Record<string, string>
}): RowEvent => {
  const { args, item, decision } = of
  const voided = decision.effects.includes('void-all') ? Object.keys(sealedOf(item)).length : 0
  const contentRevision = item.contentRevision ?? 0
  return {
    action: `story.${args.action}`,
    actor: actorOf(args.person),
    at: nowIso(),
    story: args.story,
    reason: args.reason,
    detail: { from: item.state, to: decision.to, contentRevision, voided, ...of.detail },
    tell: tellingOf(args.story, item, decision.effects),
  }
}
