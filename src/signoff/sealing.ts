import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'
import { nowIso } from '@/clock'
import { refuse, type Refusal } from '@/errors'
import type { Person } from '@/people/person'
import { insertRow } from '@/records/db'
import type { DeskItem } from './desk-item'
import { channelsOf } from './gather'
import type { Hands } from './hands'
import type { Material } from './material'
import { prepareSeal } from './seal'

const LOST = refuse('no-variant', {
  vi: 'Có kênh chưa có bản kênh. Viết bản kênh rồi ký.',
  en: 'A channel has no variant. Write it first.',
})

export type MadeSeals = { ok: true; sealed: Record<string, string>; detail: Record<string, string> }
export const NO_SEALS: MadeSeals = { ok: true, sealed: {}, detail: {} }

/**
 * Writes the seals BEFORE the desk item names them. A crash between the two leaves rows that nothing names, and a
 * seal that is not named holds nowhere; the other way round a signed story could lack its seals.
 */
export const makeSeals = async (of: {
  args: { payload: Payload; hands: Hands; person: Person; story: string }
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
    if (!variant || !takes) return LOST
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
    const row = await insertRow({
      payload: args.payload,
      collection: 'seals',
      data: { key, ...seal.row },
    })
    if (!row.ok) return LOST
    made.sealed[channel] = row.row.id
    made.detail[`seal ${channel}`] = String(seal.row.digest)
  }
  return made
}
