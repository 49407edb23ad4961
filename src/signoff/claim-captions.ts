import type { Payload } from 'payload'
import { storiesWithClip } from '@/assets/main-asset'
import { CAPTIONS_RECIPE } from '@/captions/accepted'
import { nowIso } from '@/clock'
import type { Outcome, Refusal } from '@/errors'
import type { Person } from '@/people/person'
import { changeLatest } from '@/records/change'
import { findRows } from '@/records/db'
import { effectColumns, tellingOf } from './columns'
import { decide } from './decide'
import { actorOf, deskFactsOf, ensureDeskItem, sealedOf, writeSealed, type DeskItem } from './desk-item' // prettier-ignore
import { SAVE } from './save-refusals'
import { markVoidSeals } from './seals-kept'

type Claim = {
  payload: Payload
  person: Person
  asset: string
  detail: Record<string, string | number | boolean>
}

/** The channels that show captions: of a signed story only their seals fall, for only their readers see them. */
const showing = async (
  payload: Payload,
  ids: string[],
  bindsOf: (platform: string) => readonly string[],
): Promise<string[]> => {
  const rows = await findRows({ payload, collection: 'channels', where: { id: { in: ids } } })
  return rows.filter(({ platform }) => bindsOf(platform).includes(CAPTIONS_RECIPE)).map(({ id }) => id) // prettier-ignore
}

const movedTo = (row: DeskItem, state: string): Record<string, string> =>
  state === row.state ? {} : { state, stateAt: nowIso(), reason: '' }

type One = Claim & { story: string; bindsOf: (platform: string) => readonly string[] }

const claimOne = async ({ story, bindsOf, ...claim }: One): Promise<Refusal | null> => {
  const { payload, person } = claim
  const item = await ensureDeskItem(payload, story)
  if (!item) return null
  let loose: string[] = []
  const decided = async (row: DeskItem) => {
    const decision = decide({ action: 'edit-captions', person, desk: deskFactsOf(row) })
    if (!decision.ok) return { stop: decision }
    const sealed = sealedOf(row)
    const all = decision.effects.includes('void-all')
    const lost = all ? Object.keys(sealed) : await showing(payload, Object.keys(sealed), bindsOf)
    loose = lost.flatMap((channel) => sealed[channel] ?? [])
    const kept = Object.entries(sealed).filter(([channel]) => !lost.includes(channel))
    return {
      set: {
        ...effectColumns(decision.effects),
        ...movedTo(row, decision.to),
        sealed: writeSealed(Object.fromEntries(kept)),
        lastEditor: person.id,
      },
      event: {
        action: 'story.captions',
        actor: actorOf(person),
        at: nowIso(),
        story,
        detail: { from: row.state, to: decision.to, voided: loose.length, ...claim.detail },
        tell: loose.length > 0 ? tellingOf(story, row, decision.effects) : [],
      },
    }
  }
  const done = await changeLatest<'desk-items', Refusal>({ payload, collection: 'desk-items', id: item.id, decide: decided }) // prettier-ignore
  if (!done.ok) return 'stop' in done ? done.stop : SAVE.stale
  if (loose.length > 0)
    await markVoidSeals({ payload, story, why: 'captions-changed', lost: loose })
  return null
}

/**
 * Tells every story whose clip this is that its captions are about to change for readers: the write that notes it lets go
 * of the seals that bind them. Stories that are laid aside hold no seal and are passed by.
 */
export const claimCaptions =
  (bindsOf: (platform: string) => readonly string[]) =>
  async (claim: Claim): Promise<Outcome<{ story: string }>> => {
    const stories = await storiesWithClip(claim.payload, claim.asset)
    for (const story of stories) {
      const refusal = await claimOne({ ...claim, story, bindsOf })
      if (refusal && refusal.reason !== 'wrong-state') return refusal
    }
    return { ok: true, story: stories[0] ?? '' }
  }
