import type { Payload } from 'payload'
import type { DeliveryDeps } from '@/deliveries/deps'
import type { Store } from '@/media/store'
import type { Room } from './support'

export const SITE = 'http://site.test'

/** The site's doors, called without a socket. */
export const doorsOf = async (payload: Payload, store: Store) => {
  const { readEditions } = await import('@/site/reading')
  const { siteMedia } = await import('@/site/serve-media')
  const { sitePage } = await import('@/site/pages')
  const reading = readEditions(payload)
  const ask: typeof globalThis.fetch = (input, init) => {
    const request = new Request(input instanceof Request ? input.url : input, init)
    const segments = new URL(request.url).pathname.split('/').filter((part) => part !== '')
    return segments[0] === 'm'
      ? siteMedia({ reading, store, request, segments: segments.slice(1) })
      : sitePage({ reading, request, segments })
  }
  return ask
}

/** The real seal, the real site and its real publisher, as the worker puts them together. */
export const withSite = async (
  room: Room,
  {
    payload = room.payload,
    store = room.store,
    timing = {},
  }: { payload?: Payload; store?: Store; timing?: DeliveryDeps['timing'] } = {},
): Promise<DeliveryDeps> => {
  const { publishersWith } = await import('@/publishers')
  const { findEdition, saveEdition, withdrawEdition } = await import('@/site/edition')
  const { stageEdition } = await import('@/site/stage')
  const { verifyStaged } = await import('@/site/copies')
  const hands = { payload, store }
  const website = {
    stageEdition: (input: Parameters<typeof stageEdition>[1]) => stageEdition(hands, input),
    verifyStaged: (input: Parameters<typeof verifyStaged>[1]) => verifyStaged(hands, input),
    saveEdition: (input: Parameters<typeof saveEdition>[1]) => saveEdition(hands, input),
    withdrawEdition: (input: Parameters<typeof withdrawEdition>[1]) =>
      withdrawEdition(hands, input),
    findEdition: (input: Parameters<typeof findEdition>[1]) => findEdition(hands, input),
    publicUrl: SITE,
    fetch: await doorsOf(room.payload, room.store),
  }
  return { ...room.deps, payload, store, publishers: publishersWith({ website }), timing }
}
