import type { Payload } from 'payload'
import { mainAssetOf, storiesWithClip } from '@/assets/main-asset'
import { nowIso } from '@/clock'
import { changeLatest } from '@/records/change'
import { MACHINE } from '@/records/event'
import { effectColumns, tellingOf } from './columns'
import { deskItemOf, sealedOf } from './desk-item'
import { clearedOf, clipName } from './gather'
import { markVoidSeals } from './seals-kept'
import type { EffectId, StateId } from './states'

const DECIDED: readonly string[] = ['cleared', 'signed'] satisfies StateId[]
const UNDONE: readonly EffectId[] = ['forget-clearing', 'void-all']

/**
 * What was done to a clip changed: every story that was decided on with the clip as it was goes back to review. Its seals
 * hold no more since the change itself; this is what people see of that. May run twice: a story that was cleared again
 * since, with the clip as it is now, stays where it is.
 */
export const returnToReview = async (args: { payload: Payload; asset: string }): Promise<void> => {
  for (const story of await storiesWithClip(args.payload, args.asset))
    await returnOne(args.payload, story)
}

const returnOne = async (payload: Payload, story: string): Promise<void> => {
  const item = await deskItemOf(payload, story)
  if (!item) return
  let loose: string[] = []
  const done = await changeLatest<'desk-items', 'stands'>({
    payload,
    collection: 'desk-items',
    id: item.id,
    decide: async (row) => {
      const asset = await mainAssetOf(payload, story)
      if (!DECIDED.includes(row.state) || clearedOf(row)?.clip === clipName({ asset }))
        return { stop: 'stands' }
      loose = Object.values(sealedOf(row))
      return {
        set: { ...effectColumns(UNDONE), state: 'in-review', stateAt: nowIso(), reason: '' },
        event: {
          action: 'story.clip-changed',
          actor: MACHINE,
          at: nowIso(),
          story,
          detail: { from: row.state, to: 'in-review', voided: loose.length },
          tell: tellingOf(story, row, UNDONE),
        },
      }
    },
  })
  if (done.ok && loose.length > 0)
    await markVoidSeals({ payload, story, why: 'rendition-changed', lost: loose })
}
