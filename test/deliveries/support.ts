import { createHash, randomUUID } from 'node:crypto'
import type { DeliveryDeps, Sealed } from '@/deliveries/deps'
import { refuse } from '@/errors'
import type { Store } from '@/media/store'
import type { Person } from '@/people/person'
import { openNewsroom, type Newsroom } from '../support/newsroom'
import { startPlatform, type Platform } from './platform'

export type Hour = { now: () => Date; pass: (ms: number) => void; stop: () => void }
export type Room = Awaited<ReturnType<typeof openRoom>>

const START = '2026-11-21T09:00:00.000Z'

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
    ...sealing(),
    fetch: globalThis.fetch,
  }
  const close = async () => {
    restore()
    await newsroom.close()
  }
  return { newsroom, payload: newsroom.payload, store, db, hour, deps, platform, close }
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** What the machine is handed of the signature: rows of `seals`, and the bytes they bind. */
export const sealing = (): Pick<DeliveryDeps, 'checkSeal' | 'readSeal'> => ({
  checkSeal: async ({ payload, store, story, channel, bytes }) => {
    const { findRow } = await import('@/records/db')
    const row = await findRow({
      payload,
      collection: 'seals',
      where: {
        and: [
          { story: { equals: story } },
          { channel: { equals: channel } },
          { voidedAt: { equals: '' } },
        ],
      },
    })
    if (!row) return refuse('unsigned', { vi: 'Chưa ký.', en: 'Not signed.' })
    const sealed = readManifest(row.manifest)
    if (bytes && !(await sameBytes(store, sealed)))
      return refuse('bytes-differ', { vi: 'Tệp đã khác.', en: 'Bytes differ.' })
    return { ok: true, ...sealed, seal: { id: row.id, digest: row.digest } }
  },
  readSeal: async ({ payload, seal }) => {
    const { rowById } = await import('@/records/db')
    const row = await rowById(payload, 'seals', seal)
    return row ? { ...readManifest(row.manifest), seal: { id: row.id, digest: row.digest } } : null
  },
})

const readManifest = (manifest: string) => JSON.parse(manifest) as Omit<Sealed, 'seal'> // written by `sign`

const sameBytes = async (store: Store, sealed: Omit<Sealed, 'seal'>): Promise<boolean> => {
  for (const file of Object.values(sealed.renditions).flat()) {
    const parts: Buffer[] = []
    for await (const part of (await store.open(file.key)) ?? []) parts.push(Buffer.from(part))
    if (sha256(Buffer.concat(parts)) !== file.sha256) return false
  }
  return true
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
  const story = randomUUID()
  for (const channel of channels) {
    await room.db.insertRow({
      payload: room.payload,
      collection: 'variants',
      data: {
        key: `${story}:${channel}`,
        story,
        channel,
        title: 'Cầu mới thông xe',
        text: '',
        tags: '',
        removed: false,
        revision: 1,
      },
    })
  }
  await room.db.insertRow({
    payload: room.payload,
    collection: 'desk-items',
    data: { story, state: signed ? 'signed' : 'cleared', author: 'a', revision: 1, pending: false },
  })
  if (signed) for (const channel of channels) await sign(room, story, channel)
  return story
}

/** The head signs what is there now. Returns the key of the bound file. */
export const sign = async (room: Room, story: string, channel: string): Promise<string> => {
  const bytes = Buffer.from(`\0\0\0\u0018ftypisom clip ${story} ${randomUUID()}`)
  const key = `renditions/${randomUUID()}/clip.mp4`
  await room.store.putBytes(key, bytes, { mime: 'video/mp4' })
  const file = {
    key,
    path: 'clip.mp4',
    bytes: bytes.length,
    sha256: sha256(bytes),
    mime: 'video/mp4',
  }
  const words = {
    kind: 'clip',
    story: {
      slug: 'cau-moi',
      title: 'Cầu mới',
      summary: '',
      body: '',
      byline: 'Phóng viên',
      section: 'Thời sự',
      sectionSlug: 'thoi-su',
      credit: '',
      signedBy: 'Tổng biên tập',
    },
    variant: { title: 'Cầu mới thông xe', text: '', tags: [], thumbnail: null },
    facts: { durationSeconds: 12, width: 1280, height: 720, hasSound: true },
  }
  const manifest = JSON.stringify({ words, renditions: { 'web-mp4': [file] } })
  await room.db.insertRow({
    payload: room.payload,
    collection: 'seals',
    data: {
      key: `${story}:${channel}:${randomUUID()}`,
      story,
      channel,
      contentRevision: 1,
      signer: 'h',
      signedAt: room.hour.now().toISOString(),
      digest: sha256(Buffer.from(manifest)),
      manifest,
      snapshot: '{}',
      voidedAt: '',
    },
  })
  return key
}

/** Somebody edited the story: every seal of it is void. */
export const voidSeals = async (room: Room, story: string): Promise<void> => {
  const rows = await room.db.findRows({
    payload: room.payload,
    collection: 'seals',
    where: { story: { equals: story } },
  })
  for (const row of rows) {
    await room.db.compareAndSet({
      payload: room.payload,
      collection: 'seals',
      id: row.id,
      expect: { digest: row.digest },
      set: { voidedAt: room.hour.now().toISOString() },
    })
  }
}

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
