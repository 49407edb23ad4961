import { afterEach, expect, test } from '@jest/globals'
import type { Work } from '../../src/publishers/publisher'
import { websitePublisher } from '../../src/publishers/website/publisher'
import { digestIn } from '../../src/publishers/website/seen'
import type { SiteDouble } from './site-double'
import { startSiteDouble } from './site-double'
import { deskOf, withReceipt, workOf } from './support'

let site: SiteDouble | null = null
afterEach(async () => {
  await site?.close()
  site = null
})

const out = async (): Promise<{
  site: SiteDouble
  work: Work
  ctx: ReturnType<typeof deskOf>['ctx']
}> => {
  const started = await startSiteDouble()
  site = started
  const { ctx } = deskOf({})
  const answer = await websitePublisher(started.hands).commit(ctx, workOf())
  if (answer.is !== 'done') throw new Error(answer.is)
  return { site: started, work: withReceipt(workOf(), answer), ctx }
}

test('a stranger has seen it only when the page shows the digest of this edition', async () => {
  const on = await out()
  const publisher = websitePublisher(on.site.hands)
  expect(await publisher.seen(on.ctx, on.work)).toEqual({
    is: 'seen',
    status: 200,
    digest: 'd'.repeat(64),
  })
  on.site.showOtherDigest('e'.repeat(64))
  expect(await publisher.seen(on.ctx, on.work)).toMatchObject({ is: 'cannot-tell' })
})

test('a takedown that leaves the media readable is not gone', async () => {
  const on = await out()
  const publisher = websitePublisher(on.site.hands)
  on.site.forgetMedia()
  await publisher.retract(on.ctx, on.work)
  expect(await publisher.seen(on.ctx, on.work)).toEqual({
    is: 'cannot-tell',
    line: 'the page is gone, but /media/delivery-1/master.m3u8 answers 206',
  })
})

test('the stranger’s read carries no credentials and takes nothing from a cache', async () => {
  const on = await out()
  const asked: RequestInit[] = []
  const watching: typeof globalThis.fetch = (input, init) => {
    asked.push(init ?? {})
    return fetch(input, init)
  }
  await websitePublisher({ ...on.site.hands, fetch: watching }).seen(on.ctx, on.work)
  expect(asked).toHaveLength(3)
  for (const init of asked) {
    expect(init).toMatchObject({ cache: 'no-store', credentials: 'omit', redirect: 'manual' })
    expect(new Headers(init.headers).has('authorization')).toBe(false)
  }
})

test('what the site refuses is refused with its reason, and a clip without files is never handed over', async () => {
  const on = await out()
  const publisher = websitePublisher({
    ...on.site.hands,
    saveEdition: async () => ({
      ok: false,
      reason: 'seal-broken',
      help: { vi: 'Ấn đã vỡ', en: 'The seal is broken' },
    }),
  })
  expect(await publisher.commit(on.ctx, on.work)).toEqual({
    is: 'refused',
    code: 'seal-broken',
    line: 'The seal is broken',
  })
  expect(await publisher.prepare(on.ctx, workOf({ renditions: {} }))).toMatchObject({
    code: 'no-rendition',
  })
})

test('a site that is too busy says so, and is asked again: nothing is out', async () => {
  const on = await out()
  const busy = async () => ({
    ok: false as const,
    reason: 'too-slow',
    help: { vi: 'Đang bận', en: 'Busy' },
  })
  const publisher = websitePublisher({ ...on.site.hands, saveEdition: busy })
  expect(await publisher.commit(on.ctx, on.work)).toMatchObject({ is: 'later', line: 'Busy' })
})

test('what was hashed before the commit is told to the site at the commit', async () => {
  const on = await out()
  const told: (string | undefined)[] = []
  const publisher = websitePublisher({
    ...on.site.hands,
    verifyStaged: async () => ({ ok: true, hashed: 'these copies' }),
    saveEdition: (input) => {
      told.push(input.hashed)
      return on.site.hands.saveEdition(input)
    },
  })
  const looked = await publisher.verify?.(on.ctx, workOf())
  if (looked?.is !== 'done') throw new Error(looked?.is)
  await publisher.commit(on.ctx, workOf({ checkpoint: looked.checkpoint }))
  await publisher.commit(on.ctx, workOf())
  expect(told).toEqual(['these copies', undefined])
})

test('the edition’s mark is read whatever the order of its attributes, and only from the right tag', () => {
  expect(digestIn('<meta content="abc" name="ht-edition">')).toBe('abc')
  expect(digestIn('<meta name="ht-edition" content="abc"/>')).toBe('abc')
  expect(digestIn('<meta name="other" content="abc"><p>ht-edition</p>')).toBe(null)
})
