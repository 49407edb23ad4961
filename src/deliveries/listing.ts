import type { Payload } from 'payload'
import { findRows } from '@/records/db'
import type { Help } from '@/errors'
import { outwardNow, type Outward } from './hold'
import { outwardOf, type OutwardState } from './outward'
import { proofsOf, type Proof } from './proof'
import { actionsIn, isState, STATES, type PersonAction } from './states'

export type DeliveryView = {
  id: string
  story: string
  channel: string
  channelName: string
  platform: string
  number: number
  state: string
  label: Help
  dueAt: string
  url: string | null
  externalId: string | null
  revision: number
  code: string | null
  line: string | null
  actions: readonly PersonAction[]
  proof: Proof[]
}

/** Everything a screen of deliveries shows: of one story, or the newest of all. */
export const listDeliveries = async (args: {
  payload: Payload
  story?: string | undefined
}): Promise<{ deliveries: DeliveryView[]; outward: Outward; state: OutwardState | null }> => {
  const { payload, story } = args
  const [rows, channels, outward] = await Promise.all([
    findRows({
      payload,
      collection: 'deliveries',
      where: story ? { story: { equals: story } } : {},
      sort: '-dueAt',
      limit: 200,
    }),
    findRows({ payload, collection: 'channels', where: {} }),
    outwardNow(payload),
  ])
  const names = new Map(channels.map((channel) => [channel.id, channel.name]))
  const deliveries = rows.map((row) => ({
    id: row.id,
    story: row.story,
    channel: row.channel,
    channelName: names.get(row.channel) ?? '',
    platform: row.platform,
    number: row.number,
    state: row.state,
    label: isState(row.state) ? STATES[row.state].label : { vi: row.state, en: row.state },
    dueAt: row.dueAt,
    url: row.url || null,
    externalId: row.externalId || null,
    revision: row.revision,
    code: row.code || null,
    line: row.line || null,
    actions: actionsIn(row.state),
    proof: proofsOf(row),
  }))
  return { deliveries, outward, state: story ? outwardOf(rows) : null }
}
