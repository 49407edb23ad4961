import {
  ValidationError,
  type CollectionAfterChangeHook,
  type CollectionAfterErrorHook,
  type CollectionBeforeChangeHook,
  type PayloadRequest,
} from 'payload'
import { compareAndSet } from '@/records/db'
import { newSlug, nfc, searchText } from '@/stories/text'
import { checkWords } from './check-words'
import { claimStory } from './claim'
import { actorOf, ensureDeskItem } from './desk-item'
import { refuseSave, saver } from './save-refusals'
import { takeSent } from './save-door'

type Words = Record<string, unknown>

const TEXTS = ['title', 'summary', 'body', 'byline', 'note']

const text = (data: Words, name: string): string => {
  const value = data[name]
  return typeof value === 'string' ? value : ''
}

export const normalised = (data: Words, names: readonly string[]): Words =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      names.includes(name) && typeof value === 'string' ? nfc(value) : value,
    ]),
  )

const searchable = (data: Words) =>
  searchText(['title', 'summary', 'body', 'byline'].map((name) => text(data, name)))

/** Claims under way, so that a save which failed for its own words can be given back at once. */
const claims = new WeakMap<PayloadRequest, { item: string; contentRevision: number }>()

/** A new story: who made it, its address, revision 0. A save: the next revision, claimed before it is written. */
export const beforeStory: CollectionBeforeChangeHook = async ({
  collection,
  data,
  operation,
  originalDoc,
  req,
}) => {
  const person = saver(req)
  const words = normalised(data, TEXTS)
  if (operation === 'create') {
    const slug = newSlug(text(words, 'title'))
    return { ...words, author: person.id, slug, revision: 0, searchText: searchable(words) }
  }
  const story = String(originalDoc.id)
  const sent = takeSent(req, story)
  await checkWords({ collection, data: { ...words, revision: sent }, before: originalDoc, req })
  const claim = await claimStory({
    payload: req.payload,
    person,
    story,
    sent,
    original: originalDoc.revision,
  })
  if (!claim.ok) return refuseSave({ req, person, action: 'story.save', story, refusal: claim })
  const contentRevision = claim.item.contentRevision ?? 0
  claims.set(req, { item: claim.item.id, contentRevision })
  const { author, slug } = originalDoc
  return { ...words, author, slug, revision: contentRevision, searchText: searchable(words) }
}

/** A process that dies before this leaves a story without a desk item; the sweeper and every action make it. */
export const afterStory: CollectionAfterChangeHook = async ({ doc, operation, req }) => {
  claims.delete(req)
  if (operation === 'create') await ensureDeskItem(req.payload, String(doc.id), actorOf(saver(req)))
  return doc
}

/** Words that break a field's own rule were never written: the next save need not wait for the claim to grow old. */
export const afterStoryError: CollectionAfterErrorHook = async ({ error, req }) => {
  const claim = claims.get(req)
  claims.delete(req)
  if (!claim || !(error instanceof ValidationError)) return
  await compareAndSet({
    payload: req.payload,
    collection: 'desk-items',
    id: claim.item,
    expect: { contentRevision: claim.contentRevision },
    set: { claimedAt: 0 },
  })
}
