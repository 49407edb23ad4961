import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'
import { sha256, storyIn } from './support'

let newsroom: Newsroom
let reporter: TestPerson
let editor: TestPerson
let store: import('@/media/store').Store
let db: typeof import('@/records/db')
const bytes = randomBytes(1000)

beforeAll(async () => {
  newsroom = await openNewsroom({ PUBLIC_URL: 'http://site.test' })
  reporter = await newsroom.person('reporter')
  editor = await newsroom.person('editor')
  store = (await import('@/media/store')).openStore()
  await store.ready()
  db = await import('@/records/db')
})
afterAll(() => newsroom.close())

const insert = async (
  collection: 'assets' | 'uploads' | 'renditions' | 'deliveries',
  data: Record<string, string | number | boolean>,
) => {
  const made = await db.insertRow({ payload: newsroom.payload, collection, data })
  if (!made.ok) throw new Error('the row exists already')
  return made.row
}
/** A rendition of a clip that the reporter sent, of one file with the bytes above. */
const rendition = async (recipe: string, file = { path: 'proxy.mp4', mime: 'video/mp4' }) => {
  const sha = randomBytes(32).toString('hex')
  const storeKey = `originals/${sha.slice(0, 32)}/source`
  const { id: asset } = await insert('assets', {
    sha256: sha,
    storeKey,
    state: 'ready',
    revision: 0,
  })
  const prefix = `renditions/${randomBytes(16).toString('hex')}/`
  await store.putBytes(prefix + file.path, bytes, { mime: file.mime })
  const story = await storyIn(newsroom, 'draft', reporter)
  await insert('uploads', {
    tusId: randomBytes(16).toString('hex'), owner: reporter.id, story, asset, state: 'accepted', revision: 0, pending: false,
  }) // prettier-ignore
  const files = JSON.stringify([{ ...file, bytes: bytes.length, sha256: sha256(bytes) }])
  const row = await insert('renditions', {
    key: `${asset}:${recipe}:1`,
    asset,
    recipe,
    prefix,
    files,
    sha256: sha256(bytes),
  })
  return row.id
}

const ask = async (asked: {
  rendition: string
  path?: string
  as?: TestPerson | null
  method?: string
  headers?: Record<string, string>
}) => {
  const { serveDeskMedia } = await import('@/assets/desk-media')
  const as = asked.as === undefined ? editor : asked.as
  const request = new Request('http://localhost:3000/desk-media/x/y', {
    method: asked.method ?? 'GET',
    headers: { ...(as ? { Authorization: `JWT ${as.token}` } : {}), ...asked.headers },
  })
  const answer = await serveDeskMedia({
    payload: newsroom.payload, store, request, rendition: asked.rendition, path: asked.path ?? 'proxy.mp4',
  }) // prettier-ignore
  return {
    status: answer.status,
    headers: answer.headers,
    body: Buffer.from(await answer.arrayBuffer()),
  }
}

