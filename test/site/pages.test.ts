import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createHash } from 'node:crypto'
import { openSite, sha256, type Site } from './support'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.newsroom.close())

const HOSTILE = '</title></script><script>alert(1)</script>"><img src=x onerror=alert(2)>'

describe('the page of a story', () => {
  it('shows what was signed: title, picture, clip, source, who signed, hour, share tags', async () => {
    const { useClock } = await import('@/clock')
    const putBack = useClock({ now: () => new Date('2026-11-21T13:01:00.000Z') })
    const saved = await site.save(await site.clip())
    const { status, text, headers } = await site.ask(saved.path)
    putBack()
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    for (const part of [
      '<!DOCTYPE html><html lang="vi">',
      `<meta name="ht-edition" content="${saved.digest}"/>`,
      `<link rel="canonical" href="http://site.test${saved.path}"/>`,
      '<meta property="og:image" content="http://site.test/m/',
      '20:01, 21/11/2026',
      'Nguồn: tự sản xuất · Người duyệt: KT. Tổng biên tập',
      '<p>Đoạn thứ nhất.</p><p>Đoạn thứ hai.</p>',
      'master.m3u8',
      'video.mp4',
      'poster.jpg',
    ]) {
      expect(text).toContain(part)
    }
  })

  it('tells machines the article and the clip', async () => {
    const saved = await site.save(await site.clip())
    const { text } = await site.ask(saved.path)
    const json = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(text)?.[1] ?? ''
    const graph = JSON.parse(json)['@graph']
    expect(graph).toMatchObject([
      { '@type': 'NewsArticle', inLanguage: 'vi', publisher: { name: 'Báo Thử' } },
      { '@type': 'VideoObject', duration: 'PT1M32S' },
    ])
  })

  it('escapes whatever stands in title, text, byline, tags and the data for machines', async () => {
    const work = site.text({ variant: { title: HOSTILE, text: HOSTILE, tags: [HOSTILE] } })
    work.story = {
      ...work.story,
      body: HOSTILE,
      byline: HOSTILE,
      credit: HOSTILE,
      section: HOSTILE,
    }
    const saved = await site.save(work)
    for (const path of [saved.path, '/', '/kinh-te', '/rss.xml']) {
      const { text } = await site.ask(path)
      expect(text).not.toContain('<script>alert')
      expect(text).not.toContain('<img src=x')
    }
    const { text, headers } = await site.ask(saved.path)
    expect(text.match(/<script/g)).toHaveLength(1) // the data for machines
    expect(headers.get('content-security-policy')).toContain("script-src 'none'")
  })

  it('has a policy that names its one style by hash, and scripts of ours only with a clip', async () => {
    const { text, headers } = await site.ask((await site.save(await site.clip())).path)
    const style = /<style>(.*?)<\/style>/s.exec(text)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain(`style-src 'sha256-${hash}'`)
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
    expect(text).not.toMatch(/ style="| on[a-z]+="/)
    expect(text.match(/<script(?! type="application\/ld)[^>]*>/g)).toEqual([
      '<script type="module" src="/js/player.js">',
    ])
  })

  it('answers 304 to a reader who has it, and HEAD without a body', async () => {
    const saved = await site.save(site.text())
    const first = await site.ask(saved.path)
    const etag = first.headers.get('etag') ?? ''
    expect(first.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate')
    const again = await site.ask(saved.path, { headers: { 'if-none-match': etag } })
    expect([again.status, again.text]).toEqual([304, ''])
    const head = await site.ask(saved.path, { method: 'HEAD' })
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', etag])
    const work = site.text({ storyId: (await site.rowOf(`delivery-${latest(saved.path)}`)).story })
    await site.save(work)
    const changed = await site.ask(saved.path, { headers: { 'if-none-match': etag } })
    expect(changed.status).toBe(200)
  })

  it('answers 503 when its row was rewritten in the database, and never shows the words', async () => {
    const work = await site.clip()
    const saved = await site.save(work)
    const row = await site.rowOf(work.deliveryId)
    const forged = row.snapshot.replace('Chè vào vụ', 'Chưa ai ký')
    expect(forged).not.toBe(row.snapshot)
    const set = { snapshot: forged }
    await site.db.compareAndSet({ ...rowAt(row.id), set })
    const page = await site.ask(saved.path)
    expect(page.status).toBe(503)
    expect(page.text).not.toContain('Chưa ai ký')
    expect((await site.ask('/')).text).not.toContain('Chưa ai ký')
    expect((await site.ask(saved.mediaPaths[0] ?? '')).status).toBe(503)
  })

  it('answers 503 when a row with a right hash stands at the address of another story', async () => {
    const mine = site.text()
    const saved = await site.save(mine)
    const other = site.text()
    await site.save(other)
    const { snapshot, digest } = await site.rowOf(other.deliveryId)
    const row = await site.rowOf(mine.deliveryId)
    expect(sha256(snapshot)).toBe(digest)
    await site.db.compareAndSet({ ...rowAt(row.id), set: { snapshot, digest } })
    expect((await site.ask(saved.path)).status).toBe(503)
  })
})

const rowAt = (id: string) =>
  ({ payload: site.payload, collection: 'editions', id, expect: {} }) as const

const latest = (path: string) => path.split('-').at(-1) ?? ''

describe('the other addresses', () => {
  it('home and section list live editions with their hour; an unknown section is 404', async () => {
    const work = await site.clip()
    const saved = await site.save(work)
    for (const path of ['/', '/kinh-te']) {
      const { status, text } = await site.ask(path)
      expect(status).toBe(200)
      expect(text).toContain(`href="${saved.path}"`)
      expect(text).toContain('▶ 1:32')
    }
    expect((await site.ask('/khong-co')).status).toBe(404)
  })

  it('a page whose first story has no picture begins with its title, and holds no empty box', async () => {
    const bare = site.text()
    const apart = { section: 'Giáo dục', sectionSlug: 'giao-duc', title: 'Trường mới' }
    await site.save({ ...bare, story: { ...bare.story, ...apart } })
    const { text } = await site.ask('/giao-duc')
    expect(text).toContain('<article class="lead"><p class="kicker">Giáo dục</p><h2>')
    expect(text).not.toContain('class="shot')
    await site.save(await site.clip())
    expect((await site.ask('/kinh-te')).text).toContain('<article class="lead"><a class="shot"')
  })

  it.each(['/kinh-te/khong-co', '/a/b/c', '/wp-login.php', '/KINH-TE/x', '/-x/y', '/%2e%2e/x'])(
    '%s is 404, is not kept in caches and says so in Vietnamese',
    async (path) => {
      const { status, text, headers } = await site.ask(path)
      expect([status, headers.get('cache-control')]).toEqual([404, 'no-store'])
      expect(text).toContain('Không có trang này')
    },
  )

  it('the feed and the sitemap name live editions only', async () => {
    const work = await site.clip()
    const saved = await site.save(work)
    for (const path of ['/rss.xml', '/sitemap.xml']) {
      const { status, text } = await site.ask(path)
      expect(status).toBe(200)
      expect(text).toContain(`http://site.test${saved.path}<`)
    }
    await site.withdrawEdition(site.hands, work)
    for (const path of ['/rss.xml', '/sitemap.xml']) {
      expect((await site.ask(path)).text).not.toContain(saved.path)
    }
  })
})
