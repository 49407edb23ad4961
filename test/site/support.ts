import type { Readable } from 'node:stream'
import { createHash } from 'node:crypto'
import type { Store } from '@/media/store'
import type { Reading } from '@/site/reading'
import type { EditionWork, SealedFile } from '@/site/work'
import { openNewsroom } from '../support/newsroom'

export const sha256 = (bytes: string | Uint8Array) =>
  createHash('sha256').update(bytes).digest('hex')

const FILES = {
  'web-hls': {
    'master.m3u8': [
      'application/vnd.apple.mpegurl',
      '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n1080.m3u8\n',
    ],
    '1080.m3u8': ['application/vnd.apple.mpegurl', '#EXTM3U\n#EXT-X-ENDLIST\n'],
    '1080.m4s': ['video/iso.segment', '0123456789abcdefghij'],
  },
  'web-mp4': { 'video.mp4': ['video/mp4', 'the plain file of the clip'] },
  poster: {
    'poster.jpg': ['image/jpeg', 'poster as jpeg'],
    '320.avif': ['image/avif', 'small avif'],
    '640.avif': ['image/avif', 'middle avif'],
    '640.webp': ['image/webp', 'middle webp'],
    '640.jpg': ['image/jpeg', 'middle jpeg'],
  },
} as const

/** A real newsroom, its real store, and the public doors, called without a socket. */
export const openSite = async () => {
  const newsroom = await openNewsroom({ PUBLIC_URL: 'http://site.test', SITE_NAME: 'Báo Thử' })
  const { openStore } = await import('@/media/store')
  const { readEditions } = await import('@/site/reading')
  const { sitePage } = await import('@/site/pages')
  const { siteMedia } = await import('@/site/serve-media')
  const edition = await import('@/site/edition')
  const { stageEdition } = await import('@/site/stage')
  const settle = await import('@/site/settle')
  const db = await import('@/records/db')
  const store: Store = openStore()
  const ready = await store.ready()
  if (!ready.ok) throw new Error(ready.line)
  const { payload } = newsroom
  const hands = { payload, store }
  const reading: Reading = readEditions(payload)

  const ask = async (
    path: string,
    more: { method?: string; headers?: Record<string, string>; reading?: Reading } = {},
  ) => {
    const request = new Request(`http://site.test${path}`, {
      method: more.method ?? 'GET',
      headers: more.headers ?? {},
    })
    const segments = path.split('/').filter((part) => part !== '')
    const from = more.reading ?? reading
    const response =
      segments[0] === 'm'
        ? await siteMedia({ reading: from, store, request, segments: segments.slice(1) })
        : await sitePage({ reading: from, request, segments })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  const sealed = async (key: string, mime: string, text: string): Promise<SealedFile> => {
    await store.putBytes(key, Buffer.from(text), { mime })
    return {
      path: key.split('/').at(-1) ?? key,
      bytes: Buffer.byteLength(text),
      sha256: sha256(text),
      mime,
      open: async (start) => (await store.open(key, { start })) ?? missing(key),
    }
  }

  let counter = 0
  /** One delivery of a clip whose files lie sealed in the store. */
  const clip = async (more: Partial<EditionWork> = {}): Promise<EditionWork> => {
    counter += 1
    const renditions: Record<string, SealedFile[]> = {}
    for (const [recipe, files] of Object.entries(FILES)) {
      renditions[recipe] = await Promise.all(
        Object.entries(files).map(([name, [mime, text]]) =>
          sealed(`sealed/${counter}/${recipe}/${name}`, mime, text),
        ),
      )
    }
    return { ...textWork(counter), kind: 'clip', renditions, ...more }
  }
  const text = (more: Partial<EditionWork> = {}): EditionWork => {
    counter += 1
    return { ...textWork(counter), ...more }
  }

  const save = async (work: EditionWork) => {
    const saved = await edition.saveEdition(hands, { work })
    if (!saved.ok) throw new Error(`refused: ${saved.reason}`)
    return saved
  }
  const rowOf = async (deliveryId: string) => {
    const where = { delivery: { equals: deliveryId } }
    const row = await db.findRow({ payload, collection: 'editions', where })
    if (!row) throw new Error(`no edition of ${deliveryId}`)
    return row
  }
  return {
    ...{ newsroom, payload, store, hands, reading, db, ask, sealed, clip, text, save, rowOf },
    ...edition,
    ...settle,
    stageEdition,
  }
}

export type Site = Awaited<ReturnType<typeof openSite>>

const missing = (key: string): Readable => {
  throw new Error(`${key} is not there`)
}

const textWork = (n: number): EditionWork => ({
  deliveryId: `delivery-${n}`,
  storyId: `story-${n}`,
  sealId: `seal-${n}`,
  sealDigest: sha256(`seal ${n}`),
  kind: 'text',
  story: {
    slug: `che-vao-vu-${n}`,
    title: `Chè vào vụ ${n}`,
    summary: 'Ba mươi tám hộ tự bán chè.',
    body: 'Đoạn thứ nhất.\n\nĐoạn thứ hai.',
    byline: 'PV Kinh tế',
    section: 'Kinh tế',
    sectionSlug: 'kinh-te',
    credit: 'tự sản xuất',
    signedBy: 'KT. Tổng biên tập',
  },
  variant: { title: '', text: '', tags: ['chè'] },
  facts: { durationSeconds: 92, width: 1920, height: 1080, hasSound: true },
  renditions: {},
  thumbnail: null,
})
