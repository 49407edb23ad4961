import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openSite, sha256, type Site } from './support'

let site: Site
let useClock: (typeof import('@/clock'))['useClock']

beforeAll(async () => {
  site = await openSite()
  ;({ useClock } = await import('@/clock'))
})
afterAll(() => site.newsroom.close())

const keysOf = async (mediaRoot: string) => site.store.list(`public/${mediaRoot}/`)
const staged = async (work: Parameters<Site['save']>[0]) => {
  const answer = await site.stageEdition(site.hands, { work })
  if (!answer.ok) throw new Error(answer.reason)
  return answer.row
}
const aDayLater = () => {
  const later = new Date(Date.now() + 24 * 60 * 60_000)
  return useClock({ now: () => later })
}

describe('files that are copied before the hour', () => {
  it('are reached by no stranger, and the story is nowhere, until the edition is stored', async () => {
    const work = await site.clip()
    const { mediaRoot } = await staged(work)
    const keys = await keysOf(mediaRoot)
    expect(keys).toHaveLength(9)
    const paths = keys.map((key) => `/m/${key.replace('public/', '')}`)
    for (const path of paths) expect((await site.ask(path)).status).toBe(404)
    for (const path of ['/', '/kinh-te', '/rss.xml', '/sitemap.xml'])
      expect((await site.ask(path)).text).not.toContain(work.story.slug)
    expect(await site.findEdition(site.hands, work)).toBeNull()
    const saved = await site.save(work)
    expect(saved.mediaPaths.toSorted()).toEqual(paths.toSorted())
    for (const path of paths) expect((await site.ask(path)).status).toBe(200)
  })

  it('are not copied again at the hour', async () => {
    const work = await site.clip()
    await staged(work)
    const putFile = () => Promise.reject(new Error('a file was copied at the hour'))
    const hands = { ...site.hands, store: { ...site.store, putFile } }
    expect(await site.saveEdition(hands, { work })).toMatchObject({ ok: true })
  })

  it('stay however long the hour is away, and go when their delivery has ended without them', async () => {
    const [waiting, ended] = [await site.clip(), await site.clip()]
    const roots = [(await staged(waiting)).mediaRoot, (await staged(ended)).mediaRoot] as const
    const putBack = aDayLater()
    const isOver = async (delivery: string) => delivery === ended.deliveryId
    await site.sweepEditions(site.hands, { orphans: true, isOver })
    putBack()
    expect(await keysOf(roots[0])).toHaveLength(9)
    expect(await keysOf(roots[1])).toEqual([])
    expect(await site.saveEdition(site.hands, { work: ended })).toMatchObject({
      reason: 'withdrawn',
    })
  })

  it('without a row are swept when they are old', async () => {
    const mediaRoot = `${Date.now().toString(16).padStart(12, '0')}${'a'.repeat(20)}`
    await site.store.putBytes(`public/${mediaRoot}/poster/a.jpg`, Buffer.from('a'), {
      mime: 'image/jpeg',
    })
    await site.sweepEditions(site.hands, { orphans: true })
    expect(await keysOf(mediaRoot)).toHaveLength(1) // a copy under way is left alone
    const putBack = aDayLater()
    await site.sweepEditions(site.hands, { orphans: true })
    putBack()
    expect(await keysOf(mediaRoot)).toEqual([])
  })

  it('that were taken away again come anew from what was signed last, in another folder', async () => {
    const work = await site.clip()
    const first = await staged(work)
    await site.withdrawEdition(site.hands, work)
    expect(await keysOf(first.mediaRoot)).toEqual([])
    const second = await staged({ ...work, sealDigest: sha256('signed anew') })
    expect(second.mediaRoot).not.toBe(first.mediaRoot)
    expect(await keysOf(second.mediaRoot)).toHaveLength(9)
  })

  it('under an older signature are replaced, and a commit of the older one shows nothing', async () => {
    const work = await site.clip()
    const first = await staged(work)
    const second = await staged({ ...work, sealDigest: sha256('signed anew') })
    expect(await keysOf(first.mediaRoot)).toEqual([])
    const late = await site.saveEdition(site.hands, { work })
    expect(late).toMatchObject({ ok: false, reason: 'not-any-more' })
    expect((await site.ask(`/kinh-te/${work.story.slug}`)).status).toBe(404)
    expect(await keysOf(second.mediaRoot)).toHaveLength(9)
  })

  it('of which one is missing at the hour are not shown', async () => {
    const work = await site.clip()
    const [key = ''] = await keysOf((await staged(work)).mediaRoot)
    await site.store.remove(key)
    const saved = await site.saveEdition(site.hands, { work })
    expect(saved).toMatchObject({ ok: false, reason: 'copies-gone' })
    expect((await site.ask(`/kinh-te/${work.story.slug}`)).status).toBe(404)
  })

  /** What a broken disk or a wrong hand does: other bytes of the same length under one key. */
  const spoil = async (mediaRoot: string) => {
    const key = (await keysOf(mediaRoot)).find((one) => one.endsWith('video.mp4')) ?? ''
    await site.store.remove(key)
    const other = Buffer.from('the plain file of the cliP')
    await site.store.putBytes(key, other, { mime: 'video/mp4' })
  }

  it('of which one has other bytes of the same length are not shown, and they all go', async () => {
    const work = await site.clip()
    const { mediaRoot } = await staged(work)
    await spoil(mediaRoot)
    const saved = await site.saveEdition(site.hands, { work })
    expect(saved).toMatchObject({ ok: false, reason: 'bytes-differ' })
    expect((await site.ask(`/kinh-te/${work.story.slug}`)).status).toBe(404)
    expect(await keysOf(mediaRoot)).toEqual([])
  })

  it('are hashed before the commit, which then reads none of them again', async () => {
    const { verifyStaged } = await import('@/site/copies')
    const work = await site.clip()
    const { mediaRoot } = await staged(work)
    const looked = await verifyStaged(site.hands, { work })
    if (!looked.ok) throw new Error(looked.reason)
    const open = () => Promise.reject(new Error('a copy was read during the commit'))
    const hands = { ...site.hands, store: { ...site.store, open } }
    await expect(site.saveEdition(hands, { work })).rejects.toThrow('was read')
    expect(await site.saveEdition(hands, { work, hashed: looked.hashed })).toMatchObject({
      ok: true,
    })
    expect(await keysOf(mediaRoot)).toHaveLength(9)
  })

  it('that differ before the commit are refused there, and they all go', async () => {
    const { verifyStaged } = await import('@/site/copies')
    const work = await site.clip()
    const { mediaRoot } = await staged(work)
    await spoil(mediaRoot)
    const looked = await verifyStaged(site.hands, { work })
    expect(looked).toMatchObject({ ok: false, reason: 'bytes-differ' })
    expect(await keysOf(mediaRoot)).toEqual([])
  })

  it('of two editions that ask for one number at one address are shown one after the other', async () => {
    const work = await site.clip()
    const newer = await site.clip({ storyId: work.storyId, story: work.story })
    await staged(work)
    await staged(newer)
    const saved = await Promise.all([site.save(work), site.save(newer)])
    const found = await Promise.all([work, newer].map((one) => site.findEdition(site.hands, one)))
    expect(found.map((one) => one?.number).toSorted()).toEqual([1, 2])
    expect(new Set(saved.map(({ path }) => path)).size).toBe(1)
  })

  it('stop being copied when the work is somebody else’s', async () => {
    const work = await site.clip()
    let left = 3
    const alive = async () => {
      left -= 1
      if (left < 0) throw new Error('the lease is somebody else’s')
    }
    await expect(site.stageEdition(site.hands, { work, alive })).rejects.toThrow('somebody')
    expect(await keysOf((await site.rowOf(work.deliveryId)).mediaRoot)).toHaveLength(3)
  })
})
