import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openSite, sha256, type Site } from './support'

let site: Site

beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.newsroom.close())

const publicKeys = () => site.store.list('public/')
const keysOf = (keys: string[], mediaRoot: string) => keys.filter((key) => key.includes(mediaRoot))

/** The hands of a process that dies at the given call. */
const dying = (method: 'putFile' | 'remove', at: number) => {
  let calls = 0
  const dies = (...args: never[]) => {
    calls += 1
    if (calls >= at) throw new Error('the process died')
    return (site.store[method] as (...all: never[]) => Promise<void>)(...args) // one of two, same shape of answer
  }
  return { ...site.hands, store: { ...site.store, [method]: dies } }
}

/** The hands of a process in which something happens at one kind of write to the database. */
const writing = (method: 'create' | 'updateOne', happens: (nth: number) => Promise<unknown>) => {
  let nth = 0
  const write = site.payload.db[method] as (...all: unknown[]) => Promise<unknown> // one of two
  const instead = async (...args: unknown[]) => {
    nth += 1
    await happens(nth)
    return write.apply(site.payload.db, args)
  }
  const payload = Object.create(site.payload, {
    db: { value: Object.create(site.payload.db, { [method]: { value: instead } }) },
  }) as Site['payload'] // the same, but for one method
  return { ...site.hands, payload }
}

describe('an edition', () => {
  it('is saved once, however often the same delivery asks', async () => {
    const work = await site.clip()
    const first = await site.save(work)
    const again = await site.save(work)
    expect(again).toEqual(first)
    expect(first.path).toBe(`/kinh-te/${work.story.slug}`)
    expect(first.mediaPaths).toHaveLength(9)
    const row = await site.rowOf(work.deliveryId)
    expect(sha256(row.snapshot)).toBe(first.digest)
    expect(keysOf(await publicKeys(), row.mediaRoot)).toHaveLength(9)
  })

  it('is one when two processes save the same delivery at once, and the loser leaves no files', async () => {
    const work = await site.clip()
    const before = (await publicKeys()).length
    const [a, b] = await Promise.all([site.save(work), site.save(work)])
    expect(a).toEqual(b)
    expect((await publicKeys()).length - before).toBe(9)
  })

  it('is refused when a byte was changed after signing, and nothing of it is public', async () => {
    const work = await site.clip()
    const before = await publicKeys()
    const flipped = work.renditions['web-mp4']?.[0]
    if (!flipped) throw new Error('the clip has no plain file')
    const key = `sealed/${work.deliveryId.replace('delivery-', '')}/web-mp4/video.mp4`
    await site.store.remove(key)
    await site.store.putBytes(key, Buffer.from('the plain file of the cliP'), { mime: 'video/mp4' })
    const refused = await site.saveEdition(site.hands, { work })
    expect(refused).toMatchObject({ ok: false, reason: 'bytes-differ' })
    expect(await publicKeys()).toEqual(before)
    expect(await site.findEdition(site.hands, work)).toMatchObject({
      state: 'withdrawn',
      number: 0,
    })
    expect((await site.ask(`/kinh-te/${work.story.slug}`)).status).toBe(404)
  })

  it('does not take the address of another story, nor one of the house', async () => {
    const first = await site.clip()
    await site.save(first)
    const other = site.text({ story: first.story })
    expect(await site.saveEdition(site.hands, { work: other })).toMatchObject({
      reason: 'path-taken',
    })
    const admin = site.text()
    admin.story = { ...admin.story, sectionSlug: 'admin' }
    expect(await site.saveEdition(site.hands, { work: admin })).toMatchObject({
      reason: 'bad-path',
    })
  })
})

describe('a correction', () => {
  it('replaces the edition at the same address and the old files go', async () => {
    const work = await site.clip()
    const old = await site.save(work)
    const newer = await site.clip({ storyId: work.storyId, correction: 'Con số đúng là 46 tấn.' })
    newer.story = { ...work.story, title: 'Tít đã sửa', slug: 'dia-chi-khac' }
    const saved = await site.save(newer)
    expect(saved.path).toBe(old.path)
    const page = await site.ask(saved.path)
    expect(page.text).toContain(`name="ht-edition" content="${saved.digest}"`)
    expect(page.text).toContain('Con số đúng là 46 tấn.')
    expect(await site.findEdition(site.hands, work)).toMatchObject({
      state: 'superseded',
      number: 1,
    })
    expect((await site.ask(old.mediaPaths[0] ?? '')).status).toBe(410)
    expect(keysOf(await publicKeys(), (await site.rowOf(work.deliveryId)).mediaRoot)).toEqual([])
  })

  it('taken down leaves nothing: the older edition does not come back', async () => {
    const work = await site.clip()
    await site.save(work)
    const newer = await site.clip({ storyId: work.storyId })
    const saved = await site.save(newer)
    await site.withdrawEdition(site.hands, newer)
    expect((await site.ask(saved.path)).status).toBe(410)
    expect((await site.ask('/')).text).not.toContain(saved.path)
  })
})

