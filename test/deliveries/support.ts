import { createHash, randomUUID } from 'node:crypto'
import type { DeliveryDeps } from '@/deliveries/deps'
import type { Person } from '@/people/person'
import { openNewsroom, type Newsroom } from '../support/newsroom'
import { startPlatform, type Platform } from './platform'

export type Hour = { now: () => Date; pass: (ms: number) => void; stop: () => void }
export type Room = Awaited<ReturnType<typeof openRoom>>

const START = '2026-11-21T09:00:00.000Z'
/** What the platforms of these specs take: the strict ones one file, the real publisher of YouTube its own. */
const TAKEN = ['web-mp4', 'youtube']

/** The room of deliveries in a real newsroom, with a platform of the outside world and a clock moved by hand. */
export const openRoom = async (more: Record<string, string> = {}) => {
  const newsroom: Newsroom = await openNewsroom(more)
  const { openStore } = await import('@/media/store')
  const db = await import('@/records/db')
  const clock = await import('@/clock')
  const store = openStore()
  await store.ready()
  let at = Date.parse(START)
  const restore = clock.useClock({ now: () => new Date(at) })
  const hour: Hour = {
    now: () => new Date(at),
    pass: (ms) => {
      at += ms
    },
    stop: restore,
  }
  const platforms: Record<string, Platform> = {
    website: startPlatform('website'),
    'dry-run': startPlatform('dry-run'),
  }
  const platform = (name: string): Platform => {
    const found = platforms[name]
    if (!found) throw new Error(`no platform ${name}`)
    return found
  }
  const deps: DeliveryDeps = {
    payload: newsroom.payload,
    store,
    publishers: Object.fromEntries(
      Object.entries(platforms).map(([name, one]) => [name, one.publisher]),
    ),
    ...(await sealing()),
    fetch: globalThis.fetch,
  }
  const close = async () => {
    restore()
    await newsroom.close()
  }
  return { newsroom, payload: newsroom.payload, store, db, hour, deps, platform, close }
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** What the machine is handed of the signature: the very functions of the room of sign-off. */
export const sealing = async (): Promise<Pick<DeliveryDeps, 'checkSeal' | 'readSeal'>> => {
  const { checkSeal } = await import('@/signoff/seal')
  const { readSeal } = await import('@/signoff/seals-kept')
  return { checkSeal, readSeal }
}

export const aPerson = (...roles: Person['roles']): Person => ({
  id: `p-${roles.join('-')}`,
  kind: 'person',
  name: roles.join(' '),
  roles,
  rights: [],
})

export const audience = aPerson('audience')

/** A channel of the double's platform. */
export const aChannel = async (
  room: Room,
  more: Record<string, string | boolean> = {},
): Promise<string> => {
  const made = await room.db.insertRow({
    payload: room.payload,
    collection: 'channels',
    data: {
      name: 'Kênh thử',
      platform: 'dry-run',
      active: true,
      held: false,
      insurance: false,
      settings: '{}',
      token: '',
      account: '',
      accountKey: randomUUID(),
      revision: 0,
      pending: false,
      ...more,
    },
  })
  if (!made.ok) throw new Error('the channel exists')
  return made.row.id
}

/** A story with a variant on each channel; signed unless told otherwise. */
export const aStory = async (room: Room, channels: string[], signed = true): Promise<string> => {
  const story = await aClip(room)
  for (const channel of channels) {
    await put(room, 'variants', {
      key: `${story}:${channel}`,
      story,
      channel,
      title: 'Cầu mới thông xe',
      text: '',
      tags: '',
      removed: false,
      revision: 1,
      claimed: 1,
    })
  }
  await put(room, 'desk-items', {
    story,
    state: 'cleared',
    author: 'a',
    contentRevision: 1,
    sealed: '',
    revision: 1,
    pending: false,
  })
  if (signed) for (const channel of channels) await sign(room, story, channel)
  return story
}

type Put = 'stories' | 'sections' | 'sources' | 'assets' | 'uploads' | 'renditions' | 'variants' | 'desk-items' | 'seals' // prettier-ignore

const put = async (
  room: Room,
  collection: Put,
  data: Record<string, string | number | boolean>,
) => {
  const made = await room.db.insertRow({ payload: room.payload, collection, data })
  if (!made.ok) throw new Error(`the row of ${collection} exists`)
  return made.row.id
}

/** A clip's words, and its file as it lies in the store. */
const aClip = async (room: Room): Promise<string> => {
  const unique = randomUUID()
  const section = await put(room, 'sections', { name: 'Thời sự', slug: `thoi-su-${unique}` })
  const source = await put(room, 'sources', { name: 'Tự sản xuất', credit: 'Hội Tụ', own: true, inForce: true, version: 1 }) // prettier-ignore
  const story = await put(room, 'stories', { title: 'Cầu mới', kind: 'clip', section, source, slug: `cau-moi-${unique}`, byline: 'Phóng viên', author: 'a', revision: 1 }) // prettier-ignore
  const bytes = Buffer.from(`\0\0\0\u0018ftypisom clip ${unique}`)
  const asset = await put(room, 'assets', { title: 'clip', sha256: sha256(Buffer.from(unique)), storeKey: `originals/${unique}`, kind: 'video', facts: '{"hasSound":true}', durationSeconds: 12, state: 'ready', revision: 0, pending: false }) // prettier-ignore
  await put(room, 'uploads', { tusId: unique, owner: 'a', story, asset, state: 'accepted', revision: 0, pending: false }) // prettier-ignore
  const prefix = `renditions/${unique}/`
  await room.store.putBytes(`${prefix}clip.mp4`, bytes, { mime: 'video/mp4' })
  const files = [
    { path: 'clip.mp4', bytes: bytes.length, sha256: sha256(bytes), mime: 'video/mp4' },
  ]
  for (const recipe of TAKEN)
    await put(room, 'renditions', { key: `${asset}:${recipe}:1`, asset, recipe, prefix, files: JSON.stringify(files), sha256: sha256(bytes), bytes: bytes.length, width: 1280, height: 720, durationSeconds: 12 }) // prettier-ignore
  return story
}

/** A photograph sent beside the story, chosen to stand for it on a channel. Returns its asset. */
export const showPicture = async (room: Room, story: string, channel: string): Promise<string> => {
  const { payload, db } = room
  const unique = randomUUID()
  const bytes = Buffer.from(`photograph ${unique}`)
  const asset = await put(room, 'assets', { title: 'ảnh', sha256: sha256(Buffer.from(unique)), storeKey: `originals/${unique}`, kind: 'image', facts: '{}', state: 'ready', revision: 0, pending: false }) // prettier-ignore
  await put(room, 'uploads', { tusId: unique, owner: 'a', story, asset, extra: true, state: 'accepted', revision: 0, pending: false }) // prettier-ignore
  const prefix = `renditions/${unique}/`
  await room.store.putBytes(`${prefix}poster.jpg`, bytes, { mime: 'image/jpeg' })
  const files = [{ path: 'poster.jpg', bytes: bytes.length, sha256: sha256(bytes), mime: 'image/jpeg' }] // prettier-ignore
  await put(room, 'renditions', { key: `${asset}:poster:1`, asset, recipe: 'poster', prefix, files: JSON.stringify(files), sha256: sha256(bytes), bytes: bytes.length }) // prettier-ignore
  const where = { key: { equals: `${story}:${channel}` } }
  const variant = await db.findRow({ payload, collection: 'variants', where })
  const set = { thumbnail: `upload:${asset}` }
  await db.compareAndSet({ payload, collection: 'variants', id: variant?.id ?? '', expect: {}, set }) // prettier-ignore
  return asset
}

const deskItem = async (room: Room, story: string) => {
  const where = { story: { equals: story } }
  const item = await room.db.findRow({ payload: room.payload, collection: 'desk-items', where })
  if (!item) throw new Error('no desk item')
  return item
}

const setDesk = async (room: Room, story: string, set: { state: string; sealed: string }) => {
  const { id, revision } = await deskItem(room, story)
  await room.db.compareAndSet({ payload: room.payload, collection: 'desk-items', id, expect: { revision }, set }) // prettier-ignore
}

/** The head signs what is there now: a real seal, named by the desk item. Returns the key of the bound file. */
export const sign = async (room: Room, story: string, channel: string): Promise<string> => {
  const { materialOf, placed, renditionOf, variantOf } = await import('@/signoff/material')
  const { prepareSeal } = await import('@/signoff/seal')
  const { sealedOf } = await import('@/signoff/desk-item')
  const [material, variant] = [
    await materialOf(room.payload, story),
    await variantOf(room.payload, story, channel),
  ]
  if (!material || !variant) throw new Error('nothing to sign')
  const signature = { story, channel, contentRevision: 1, signer: 'h', signerName: 'Tổng biên tập', capacity: 'head', shift: '', factor: 'password', signedAt: room.hour.now().toISOString() } // prettier-ignore
  const made = prepareSeal({ material, variant, binds: TAKEN, signature })
  if (!made.ok) throw new Error(`not signed: ${made.reason}`)
  const key = `${story}:${channel}:${randomUUID()}`
  const seal = await put(room, 'seals', { key, ...made.row })
  const sealed = { ...sealedOf(await deskItem(room, story)), [channel]: seal }
  await setDesk(room, story, { state: 'signed', sealed: JSON.stringify(sealed) })
  const row = renditionOf(material, 'web-mp4')
  return (row ? placed(row)[0]?.key : undefined) ?? ''
}

/** Somebody edited the story: the same write takes it back to the desk and lets go of every seal. */
export const voidSeals = (room: Room, story: string): Promise<void> =>
  setDesk(room, story, { state: 'in-review', sealed: '' })

export const planned = async (
  room: Room,
  story: string,
  channel: string,
  dueAt: string | 'now' = 'now',
): Promise<string> => {
  const { plan } = await import('@/deliveries/plan')
  const made = await plan({ payload: room.payload, person: audience, story, channel, dueAt })
  if (!made.ok) throw new Error(`not planned: ${made.reason}`)
  return made.delivery.id
}

export const rowOf = async (room: Room, id: string) => {
  const row = await room.db.rowById(room.payload, 'deliveries', id)
  if (!row) throw new Error('no such delivery')
  return row
}

/** Steps a delivery, the clock passing to each next hour, until it stands in one of the states. */
export const drive = async (
  room: Room,
  id: string,
  until: string[],
  deps = room.deps,
): Promise<string> => {
  const { stepDelivery } = await import('@/deliveries/step')
  for (let round = 0; round < 80; round += 1) {
    const row = await rowOf(room, id)
    if (until.includes(row.state)) return row.state
    const ahead = Math.max(row.nextAt ?? 0, row.leaseUntil ?? 0) - room.hour.now().getTime()
    if (ahead > 0) room.hour.pass(ahead + 1)
    await stepDelivery({ deps, delivery: id })
  }
  const row = await rowOf(room, id)
  throw new Error(`it stands at ${row.state} (${row.code ?? ''} ${row.line ?? ''})`)
}

/** In `seconds` from now by the newsroom's clock. */
export const inSeconds = (room: Room, seconds: number): string =>
  new Date(room.hour.now().getTime() + seconds * 1_000).toISOString()
