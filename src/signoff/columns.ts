import { nowIso } from '@/clock'
import type { Person } from '@/people/person'
import type { Telling } from '@/records/event'
import { sealedStory, sealedVariant } from '@/stories/fields-sealed'
import { sealedOf, writeSealed, type DeskItem } from './desk-item'
import { clipName, type Cleared } from './gather'
import { wholeOf, type Material } from './material'
import type { EffectId, StateId } from './states'

type Columns = Record<string, string | number | boolean | null>

export const sealColumns = (
  item: DeskItem,
  sealed: Record<string, string>,
  signing: boolean,
): Columns =>
  signing ? { sealed: writeSealed({ ...sealedOf(item), ...sealed }), signedAt: nowIso() } : {}

/** What the effects of a decision write on the desk item. Shared with the saves, which have no reason and no snapshot. */
export const effectColumns = (effects: readonly EffectId[]): Columns => ({
  ...(effects.includes('forget-clearing') ? { clearer: '', seconder: '' } : {}),
  ...(effects.includes('void-all') ? { sealed: '' } : {}),
})

export const columnsOf = (of: {
  person: Person
  reason: string
  item: DeskItem
  material: Material
  decision: { to: StateId; effects: readonly EffectId[] }
}): Columns => {
  const { person, item, material, decision } = of
  const does = (effect: EffectId) => decision.effects.includes(effect)
  const { id } = person
  return {
    ...effectColumns(decision.effects),
    state: decision.to,
    ...(decision.to === item.state ? {} : { stateAt: nowIso(), reason: '' }),
    ...(does('note-editor') ? { editor: id } : {}),
    ...(does('note-second') ? { seconder: id } : {}),
    ...(does('note-reason') ? { reason: of.reason.trim() } : {}),
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
  const variants = material.variants.map(
    (variant) => [variant.channel, sealedVariant(variant, kind)] as const,
  )
  return {
    fields: whole ? sealedStory(whole) : {},
    variants: Object.fromEntries(variants),
    clip: clipName(material),
  }
}

/** Whom a change concerns besides the desk. */
export const tellingOf = (
  story: string,
  item: DeskItem,
  effects: readonly EffectId[],
): Telling[] => {
  const voids = effects.some((effect) => effect === 'void-all' || effect === 'void-channel')
  return [
    ...(effects.includes('seal-chosen')
      ? [{ job: 'story.signed' as const, payload: { story } }]
      : []),
    ...(voids && item.state === 'signed'
      ? [{ job: 'seal.void' as const, payload: { story } }]
      : []),
  ]
}
