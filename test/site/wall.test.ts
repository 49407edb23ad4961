import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Reading, Shown } from '@/site/reading'
import { openSite, type Site } from './support'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.newsroom.close())

const DOORS = ['/', '/kinh-te', '/rss.xml', '/sitemap.xml']
const NEW = 'Chưa ai ký câu này'

/** Puts a story and its live edition; the story is written with everything short of a new signature. */
const published = async () => {
  const { payload, db } = site
  const insert = async (
    collection: 'sections' | 'sources' | 'stories',
    data: Record<string, string>,
  ) => {
    const made = await db.insertRow({ payload, collection, data })
    if (!made.ok) throw new Error(`${collection}: ${made.reason}`)
    return made.row.id
  }
  const work = await site.clip()
  const n = work.deliveryId
  const section = await insert('sections', { name: 'Kinh tế', slug: `kinh-te-${n}` })
  const source = await insert('sources', { name: `Nguồn ${n}`, credit: 'tự sản xuất' })
  const { title, summary, body, slug } = work.story
  const story = await insert('stories', {
    title,
    summary,
    body,
    slug,
    kind: 'clip',
    section,
    source,
  })
  const saved = await site.save({ ...work, storyId: story })
  return { story, paths: [saved.path, ...saved.mediaPaths] }
}

const bytesOf = async (paths: string[], reading?: Reading) =>
  Promise.all(
    paths.map(async (path) => {
      const { status, text } = await site.ask(path, reading ? { reading } : {})
      return `${path} ${status} ${text}`
    }),
  )

/** Writes the story by the Local API (which may refuse) and behind its back (which nothing refuses). */
const rewrite = async (story: string) => {
  const { payload, db } = site
  const words = { title: NEW, summary: NEW, body: NEW }
  await payload
    .update({ collection: 'stories', id: story, data: { ...words, revision: 0 } })
    .catch(() => null)
  await db.compareAndSet({ payload, collection: 'stories', id: story, expect: {}, set: words })
  const now = await db.rowById(payload, 'stories', story)
  expect(now).toMatchObject(words)
}

/** The addresses whose bytes a write to the story changes. */
const leaks = async (reading?: Reading) => {
  const { story, paths } = await published()
  const all = [...paths, ...DOORS]
  const before = await bytesOf(all, reading)
  await rewrite(story)
  const after = await bytesOf(all, reading)
  return all.filter((_, n) => before[n] !== after[n])
}

/** The wall taken away: pages that read the story's words. */
const readingStories = (): Reading => {
  const fresh = async (shown: Shown): Promise<Shown> => {
    const story = await site.db.rowById(site.payload, 'stories', shown.snapshot.story)
    const { title, summary, body } = { ...shown.snapshot, ...story }
    const words = { title, summary: summary ?? '', body: body ?? '' }
    return { ...shown, snapshot: { ...shown.snapshot, ...words } }
  }
  return {
    ...site.reading,
    at: async (path) => {
      const found = await site.reading.at(path)
      return found.is === 'live' ? { is: 'live', shown: await fresh(found.shown) } : found
    },
    latest: async (args) => Promise.all((await site.reading.latest(args)).map(fresh)),
  }
}

describe('the public', () => {
  it('reads editions and nothing else: a changed story changes no public byte', async () => {
    expect(await leaks()).toEqual([])
  })

  it('would see the change if pages read the story: the check above can fail', async () => {
    const leaking = await leaks(readingStories())
    expect(leaking).toContain('/')
    expect(leaking).toContain('/kinh-te')
    expect(leaking).toContain('/rss.xml')
    expect(leaking.some((path) => /^\/kinh-te\/./.test(path))).toBe(true)
  })
})