describe('media for the desk', () => {
  it('comes whole, with its type and nothing that a cache may keep', async () => {
    const answer = await ask({ rendition: await rendition('proxy') })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'video/mp4'])
    expect(answer.body.equals(bytes)).toBe(true)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('etag')).toBe(`"${sha256(bytes)}"`)
  })

  it.each([
    ['bytes=0-99', 206, 'bytes 0-99/1000', [0, 100]],
    ['bytes=900-', 206, 'bytes 900-999/1000', [900, 1000]],
    ['bytes=-10', 206, 'bytes 990-999/1000', [990, 1000]],
    ['bytes=990-5000', 206, 'bytes 990-999/1000', [990, 1000]],
    ['bytes=5-1', 200, null, [0, 1000]],
    ['bytes=0-1,5-9', 200, null, [0, 1000]],
  ])('lets a player seek: %s', async (range, status, said, [from = 0, to = 0]) => {
    const answer = await ask({ rendition: await rendition('web-mp4'), headers: { Range: range } })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([status, said])
    expect(answer.body.equals(bytes.subarray(from, to))).toBe(true)
  })

  it('says so when a span lies past the end', async () => {
    const answer = await ask({
      rendition: await rendition('web-mp4'),
      headers: { Range: 'bytes=1000-' },
    })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */1000'])
  })

  it('gives the whole file when the player’s half is of other bytes', async () => {
    const headers = { Range: 'bytes=0-9', 'If-Range': '"something else"' }
    expect((await ask({ rendition: await rendition('web-mp4'), headers })).status).toBe(200)
  })

  it('tells the length without the bytes', async () => {
    const answer = await ask({ rendition: await rendition('web-mp4'), method: 'HEAD' })
    expect([answer.status, answer.headers.get('content-length'), answer.body.length]).toEqual([
      200,
      '1000',
      0,
    ])
  })

  it('serves only what the rendition lists', async () => {
    const id = await rendition('web-hls', {
      path: 'master.m3u8',
      mime: 'application/vnd.apple.mpegurl',
    })
    const listed = await ask({ rendition: id, path: 'master.m3u8' })
    expect([listed.status, listed.headers.get('content-type')]).toEqual([
      200,
      'application/vnd.apple.mpegurl',
    ])
    expect((await ask({ rendition: 'no-such-rendition' })).status).toBe(404)
    for (const path of ['../source', 'proxy.mp4', '', 'master.m3u8/']) {
      expect((await ask({ rendition: id, path })).status).toBe(404)
    }
  })

  it('is for the desk; a reporter sees the proxy and the stills of their own clip, and nothing of others', async () => {
    const [proxy, hls] = [await rendition('proxy'), await rendition('web-hls')]
    const stranger = await newsroom.person('reporter')
    const seen = async (id: string, as: TestPerson | null) =>
      (await ask({ rendition: id, as })).status
    expect(await seen(proxy, null)).toBe(401)
    expect(await seen(proxy, reporter)).toBe(200)
    expect(await seen(hls, reporter)).toBe(404)
    expect(await seen(proxy, stranger)).toBe(404)
    for (const role of ['producer', 'head', 'audience', 'inspector']) {
      expect([role, await seen(proxy, await newsroom.person(role))]).toEqual([role, 200])
    }
    expect(await seen(proxy, await newsroom.person('admin'))).toBe(404)
  })
})

describe('a reporter’s own items', () => {
  it('come in one call: where each stands, its file, its clip; and only one’s own', async () => {
    const { payload } = newsroom
    const sender = await newsroom.person('reporter')
    const section = await payload.create({
      collection: 'sections',
      data: { name: 'Xã hội', slug: 'xa-hoi' },
    })
    const source = await payload.create({
      collection: 'sources',
      data: { name: 'Tự sản xuất', credit: 'Tòa soạn', own: true },
    })
    const body = { kind: 'clip', title: 'Cầu mới', section: section.id, source: source.id }
    const made = await newsroom.call({ method: 'POST', path: '/stories', body, as: sender })
    const story = String((made.body.doc as { id: string }).id)
    const help = { vi: 'Hãy gửi video.', en: 'Send a video.' }
    await insert('uploads', {
      tusId: 'b'.repeat(32), owner: sender.id, story, filename: 'a.mov', bytes: 7, state: 'refused', refusal: 'not-media',
      refusalHelp: JSON.stringify(help), revision: 0, pending: false,
    }) // prettier-ignore
    const mine = await newsroom.call({ path: '/my-stories', as: sender })
    const found = (mine.body.items as Record<string, unknown>[]).find(
      (item) => item.story === story,
    )
    expect(found).toMatchObject({
      title: 'Cầu mới',
      state: 'draft',
      revision: 0,
      section: String(section.id),
      upload: { state: 'refused', refusal: 'not-media', help, bytes: 7 },
      asset: null,
      thumb: null,
    })
    const outward = async (state: string) => {
      const sent = { story, platform: 'website', state, dueAt: '2026-11-21T13:00:00.000Z', url: 'http://site.test/xa-hoi/cau-moi' } // prettier-ignore
      await insert('deliveries', { key: `${story}:${state}`, channel: state, number: 1, revision: 0, pending: false, ...sent }) // prettier-ignore
      const { body: now } = await newsroom.call({ path: '/my-stories', as: sender })
      return (now.items as Record<string, unknown>[]).find((item) => item.story === story)?.outward
    }
    expect(await outward('planned')).toBeNull()
    expect(await outward('withdrawn')).toEqual({ state: 'withdrawn', url: null })
    expect(await outward('published')).toEqual({ state: 'out', url: 'http://site.test/xa-hoi/cau-moi' }) // prettier-ignore
    const stranger = await newsroom.person('reporter')
    expect((await newsroom.call({ path: '/my-stories', as: stranger })).body.items).toEqual([])
    expect((await newsroom.call({ path: '/my-stories' })).status).toBe(401)
  })
})
