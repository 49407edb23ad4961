import type { Payload } from 'payload'
import type { Outcome, Refusal } from '@/errors'
import { findRow, insertRow, type Row } from '@/records/db'
import { no } from './refusals'

export type Channel = Row<'channels'>

/** The platform's own id of an account names it for ever; what it calls itself may change. */
export const accountKeyOf = (platform: string, id: string): string => `${platform}:${id}`

export const takenBy = (channel: Channel): Refusal => no('account-taken', { channel: channel.name })

export const byAccount = (payload: Payload, accountKey: string) =>
  findRow({ payload, collection: 'channels', where: { accountKey: { equals: accountKey } } })

export const blank = (more: {
  name: string
  platform: string
  settings: string
  accountKey: string
}) => ({
  ...more,
  active: false,
  held: false,
  insurance: false,
  token: '',
  account: '',
  revision: 0,
  pending: false,
})

/**
 * The account is claimed by a unique column in one insert, so that of two at once one wins. A claim that was never
 * finished (its process died before the first event) is taken over.
 */
export const claimAccount = async (
  payload: Payload,
  data: { name: string; platform: string; settings: string; accountKey: string },
): Promise<Outcome<{ row: Channel }>> => {
  const made = await insertRow({ payload, collection: 'channels', data: blank(data) })
  if (made.ok) return made
  const holder = await byAccount(payload, data.accountKey)
  if (!holder) return no('stale')
  return holder.revision === 0 && !holder.active ? { ok: true, row: holder } : takenBy(holder)
}
