import type { Payload } from 'payload'
import { nowIso, nowMs } from '@/clock'
import { compareAndSet, findRows, rowById } from '@/records/db'
import { deskItemOf, sealedOf } from './desk-item'
import type { Sealed } from './seal'

/** What a seal bound, whether or not it still holds: taking something back needs no valid signature. */
export const readSeal = async (args: {
  payload: Payload
  seal: string
}): Promise<Sealed | null> => {
  const row = await rowById(args.payload, 'seals', args.seal)
  if (!row) return null
  const kept = JSON.parse(row.snapshot) as Pick<Sealed, 'words' | 'renditions'> // written by prepareSeal
  return { seal: { id: row.id, digest: row.digest }, ...kept }
}

/** A signature younger than this may still be on its way to the desk item. */
const YOUNG_MS = 60_000

/**
 * Writes on every seal that the desk item does not name that it is void. For people and reports: what counts is the
 * desk item. May run twice and any time; `lost` names seals whose signature is known to have failed.
 */
export const markVoidSeals = async (args: {
  payload: Payload
  story: string
  why?: string
  lost?: readonly string[]
}): Promise<number> => {
  const { payload, story } = args
  const item = await deskItemOf(payload, story)
  const named = new Set(item?.state === 'signed' ? Object.values(sealedOf(item)) : [])
  const rows = await findRows({
    payload,
    collection: 'seals',
    where: { and: [{ story: { equals: story } }, { voidedAt: { equals: '' } }] },
  })
  const old = (signedAt: string) => nowMs() - Date.parse(signedAt) > YOUNG_MS
  const loose = rows.filter(
    ({ id, signedAt }) => !named.has(id) && (old(signedAt) || args.lost?.includes(id)),
  )
  for (const row of loose) {
    const set = { voidedAt: nowIso(), voidReason: args.why ?? '' }
    await compareAndSet({ payload, collection: 'seals', id: row.id, expect: { voidedAt: '' }, set })
  }
  return loose.length
}
