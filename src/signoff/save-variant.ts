import type { CollectionAfterErrorHook, CollectionBeforeChangeHook, PayloadRequest } from 'payload'
import { nowMs } from '@/clock'
import type { Refusal } from '@/errors'
import type { Person } from '@/people/person'
import { compareAndSet, rowById } from '@/records/db'
import { checkWords } from './check-words'
import { claimVariant, isDead, mayEditVariant } from './claim'
import { variantKey, variantOf } from './material'
import { takeSent } from './save-door'
import { refuseSave, SAVE, saver } from './save-refusals'
import { normalised } from './save-story'

const TEXTS = ['title', 'text', 'tags', 'thumbnail']

type Saving = { req: PayloadRequest; person: Person; story: string; channel: string }

const refused = (saving: Saving, refusal: Refusal): Promise<never> =>
  refuseSave({
    req: saving.req,
    person: saving.person,
    action: 'variant.save',
    story: saving.story,
    refusal,
  })

/** A second variant of the same channel is forbidden by the unique key; here it is only told kindly. */
const beforeNew = async (
  saving: Saving,
): Promise<{ key: string; revision: number; claimed: number; claimedAt: number }> => {
  const { req, person, story, channel } = saving
  const row = await rowById(req.payload, 'channels', channel)
  if (row?.active !== true) return refused(saving, SAVE.channelOff)
  if (await variantOf(req.payload, story, channel)) return refused(saving, SAVE.duplicate)
  const claim = await claimVariant({
    payload: req.payload,
    person,
    story,
    channel,
    detail: { revision: 0 },
  })
  if (!claim.ok) return refused(saving, claim)
  return { key: variantKey(story, channel), revision: 0, claimed: 0, claimedAt: 0 }
}

/**
 * The variant's next revision is claimed by compare-and-set first, so that of two who write at once one stops here;
 * then the desk item is told, which lets go of the channel's seal; the words come last and carry the new revision.
 * Until they do, readers see the old words under the old number, and nobody can sign.
 */
const beforeChanged = async (
  saving: Saving,
  id: string,
  base: { sent: number; original: number },
): Promise<number> => {
  const { req, person, story, channel } = saving
  const { payload } = req
  const may = await mayEditVariant(payload, person, story)
  if (!may.ok) return refused(saving, may)
  const row = await rowById(payload, 'variants', id)
  if (!row || base.sent !== base.original || base.sent !== row.revision)
    return refused(saving, SAVE.stale)
  const before = row.claimed ?? 0
  if (before > base.sent && !isDead(row.claimedAt)) return refused(saving, SAVE.stale)
  const claimed = Math.max(before, base.sent) + 1
  const expect = { revision: base.sent, claimed: before }
  const set = { claimed, claimedAt: nowMs() }
  const taken = await compareAndSet({ payload, collection: 'variants', id, expect, set })
  if (!taken) return refused(saving, SAVE.stale)
  claims.set(req, { id, claimed })
  const claim = await claimVariant({
    payload,
    person,
    story,
    channel,
    detail: { revision: claimed },
  })
  if (!claim.ok) return refused(saving, claim)
  return claimed
}

const claims = new WeakMap<PayloadRequest, { id: string; claimed: number }>()

export const beforeVariant: CollectionBeforeChangeHook = async ({
  collection,
  data,
  operation,
  originalDoc,
  req,
}) => {
  const person = saver(req)
  const words = normalised(data, TEXTS)
  if (operation === 'create') {
    await checkWords({ collection, data: { ...words, key: 'new' }, before: {}, req })
    const saving = {
      req,
      person,
      story: String(words.story ?? ''),
      channel: String(words.channel ?? ''),
    }
    return { ...words, ...(await beforeNew(saving)) }
  }
  const { id, key, story, channel, revision: original } = originalDoc
  const sent = takeSent(req, String(id))
  await checkWords({ collection, data: words, before: originalDoc, req })
  const revision = await beforeChanged({ req, person, story, channel }, String(id), {
    sent,
    original,
  })
  return { ...words, key, story, channel, revision, claimed: revision, claimedAt: 0 }
}

/** A refused save wrote nothing: the next one need not wait for its claim to grow old. */
export const afterVariantError: CollectionAfterErrorHook = async ({ error, req }) => {
  const claim = claims.get(req)
  claims.delete(req)
  if (!claim || !['ValidationError', 'APIError'].includes(error.name)) return
  const { id, claimed } = claim
  await compareAndSet({
    payload: req.payload,
    collection: 'variants',
    id,
    expect: { claimed },
    set: { claimedAt: 0 },
  })
}
