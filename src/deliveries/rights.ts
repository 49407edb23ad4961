import type { Payload } from 'payload'
import { mainAssetOf } from '@/assets/main-asset'
import { blockedOn, boundsOf, dayOf, type Rights } from '@/assets/rights'
import { rightsChains } from '@/assets/rights-of'
import { nowMs } from '@/clock'
import type { Refusal } from '@/errors'
import { findRows } from '@/records/db'
import { MACHINE } from '@/records/event'
import { shownIn, variantOf } from '@/signoff/material'
import type { Delivery, Session } from './claim'
import { timingOf } from './deps'
import { restFrom } from './listen'
import { no } from './refusals'
import type { Rest } from './rest'

type Place = Pick<Delivery, 'story' | 'channel'>

/** Of all that this channel shows of the story: the tape, and a photograph that was chosen to stand for it. */
const chainOf = async (payload: Payload, { story, channel }: Place): Promise<Rights[]> => {
  const [asset, variant] = await Promise.all([
    mainAssetOf(payload, story),
    variantOf(payload, story, channel),
  ])
  return rightsChains(payload, shownIn({ asset, variants: variant ? [variant] : [] }))
}

const dayWords = (day: string) => day.split('-').toReversed().join('/')

/** Why what the channel shows may not go out at that hour; null when it may, and where nobody said anything of it. */
export const rightsAt = async (
  payload: Payload,
  place: Place,
  at: string | number,
): Promise<Refusal | null> => {
  const chain = await chainOf(payload, place)
  const blocked = blockedOn(chain, dayOf(at))
  if (!blocked) return null
  const { from, to } = boundsOf(chain)
  return no(blocked, { day: dayWords(blocked === 'rights-expired' ? to : from) })
}

const heldFor = ({ reason, help }: Refusal, nextAt: number): Rest => ({
  state: 'held',
  code: reason,
  line: help.vi,
  nextAt,
})

/** At its hour, or now where that is past: held, not ended. A lease made longer lets it go on by itself. */
export const rightsRest = async (session: Session): Promise<Rest | null> => {
  const { deps, row } = session
  const at = Math.max(nowMs(), Date.parse(row.dueAt))
  const refusal = await rightsAt(deps.payload, row, at)
  return refusal ? heldFor(refusal, nowMs() + timingOf(deps).slowMs) : null
}

/** A platform's own timer asks nobody: where the lease does not reach its hour any more, it is cancelled there. */
export const disarmLapsed = async (payload: Payload): Promise<void> => {
  const armed = await findRows({
    payload,
    collection: 'deliveries',
    where: { armed: { equals: true } },
  })
  for (const row of armed) {
    const refusal = await rightsAt(payload, row, row.dueAt)
    if (!refusal) continue
    const rest = heldFor(refusal, nowMs() + 1_000)
    const action = 'delivery.held'
    await restFrom({ payload, delivery: row.id, actor: MACHINE, action, decide: () => rest })
  }
}
