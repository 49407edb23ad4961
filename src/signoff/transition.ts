import type { Payload } from 'payload'
import { randomUUID } from 'node:crypto'
import { record } from '@/audit/record'
import { nowIso } from '@/clock'
import { refuse, type Outcome, type Refusal } from '@/errors'
import type { Person } from '@/people/person'
import { change } from '@/records/change'
import { insertRow } from '@/records/db'
import type { Telling } from '@/records/event'
import { sealedStory, sealedVariant } from '@/stories/fields-sealed'
import { decide } from './decide'
import { actorOf, deskFactsOf, ensureDeskItem, sealedOf, writeSealed, type DeskItem } from './desk-item'
import { channelsOf, clipName, gather, type Cleared } from './gather'
import type { Hands } from './hands'
import { materialOf, wholeOf, type Material } from './material'
import { prepareSeal } from './seal'
import { markVoidSeals } from './seals-kept'
import type { ActionId, EffectId, StateId } from './states'

type Columns = Record<string, string | number | boolean | null>

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
  const { payload, hands, person, action } = args
  const asked = { reason: args.reason, channels: [...new Set(args.channels)] }
  const facts = await gather({ payload, hands, material, item, person, asked })
  const decision = decide({ action, person, desk: deskFactsOf(item), facts })
  if (!decision.ok) return decision
  const signing = decision.effects.includes('seal-chosen')
  const made = signing ? await makeSeals({ args, item, material, channels: asked.channels }) : NO_SEALS
  if (!made.ok) return made
  const changed = await change({
    payload,
    collection: 'desk-items',
    id: item.id,
    revision: item.revision,
    set: { ...columnsOf({ args, item, material, decision }), ...sealColumns(item, made.sealed, signing) },
    event: {
      action: `story.${action}`,
      actor: actorOf(person),
      at: nowIso(),
      story: args.story,
      reason: args.reason,
      detail: { from: item.state, to: decision.to, contentRevision: item.contentRevision ?? 0, ...made.detail },
      tell: tellingOf(args.story, item, decision.effects),
    },
  })
  if (!changed.ok) {
    await markVoidSeals({ payload, story: args.story, why: 'not-signed', lost: Object.values(made.sealed) })
    return STALE
  }
  if (decision.effects.includes('void-all')) {
    await markVoidSeals({ payload, story: args.story, why: action, lost: Object.values(sealedOf(item)) })
  }
  return { ok: true, item: changed.row, seals: Object.keys(made.sealed).length }
}

type MadeSeals = { ok: true; sealed: Record<string, string>; detail: Record<string, string> }
const NO_SEALS: MadeSeals = { ok: true, sealed: {}, detail: {} }

/**
 * Writes the seals BEFORE the desk item names them. A crash between the two leaves rows that nothing names, and a
 * seal that is not named holds nowhere; the other way round a signed story could lack its seals.
 */
const makeSeals = async (of: {
  args: Act
  item: DeskItem
  material: Material
  channels: string[]
}): Promise<MadeSeals | Refusal> => {
  const { args, item, material } = of
  const rows = await channelsOf(args.payload, material)
  const signedAt = nowIso()
  const made: MadeSeals = { ok: true, sealed: {}, detail: {} }
  for (const channel of of.channels) {
    const variant = material.variants.find((one) => one.channel === channel)
    const takes = args.hands.takes(rows.find(({ id }) => id === channel)?.platform ?? '')
    if (!variant || !takes) return ABSENT
    const signature = {
      story: args.story,
      channel,
      contentRevision: item.contentRevision ?? 0,
      signer: args.person.id,
      signerName: args.person.name,
      capacity: 'head',
      shift: '',
      factor: 'password',
      signedAt,
    }
    const seal = prepareSeal({ material, variant, binds: takes.binds, signature })
    if (!seal.ok) return seal
    const key = `${args.story}:${channel}:${item.revision + 1}:${randomUUID()}`
    const row = await insertRow({ payload: args.payload, collection: 'seals', data: { key, ...seal.row } })
    if (!row.ok) return STALE
    made.sealed[channel] = row.row.id
    made.detail[`seal ${channel}`] = String(seal.row.digest)
  }
  return made
}

const sealColumns = (item: DeskItem, sealed: Record<string, string>, signing: boolean): Columns =>
  signing ? { sealed: writeSealed({ ...sealedOf(item), ...sealed }), signedAt: nowIso() } : {}

/** What the effects of a decision write on the desk item. Shared with the saves, which have no reason and no snapshot. */
export const effectColumns = (effects: readonly EffectId[]): Columns => ({
  ...(effects.includes('forget-clearing') ? { clearer: '', seconder: '' } : {}),
  ...(effects.includes('void-all') ? { sealed: '' } : {}),
})

const columnsOf = (of: {
  args: Act
  item: DeskItem
  material: Material
  decision: { to: StateId; effects: readonly EffectId[] }
}): Columns => {
  const { args, item, material, decision } = of
  const does = (effect: EffectId) => decision.effects.includes(effect)
  const { id } = args.person
  return {
    ...effectColumns(decision.effects),
    state: decision.to,
    ...(decision.to === item.state ? {} : { stateAt: nowIso(), reason: '' }),
    ...(does('note-editor') ? { editor: id } : {}),
    ...(does('note-second') ? { seconder: id } : {}),
    ...(does('note-reason') ? { reason: args.reason.trim() } : {}),
    ...(does('note-clearing')
      ? {
          clearer: id,
          clearedAt: nowIso(),
          clearedRevision: item.contentRevision ?? 0,
          clearedSnapshot: JSON.stringify(snapshotOf(material)),
          seconder: '',
        }
      : {}),
  }
}

const snapshotOf = (material: Material): Cleared => {
  const whole = wholeOf(material)
  const kind = material.story.kind
  const variants = material.variants.map((variant) => [variant.channel, sealedVariant(variant, kind)] as const)
  return {
    fields: whole ? sealedStory(whole) : {},
    variants: Object.fromEntries(variants),
    clip: clipName(material),
  }
}

/** Whom a change concerns besides the desk. */
export const tellingOf = (story: string, item: DeskItem, effects: readonly EffectId[]): Telling[] => {
  const voids = effects.some((effect) => effect === 'void-all' || effect === 'void-channel')
  return [
    ...(effects.includes('seal-chosen') ? [{ job: 'story.signed' as const, payload: { story } }] : []),
    ...(voids && item.state === 'signed' ? [{ job: 'seal.void' as const, payload: { story } }] : []),
  ]
}
