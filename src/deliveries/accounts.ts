import type { Payload, Where } from 'payload'
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

/** A claim whose process died before the first event: nobody proved whose account it is. */
export const isMereClaim = ({ revision, active }: Pick<Channel, 'revision' | 'active'>): boolean =>
  revision === 0 && active !== true

/** The same as a question to the database: what is shown in lists. */
export const NO_MERE_CLAIM: Where = {
  or: [{ revision: { greater_than: 0 } }, { active: { equals: true } }],
}

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
  return isMereClaim(holder) ? { ok: true, row: holder } : takenBy(holder)
}
