import type { Payload } from 'payload'
import { env } from '@/env'
import type { Help } from '@/errors'
import type { Person } from '@/people/person'
import { findRow, findRows, type Row } from '@/records/db'
import { filesOf } from './desk-media'
import { renditionsOf } from './main-asset'
import { bytesInSpool } from './spool'

/** The newest so many; older ones are found in the desk's archive. */
const MOST = 40

export type MyUpload = {
  id: string
  state: string
  refusal: string | null
  help: Help | null
  filename: string
  bytes: number
  /** Bytes that lie in the spool, while it is being received. */
  received: number
  claimedSha256: string
  sha256: string
  extra: boolean
}
export type MyStory = {
  story: string
  title: string
  kind: string
  body: string
  note: string
  section: string
  source: string
  state: string
  stateAt: string
  reason: string | null
  revision: number
  deskRevision: number
  createdAt: string
  upload: MyUpload | null
  /** Material beside the clip; what was dropped is left out. */
  more: MyUpload[]
  asset: {
    state: string
    pass: string | null
    progress: number
    secondsLeft: number | null
    failure: string | null
    durationSeconds: number | null
  } | null
  thumb: string | null
  proxy: string | null
  /** What stands outside; null while nothing of it was ever out. */
  outward: { state: 'out' | 'withdrawn'; url: string | null } | null
}

/** A reporter's own items in one call, newest first: where each stands and what becomes of its file. */
export const myStories = async (payload: Payload, person: Person): Promise<MyStory[]> => {
  const items = await findRows({
    payload,
    collection: 'desk-items',
    where: { author: { equals: person.id } },
    sort: '-createdAt',
    limit: MOST,
  })
  const ids = items.map(({ story }) => story)
  if (ids.length === 0) return []
  const [stories, uploads, deliveries] = await Promise.all([
    findRows({ payload, collection: 'stories', where: { id: { in: ids } } }),
    findRows({ payload, collection: 'uploads', where: { story: { in: ids } }, sort: '-createdAt' }),
    findRows({
      payload,
      collection: 'deliveries',
      where: { and: [{ story: { in: ids } }, { state: { in: ['published', 'withdrawn'] } }] },
      sort: '-number',
    }),
  ])
  const rows = items.flatMap((item) => {
    const story = stories.find(({ id }) => id === item.story)
    const own = uploads.filter((upload) => upload.story === item.story)
    const sent = deliveries.filter((delivery) => delivery.story === item.story)
    return story ? [describe(payload, { item, story, own, sent })] : []
  })
  return Promise.all(rows)
}

const describe = async (
  payload: Payload,
  found: {
    item: Row<'desk-items'>
    story: Row<'stories'>
    own: Row<'uploads'>[]
    sent: Row<'deliveries'>[]
  },
): Promise<MyStory> => {
  const { item, story, own, sent } = found
  const main = own.filter(({ extra }) => !extra)
  const more = own.filter(({ extra, state }) => extra && state !== 'expired')
  const accepted = main.find(({ state }) => state === 'accepted')
  const clip = accepted?.asset ? await clipOf(payload, accepted.asset) : null
  return {
    story: story.id,
    title: story.title,
    kind: story.kind,
    body: story.body ?? '',
    note: story.note ?? '',
    section: idOf(story.section),
    source: idOf(story.source),
    state: item.state,
    stateAt: item.stateAt ?? '',
    reason: item.reason || null,
    revision: story.revision,
    deskRevision: item.revision,
    createdAt: story.createdAt,
    upload: main[0] ? await uploadOf(main[0]) : null,
    more: await Promise.all(more.toReversed().map(uploadOf)),
    asset: clip?.asset ?? null,
    thumb: clip?.thumb ?? null,
    proxy: clip?.proxy ?? null,
    outward: outwardOf(sent),
  }
}

/** Out while any channel shows it; the link is the one to our own pages. */
const outwardOf = (sent: Row<'deliveries'>[]): MyStory['outward'] => {
  if (sent.length === 0) return null
  const out = sent.filter(({ state }) => state === 'published')
  if (out.length === 0) return { state: 'withdrawn', url: null }
  const own = out.find(({ url }) => url?.startsWith(`${env.PUBLIC_URL}/`))
  return { state: 'out', url: own?.url ?? null }
}

const idOf = (related: unknown): string => {
  if (typeof related === 'object' && related !== null && 'id' in related) return String(related.id)
  return related === null || related === undefined ? '' : String(related)
}

export const uploadOf = async (row: Row<'uploads'>): Promise<MyUpload> => ({
  id: row.tusId,
  state: row.state,
  refusal: row.refusal || null,
  help: row.refusalHelp ? (JSON.parse(row.refusalHelp) as Help) : null, // written by `uploads.ts` alone
  filename: row.filename ?? '',
  bytes: row.bytes ?? 0,
  received: row.state === 'receiving' ? ((await bytesInSpool(row.tusId)) ?? 0) : (row.bytes ?? 0),
  claimedSha256: row.claimedSha256 ?? '',
  sha256: row.sha256 ?? '',
  extra: row.extra === true,
})

const clipOf = async (payload: Payload, assetId: string) => {
  const [asset, renditions] = await Promise.all([
    findRow({ payload, collection: 'assets', where: { id: { equals: assetId } } }),
    renditionsOf(payload, assetId),
  ])
  if (!asset) return null
  return {
    asset: {
      state: asset.state,
      pass: asset.pass || null,
      progress: asset.progress ?? 0,
      secondsLeft: asset.secondsLeft ?? null,
      failure: asset.failure || null,
      durationSeconds: asset.durationSeconds ?? null,
    },
    thumb: thumbUrl(renditions),
    proxy: deskUrl(renditions, 'proxy', (path) => path.endsWith('.mp4')),
  }
}

/** Where the desk finds one file of a rendition. */
export const deskUrl = (
  rows: Row<'renditions'>[],
  recipe: string,
  fits: (path: string) => boolean,
) => {
  const row = rows.find((one) => one.recipe === recipe)
  const file = row ? filesOf(row).find(({ path }) => fits(path)) : undefined
  return row && file ? `/desk-media/${row.id}/${file.path}` : null
}

/** The smallest still of a clip, for lists; null until its poster is made. */
export const thumbUrl = (renditions: Row<'renditions'>[]): string | null =>
  deskUrl(renditions, 'poster', (path) => path === '320.webp') ??
  deskUrl(renditions, 'poster', (path) => path.endsWith('.webp'))
