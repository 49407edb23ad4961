import { createHash, randomBytes } from 'node:crypto'
import type { Newsroom, TestPerson } from '../support/newsroom'

type Db = typeof import('@/records/db')
type Store = ReturnType<(typeof import('@/media/store'))['openStore']>

export type Desk = {
  room: Newsroom
  db: Db
  store: Store
  reporter: TestPerson
  editor: TestPerson
  head: TestPerson
  audience: TestPerson
  section: string
  source: string
  channels: { website: string; video: string }
}

/** `keys` are the files that the website binds, `master` the one that YouTube takes. */
export type Clip = { asset: string; mp4: string; digest: string; keys: string[]; master: string }

const hash = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

const inserted = async (
  desk: Pick<Desk, 'room' | 'db'>,
  collection: never,
  data: Record<string, string | number | boolean>,
) => {
  const made = await desk.db.insertRow({ payload: desk.room.payload, collection, data })
  if (!made.ok) throw new Error('the row exists')
  return String((made.row as { id: unknown }).id)
}

const insert = (
  desk: Pick<Desk, 'room' | 'db'>,
  collection: string,
  data: Record<string, string | number | boolean>,
) => inserted(desk, collection as never, data)

/** A newsroom with its people, one section, one source and two channels. */
export const openDesk = async (room: Newsroom): Promise<Desk> => {
  const db = await import('@/records/db')
  const { openStore } = await import('@/media/store')
  const [reporter, editor, head, audience] = [
    await room.person('reporter'),
    await room.person('editor'),
    await room.person('head'),
    await room.person('audience'),
  ]
  const store = openStore()
  const ready = await store.ready() // makes the bucket of this test
  if (!ready.ok) throw new Error(ready.line)
  const on = { room, db }
  const channel = (name: string, platform: string) =>
    insert(on, 'channels', {
      name,
      platform,
      accountKey: `${platform}:${name}`,
      active: true,
      held: false,
      settings: '{}',
      revision: 0,
      pending: false,
    })
  return {
    ...on,
    store,
    reporter,
    editor,
    head,
    audience,
    section: await insert(on, 'sections', { name: 'Kinh tế', slug: 'kinh-te' }),
    source: await insert(on, 'sources', {
      name: 'Tự sản xuất',
      credit: 'Hội Tụ',
      own: true,
      inForce: true,
      version: 1,
    }),
    channels: {
      website: await channel('Trang tin', 'website'),
      video: await channel('Kênh video', 'youtube'),
    },
  }
}

/** The reporter's new story; its id. */
export const newStory = async (
  desk: Desk,
  more: Record<string, unknown> = {},
  as = desk.reporter,
): Promise<string> => {
  const body = { title: 'Chè Tân Cương vào vụ', summary: 'Sapo.', body: 'Bốn mươi sáu tấn.', byline: 'Bút danh', kind: 'clip', section: desk.section, source: desk.source, ...more } // prettier-ignore
  const made = await desk.room.call({ method: 'POST', path: '/stories', as, body })
  if (made.status !== 201) throw new Error(`no story: ${JSON.stringify(made.body)}`)
  return String((made.body.doc as { id: string }).id)
}

/** A master playlist of the house's form: captions are put to it. */
const MASTER = '#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-STREAM-INF:BANDWIDTH=1000,RESOLUTION=640x360\n360.m3u8\n' // prettier-ignore

const RECIPES = {
  'web-hls': ['master.m3u8', 's1.m4s'],
  'web-mp4': ['clip.mp4'],
  youtube: ['master.mp4'],
  poster: ['320.webp', '640.jpg'],
}
const MIME: Record<string, string> = { m3u8: 'application/vnd.apple.mpegurl', m4s: 'video/iso.segment', mp4: 'video/mp4', webp: 'image/webp', jpg: 'image/jpeg' } // prettier-ignore

const rendition = async (desk: Desk, asset: string, recipe: keyof typeof RECIPES) => {
  const prefix = `r/${randomBytes(8).toString('hex')}/`
  const files = await Promise.all(
    RECIPES[recipe].map(async (path) => {
      const bytes = path === 'master.m3u8' ? Buffer.from(`${MASTER}# ${prefix}\n`) : randomBytes(64)
      const mime = MIME[path.split('.').at(-1) ?? ''] ?? ''
      await desk.store.putBytes(prefix + path, bytes, { mime })
      return { path, bytes: bytes.length, sha256: hash(bytes), mime }
    }),
  )
  const sha256 = hash(JSON.stringify(files))
  const row = { key: `${asset}:${recipe}:1`, asset, recipe, prefix, files: JSON.stringify(files), sha256, bytes: 64, width: 640, height: 360, durationSeconds: 10 } // prettier-ignore
  const id = await insert(desk, 'renditions', row)
  return { id, sha256, keys: files.map(({ path }) => prefix + path) }
}