describe('a takedown', () => {
  it('answers 410 for page and media, removes the files, and may be repeated', async () => {
    const work = await site.clip()
    const saved = await site.save(work)
    expect((await site.ask(saved.path)).status).toBe(200)
    const withdrawn = await site.withdrawEdition(site.hands, work)
    expect(withdrawn).toMatchObject({ ok: true, path: saved.path, mediaPaths: saved.mediaPaths })
    expect(await site.withdrawEdition(site.hands, work)).toEqual(withdrawn)
    const statuses = await Promise.all(
      [saved.path, ...saved.mediaPaths].map(async (path) => (await site.ask(path)).status),
    )
    expect(new Set(statuses)).toEqual(new Set([410]))
    expect(keysOf(await publicKeys(), (await site.rowOf(work.deliveryId)).mediaRoot)).toEqual([])
    for (const path of ['/', '/kinh-te', '/rss.xml', '/sitemap.xml']) {
      expect((await site.ask(path)).text).not.toContain(work.story.slug)
    }
    expect(await site.saveEdition(site.hands, { work })).toMatchObject({ reason: 'withdrawn' })
  })

  it('shows at once although the files could not be removed yet, and the sweep removes them', async () => {
    const work = await site.clip()
    const saved = await site.save(work)
    await expect(site.withdrawEdition(dying('remove', 1), work)).rejects.toThrow('died')
    expect((await site.ask(saved.path)).status).toBe(410)
    expect((await site.ask(saved.mediaPaths[0] ?? '')).status).toBe(410)
    await site.sweepEditions(site.hands)
    const row = await site.rowOf(work.deliveryId)
    expect(row).toMatchObject({ state: 'withdrawn', settled: true })
    expect(keysOf(await publicKeys(), row.mediaRoot)).toEqual([])
  })

  it('that comes before the publishing forbids it', async () => {
    const work = await site.clip()
    await site.withdrawEdition(site.hands, work)
    expect(await site.saveEdition(site.hands, { work })).toMatchObject({ reason: 'withdrawn' })
    expect((await site.ask(`/kinh-te/${work.story.slug}`)).status).toBe(404)
  })
})

describe('a takedown beside a publishing', () => {
  it('wins when it comes while the files are copied: the edition is refused and leaves no files', async () => {
    const work = await site.clip()
    const before = await publicKeys()
    let calls = 0
    const store: Site['store'] = {
      ...site.store,
      putFile: async (...args) => {
        calls += 1
        if (calls === 4) await site.withdrawEdition(site.hands, work)
        await site.store.putFile(...args)
      },
    }
    const saved = await site.saveEdition({ ...site.hands, store }, { work })
    expect(saved).toMatchObject({ ok: false, reason: 'withdrawn' })
    expect(await publicKeys()).toEqual(before)
  })

  it('wins when it comes right before the one write that would show it', async () => {
    const work = await site.clip()
    const before = await publicKeys()
    await site.stageEdition(site.hands, { work })
    const once = [() => site.withdrawEdition(site.hands, work)]
    const hands = writing('updateOne', async () => once.pop()?.())
    const saved = await site.saveEdition(hands, { work })
    expect(saved).toMatchObject({ ok: false, reason: 'withdrawn' })
    expect(await publicKeys()).toEqual(before)
  })

  it('wins when the edition appears between its look and its write', async () => {
    const work = await site.clip()
    const once = [() => site.save(work)]
    const hands = writing('create', async () => once.pop()?.())
    const withdrawn = await site.withdrawEdition(hands, work)
    expect((await site.ask(withdrawn.path)).status).toBe(410)
    expect(withdrawn.mediaPaths).toHaveLength(9)
  })

  it('of a correction whose process died early takes the older edition down with it', async () => {
    const work = await site.clip()
    const saved = await site.save(work)
    const newer = await site.clip({ storyId: work.storyId })
    await site.stageEdition(site.hands, { work: newer })
    const hands = writing('updateOne', async (nth) => {
      if (nth > 1) throw new Error('the process died') // after the write that shows it
    })
    await expect(site.saveEdition(hands, { work: newer })).rejects.toThrow('died')
    expect(await site.findEdition(site.hands, work)).toMatchObject({ state: 'live' })
    await site.withdrawEdition(site.hands, newer)
    expect((await site.ask(saved.path)).status).toBe(410)
    expect((await site.ask(saved.mediaPaths[0] ?? '')).status).toBe(410)
    expect((await site.ask('/')).text).not.toContain(saved.path)
  })
})

describe('a process that dies', () => {
  it.each([1, 4, 9])(
    'while copying file %i leaves nothing public, and the next goes on there',
    async (at) => {
      const work = await site.clip()
      const before = await publicKeys()
      await expect(site.stageEdition(dying('putFile', at), { work })).rejects.toThrow('died')
      expect((await site.ask(`/kinh-te/${work.story.slug}`)).status).toBe(404)
      const row = await site.rowOf(work.deliveryId)
      const arrived = keysOf(await publicKeys(), row.mediaRoot)
      expect(arrived).toHaveLength(at - 1)
      expect(await site.stageEdition(dying('putFile', 11 - at), { work })).toMatchObject({
        ok: true,
      })
      const saved = await site.save(work)
      expect((await site.ask(saved.path)).status).toBe(200)
      expect((await site.rowOf(work.deliveryId)).mediaRoot).toBe(row.mediaRoot)
      expect(await publicKeys()).toHaveLength(before.length + 9)
    },
  )

  it('after the correction went live leaves it whole; the sweep takes the old edition away', async () => {
    const work = await site.clip()
    const old = await site.save(work)
    const newer = await site.clip({ storyId: work.storyId })
    await expect(site.saveEdition(dying('remove', 1), { work: newer })).rejects.toThrow('died')
    const found = await site.findEdition(site.hands, newer)
    const page = await site.ask(old.path)
    expect(page.text).toContain(`content="${found?.digest}"`)
    await site.sweepEditions(site.hands)
    expect(await site.rowOf(work.deliveryId)).toMatchObject({ state: 'superseded', settled: true })
    expect(await site.rowOf(newer.deliveryId)).toMatchObject({ state: 'live', settled: true })
    expect((await site.ask(found?.mediaPaths[0] ?? '')).status).toBe(200)
  })
})
