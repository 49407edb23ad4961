import type { Payload } from 'payload'
import { mainAssetOf } from '@/assets/main-asset'
import { blockedOn, boundsOf, dayOf, type Rights } from '@/assets/rights'
import { rightsChain } from '@/assets/rights-of'
import { now, nowMs } from '@/clock'
import type { Refusal } from '@/errors'
import { findRows } from '@/records/db'
import { MACHINE } from '@/records/event'
import type { Session } from './claim'
import { timingOf } from './deps'
import { restFrom } from './listen'
import { no } from './refusals'
import type { Rest } from './rest'

const chainOf = async (payload: Payload, story: string): Promise<Rights[]> => {
  const asset = await mainAssetOf(payload, story)
  return asset ? rightsChain(payload, asset.id) : []
}

const dayWords = (day: string) => day.split('-').toReversed().join('/')

/** Why the story's tape may not go out at that hour; null when it may, and where nobody said anything of it. */
export const rightsAt = async (
  payload: Payload,
  story: string,
  at: string | Date,
): Promise<Refusal | null> => {
  const chain = await chainOf(payload, story)
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

/** At the hour: held, not ended. A lease made longer lets it go on by itself. */
export const rightsRest = async (session: Session): Promise<Rest | null> => {
  const { payload } = session.deps
  const refusal = await rightsAt(payload, session.row.story, now())
  return refusal ? heldFor(refusal, nowMs() + timingOf(session.deps).slowMs) : null
}

/** A platform's own timer asks nobody: where the lease does not reach its hour any more, it is cancelled there. */
export const disarmLapsed = async (payload: Payload): Promise<void> => {
  const armed = await findRows({
    payload,
    collection: 'deliveries',
    where: { armed: { equals: true } },
  })
  for (const row of armed) {
    const refusal = await rightsAt(payload, row.story, row.dueAt)
    if (!refusal) continue
    const rest = heldFor(refusal, nowMs() + 1_000)
    const action = 'delivery.held'
    await restFrom({ payload, delivery: row.id, actor: MACHINE, action, decide: () => rest })
  }
}
