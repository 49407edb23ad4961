import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Store } from '@/media/store'
import { openNewsroom } from '../support/newsroom'
import { makeClip, sha256 } from './support'

type Cell = string | number | boolean
type Stored = { desk?: string; kind?: string; createdAt?: string } & Record<string, unknown>

const openRooms = async (more: Record<string, string>) => {
  const newsroom = await openNewsroom({ LEASE_MS: '1500', SWEEP_MS: '200', ...more })
  const db = await import('@/records/db')
  const store = (await import('@/media/store')).openStore()
  await store.ready()
  const { payload } = newsroom
  const insert = async (collection: string, data: Record<string, Cell>) => {
    const made = await db.insertRow({ payload, collection: collection as never, data })
    if (!made.ok) throw new Error(`the row of ${collection} exists`)
    return String((made.row as { id: unknown }).id)
  }
  const source = await insert('sources', {
    name: 'Tự sản xuất',
    credit: 'Hội Tụ',
    own: true,
    inForce: true,
    version: 1,
  })
  return { newsroom, payload, db, store, insert, source }
}
type On = Awaited<ReturnType<typeof openRooms>>

/** A newsroom with clips that stand in the store and wait to be transcoded, without the way they came. */
export const openTranscodes = async (more: Record<string, string> = {}) => {
  const on = await openRooms(more)
  const { payload, db, insert } = on
  return {
    ...on,
    section: (name: string) => insert('sections', { name, slug: name }),
    row: (asset: string) => db.rowById(payload, 'assets', asset),
    renditions: (asset: string) =>
      db.findRows({ payload, collection: 'renditions', where: { asset: { equals: asset } } }),
    waiting: (given: Stored = {}) => waiting(on, given),
    clip: (given: ClipWish) => clip(on, given),
  }
}
export type Transcodes = Awaited<ReturnType<typeof openTranscodes>>

/** Rows of a clip that waits: asset, the upload that brought it, its story in a section, and the open job. */
const waiting = async (on: On, { desk, ...more }: Stored): Promise<string> => {
  const sha = randomBytes(32).toString('hex')
  const asset = await on.insert('assets', {
    title: `clip ${sha.slice(0, 6)}`,
    sha256: sha,
    storeKey: `originals/${sha.slice(0, 32)}/source`,
    kind: 'video',
    mime: 'video/mp4',
    bytes: 1,
    facts: '{}',
    durationSeconds: 2,
    state: 'stored',
    progress: 0,
    failures: 0,
    leaseBy: '',
    leaseUntil: 0,
    revision: 0,
    pending: false,
    ...(more as Record<string, Cell>),
  })
  if (desk) {
    const words = { title: 'Tin', kind: 'clip', section: desk, source: on.source, revision: 0 }
    const story = await on.insert('stories', words)
    await on.insert('uploads', {
      tusId: sha.slice(0, 32),
      owner: 'nobody',
      story,
      asset,
      state: 'accepted',
      revision: 0,
      pending: false,
    })
  }
  await ring(on, asset)
  return asset
}

const ring = (on: On, asset: string) =>
  on.insert('outbox', {
    key: `test:${asset}`,
    job: 'asset.process',
    payload: JSON.stringify({ asset }),
    done: false,
    parked: false,
    failures: 0,
    notBefore: '',
  })

type ClipWish = { seed: number; seconds?: number; size?: string; sound?: boolean; desk?: string }

/** A real clip, probed and put, that waits. */
const clip = async (on: On, wish: ClipWish) => {
  const { seed, seconds = 3, size = '640x360', sound = true, desk } = wish
  const { probe } = await import('@/media/probe')
  const file = path.join(on.newsroom.folder, `made-${seed}.mp4`)
  await makeClip(file, { seed, seconds, size, sound })
  const probed = await probe(file)
  if (!probed.ok) throw new Error(`refused: ${probed.reason}`)
  const bytes = readFileSync(file)
  const storeKey = `originals/${randomBytes(16).toString('hex')}/source`
  await on.store.putFile(storeKey, file, { mime: 'video/mp4', move: true })
  return waiting(on, {
    ...(desk ? { desk } : {}),
    storeKey,
    sha256: sha256(bytes),
    bytes: bytes.length,
    durationSeconds: probed.facts.durationSeconds,
    facts: JSON.stringify(probed.facts),
  })
}

/** The ffmpeg processes that work below a folder. */
export const ffmpegsIn = (folder: string): string[] =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      return words.includes('ffmpeg') && words.includes(folder)
    } catch {
      return false
    }
  })

/** Every file below the folder of work; none is left when nothing is being made. */
export const workFiles = (folder: string): string[] => {
  const work = path.join(folder, 'data', 'work')
  mkdirSync(work, { recursive: true })
  return readdirSync(work, { recursive: true }).map(String)
}

const readAll = async (store: Store, key: string) => {
  const parts: Buffer[] = []
  for await (const part of (await store.open(key)) ?? []) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** What is wrong with an asset's renditions: bytes that differ, files that no row lists. Empty when all is whole. */
export const flawsOf = async (on: Transcodes, asset: string): Promise<string[]> => {
  const rows = await on.renditions(asset)
  const keys = new Set<string>()
  const flaws: string[] = []
  for (const row of rows) {
    for (const file of JSON.parse(row.files) as { path: string; sha256: string }[]) {
      const key = row.prefix + file.path
      keys.add(key)
      if (sha256(await readAll(on.store, key)) !== file.sha256) flaws.push(`other bytes: ${key}`)
    }
  }
  const recipes = rows.map(({ recipe }) => recipe)
  if (new Set(recipes).size !== recipes.length) flaws.push(`twice: ${recipes.join(' ')}`)
  for (const key of await on.store.list(`renditions/${asset}/`))
    if (!keys.has(key)) flaws.push(`stray: ${key}`)
  return flaws
}

/** Names below the scratch room of the disk store. */
export const scratchOf = (media: string): string[] =>
  existsSync(path.join(media, '.partial')) ? readdirSync(path.join(media, '.partial')) : []