/** A clip that was received and made, with small files that really lie in the store. */
export const giveClip = async (desk: Desk, story: string): Promise<Clip> => {
  const sha256 = hash(randomBytes(16))
  const asset = await insert(desk, 'assets', { title: 'clip', sha256, storeKey: `o/${sha256}`, kind: 'video', mime: 'video/mp4', bytes: 64, facts: JSON.stringify({ hasSound: true }), durationSeconds: 10, state: 'ready', revision: 0, pending: false }) // prettier-ignore
  await insert(desk, 'uploads', { tusId: `t-${sha256}`, owner: desk.reporter.id, story, asset, state: 'accepted', revision: 0, pending: false }) // prettier-ignore
  const hls = await rendition(desk, asset, 'web-hls')
  const mp4 = await rendition(desk, asset, 'web-mp4')
  const master = await rendition(desk, asset, 'youtube')
  const poster = await rendition(desk, asset, 'poster')
  return {
    asset,
    mp4: mp4.id,
    digest: mp4.sha256,
    keys: [...hls.keys, ...mp4.keys, ...poster.keys],
    master: master.keys[0] ?? '',
  }
}

const CUES = [{ start: 1000, end: 3000, text: 'Chè Tân Cương vào vụ.' }]

/** Captions that a person accepted, with their files: what the job makes of such a row. */
export const giveCaptions = async (desk: Desk, clip: Clip): Promise<string> => {
  const { emptyRow } = await import('@/captions/rows')
  const { makeCaptions } = await import('@/captions/make')
  const { payload } = desk.room
  const words = { cues: JSON.stringify(CUES), count: 1, state: 'accepted', revision: 0, pending: false } // prettier-ignore
  const id = await insert(desk, 'captions', { ...emptyRow(clip.asset, 'vi'), ...words })
  await makeCaptions({ payload, store: desk.store, asset: clip.asset })
  return id
}

export const itemOf = async (desk: Desk, story: string) => {
  const item = await desk.db.findRow({
    payload: desk.room.payload,
    collection: 'desk-items',
    where: { story: { equals: story } },
  })
  if (!item) throw new Error('no desk item')
  return item
}

export const act = async (
  desk: Desk,
  as: TestPerson | null,
  story: string,
  action: string,
  more: Record<string, unknown> = {},
) => {
  const { revision } = await itemOf(desk, story)
  return desk.room.call({
    method: 'POST',
    path: '/actions',
    as,
    body: { story, action, revision, ...more },
  })
}

const must = async (answer: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`refused: ${status} ${JSON.stringify(body)}`)
}

export const addVariant = (desk: Desk, story: string, channel: string, as = desk.editor) =>
  desk.room.call({ method: 'POST', path: '/variants', as, body: { story, channel, title: 'Chè Tân Cương', text: 'Mô tả', tags: 'chè, Tân Cương' } }) // prettier-ignore

/** Brings a story to where it is wanted, through the one door. */
export const bring = async (
  desk: Desk,
  story: string,
  to: 'submitted' | 'in-review' | 'cleared' | 'signed',
  more: { captioned?: boolean } = {},
): Promise<Clip> => {
  const clip = await giveClip(desk, story)
  if (more.captioned) await giveCaptions(desk, clip)
  await must(act(desk, desk.reporter, story, 'submit'))
  if (to === 'submitted') return clip
  await must(act(desk, desk.editor, story, 'take'))
  await must(addVariant(desk, story, desk.channels.website))
  await must(addVariant(desk, story, desk.channels.video))
  if (to === 'in-review') return clip
  await must(act(desk, desk.editor, story, 'clear'))
  if (to === 'cleared') return clip
  await watchAll(desk, clip)
  await must(act(desk, desk.head, story, 'sign', { channels: Object.values(desk.channels) }))
  return clip
}

/** As if the head had watched it: the heartbeats have their own test. */
export const watchAll = (desk: Desk, clip: Clip, who = desk.head) =>
  insert(desk, 'watches', { key: `${who.id}:${clip.digest}`, person: who.id, rendition: clip.digest, spans: '[[0,10]]', lastBeatAt: 0, lastPosition: 10, revision: 0 }) // prettier-ignore

export const signedStory = async (
  desk: Desk,
  more: { captioned?: boolean } = {},
): Promise<{ story: string; clip: Clip }> => {
  const story = await newStory(desk)
  return { story, clip: await bring(desk, story, 'signed', more) }
}

const BINDS: Record<string, string[]> = {
  website: ['web-hls', 'web-mp4', 'poster', 'captions'],
  video: ['youtube'],
}

/** `ok`, or the reason why the seal does not hold. Bytes are read. */
export const seal = async (
  desk: Desk,
  story: string,
  channel: 'website' | 'video' = 'website',
): Promise<string> => {
  const { checkSeal } = await import('@/signoff/seal')
  const asked = { payload: desk.room.payload, store: desk.store, story, channel: desk.channels[channel], binds: BINDS[channel] ?? [], bytes: true } // prettier-ignore
  const answer = await checkSeal(asked)
  return answer.ok ? 'ok' : answer.reason
}

export const storyRow = async (desk: Desk, story: string) => {
  const row = await desk.db.rowById(desk.room.payload, 'stories', story)
  if (!row) throw new Error('no story')
  return row
}

export const save = async (
  desk: Desk,
  as: TestPerson | null,
  story: string,
  data: Record<string, unknown>,
) => {
  const { revision } = await storyRow(desk, story)
  return desk.room.call({
    method: 'PATCH',
    path: `/stories/${story}`,
    as,
    body: { revision, ...data },
  })
}

export const reasonOf = (answer: { body: Record<string, unknown> }): unknown => {
  if ('reason' in answer.body) return answer.body.reason
  const errors = answer.body.errors as { data?: { reason?: unknown } }[] | undefined
  return errors?.[0]?.data?.reason
}
