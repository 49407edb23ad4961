import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Redaction } from '@/media/redact'
import { differenceIn, peakBetween, pictureAt, stillOf, type Picture } from '../media/redact-clips'
import { ffmpegsIn, openTranscodes, type Transcodes } from './running-support'
import { until } from './support'

let on: Transcodes
beforeAll(async () => {
  on = await openTranscodes({ LEASE_MS: '4000' })
}, 120_000)
afterAll(() => on.newsroom.close())

const FACE = { x: 0.1, y: 0.1, width: 0.3, height: 0.3 }
const BESIDE = { x: 0.1, y: 0.5, width: 0.3, height: 0.3 }
const REDACTIONS: Redaction[] = [
  { kind: 'blur', fromMs: 0, toMs: 3000, box: FACE },
  { kind: 'mute', fromMs: 1000, toMs: 2000 },
]
const person = { kind: 'person' as const, id: 'p1', name: 'Biên tập viên', roles: ['editor' as const], rights: [] } // prettier-ignore

const make = async (asset: string) => {
  const { processAsset } = await import('@/assets/process')
  return processAsset({ payload: on.payload, store: on.store, asset })
}
const save = async (asset: string, redactions: Redaction[], revision = 0) => {
  const { saveRedactions } = await import('@/assets/dress')
  const { payload } = on
  return saveRedactions({ payload, person, asset, story: '', redactions, revision })
}
const ofNow = async (asset: string) => {
  const { renditionsOf } = await import('@/assets/main-asset')
  return renditionsOf(on.payload, asset)
}

/** A file of a rendition as the store has it, under a name that ffmpeg can be given. */
const fetched = async (asset: string, recipe: string, ending: string): Promise<string> => {
  const row = (await ofNow(asset)).find((one) => one.recipe === recipe)
  const files = JSON.parse(row?.files ?? '[]') as { path: string }[]
  const file = files.find((one) => one.path.endsWith(ending))
  if (!row || !file) throw new Error(`no ${ending} of ${recipe}`)
  const parts: Buffer[] = []
  for await (const part of (await on.store.open(row.prefix + file.path)) ?? []) parts.push(part as Buffer) // prettier-ignore
  const folder = path.join(on.newsroom.folder, 'fetched', row.id)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, file.path), Buffer.concat(parts))
  return path.join(folder, file.path)
}
const SIZE = { width: 640, height: 360 }
const RECIPES = ['frames', 'peaks', 'poster', 'proxy', 'sprite', 'web-hls', 'web-mp4']

describe('Che một clip đã chuyển mã xong', () => {
  it('makes everything anew out of the covered picture, and keeps what was, for nobody', async () => {
    const asset = await on.clip({ seed: 620 })
    expect(await make(asset)).toBe('done')
    const before = await ofNow(asset)
    const bare = await pictureAt(await fetched(asset, 'web-mp4', '.mp4'), 1, SIZE)
    const saved = await save(asset, REDACTIONS)
    expect(saved.ok).toBe(true)
    expect(await ofNow(asset)).toEqual([])
    expect(await on.row(asset)).toMatchObject({ state: 'stored', progress: 0, dressRevision: 1 })

    expect(await make(asset)).toBe('done')
    const after = await ofNow(asset)
    expect(await on.row(asset)).toMatchObject({ state: 'ready', progress: 1 })
    expect(after.map(({ recipe }) => recipe)).toEqual(RECIPES)
    const shas = new Set(before.map(({ sha256 }) => sha256))
    expect(after.filter(({ sha256 }) => shas.has(sha256))).toEqual([])
    expect((await on.renditions(asset)).length).toBe(2 * RECIPES.length)

    // Under the cover another picture, beside it the same.
    const isCovered = (picture: Picture) =>
      differenceIn(picture, bare, FACE) > 8 && differenceIn(picture, bare, BESIDE) < 4
    for (const [recipe, ending] of [
      ['proxy', '.mp4'],
      ['web-mp4', '.mp4'],
      ['web-hls', '360.m4s'],
    ] as const) {
      // prettier-ignore
      const picture = await pictureAt(await fetched(asset, recipe, ending), 1, SIZE)
      expect([recipe, isCovered(picture)]).toEqual([recipe, true])
    }
    for (const ending of ['poster.jpg', '320.webp', '640.avif']) {
      const picture = await stillOf(await fetched(asset, 'poster', ending), SIZE)
      expect([ending, differenceIn(picture, bare, FACE) > 8]).toEqual([ending, true])
    }
    expect(await peakBetween(await fetched(asset, 'web-mp4', '.mp4'), 1, 2)).toBeLessThan(-70)
  }, 240_000)

  it('takes the work away from who is making the uncovered, and gives it to who makes the covered', async () => {
    const asset = await on.clip({ seed: 640, size: '1280x720' })
    const work = make(asset)
    await until('ffmpeg runs', () => ffmpegsIn(on.newsroom.folder).length > 0)
    expect((await save(asset, REDACTIONS)).ok).toBe(true)
    expect(await work).toBe('later')
    await until('ffmpeg is gone', () => ffmpegsIn(on.newsroom.folder).length === 0)
    expect(await make(asset)).toBe('done')
    const rows = await ofNow(asset)
    expect(rows.map(({ recipe }) => recipe)).toEqual(RECIPES)
    const { dressing } = (await on.row(asset)) ?? {}
    expect(new Set(rows.map((row) => row.dressing))).toEqual(new Set([dressing]))
  }, 240_000)

  it('taking the cover off gives back what was made, without making it again', async () => {
    const asset = await on.clip({ seed: 660 })
    await make(asset)
    const before = (await ofNow(asset)).map(({ id }) => id)
    await save(asset, REDACTIONS)
    await save(asset, [], 1)
    expect((await ofNow(asset)).map(({ id }) => id)).toEqual(before)
    expect(await make(asset)).toBe('done')
    expect(await on.row(asset)).toMatchObject({ state: 'ready' })
    expect((await ofNow(asset)).map(({ id }) => id)).toEqual(before)
  }, 240_000)

  it('a row whose order can not be read makes nothing, rather than something uncovered', async () => {
    const asset = await on.clip({ seed: 680 })
    await save(asset, REDACTIONS)
    await on.db.compareAndSet({ payload: on.payload, collection: 'assets', id: asset, expect: {}, set: { redactions: '[]' } }) // prettier-ignore
    await expect(make(asset)).rejects.toThrow('what is to be done to the clip')
    expect(await on.renditions(asset)).toEqual([])
  }, 60_000)
})
