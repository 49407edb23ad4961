import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import path from 'node:path'
import { dressingOf, dressOf } from '@/media/dress'
import type { Facts } from '@/media/facts'
import { blurredLayout, cropBox } from '@/media/ladder'
import { makeProxy, makeRenditions, type Made, type Recipe } from '@/media/make'
import { profileOf, RECIPES } from '@/media/profiles'
import { pixelsOf, redactionProblem, type Box, type Redaction } from '@/media/redact'
import { factsOf, workshop } from './clips'
import {
  detailIn,
  differenceIn,
  gridClip,
  meanIn,
  peakBetween,
  pictureAt,
  SECONDS,
  SIZE,
  stillOf,
} from './redact-clips'

/** Covered from the first frame to the last; covered for one second of four; and what nobody touches. */
const FACE: Box = { x: 0.4, y: 0.3, width: 0.15, height: 0.25 }
const PLATE: Box = { x: 0.57, y: 0.62, width: 0.05, height: 0.06 }
const FREE: Box = { x: 0.42, y: 0.7, width: 0.12, height: 0.25 }
const SPAN = { fromMs: 1500, toMs: 2500 }
const REDACTIONS: Redaction[] = [
  { kind: 'blur', fromMs: 0, toMs: SECONDS * 1000, box: FACE },
  { kind: 'blur', ...SPAN, box: PLATE },
  { kind: 'mute', ...SPAN },
]

let shop: Awaited<ReturnType<typeof workshop>>
let facts: Facts
const made = new Map<Recipe, Made>()
const plain = new Map<Recipe, Made>()

/** Stills to scrub over and the waveform are made of the desk's copy, a photograph's crops of no clip. */
const CAN_BE_MADE = RECIPES.filter((recipe) => !['cards', 'sprite', 'peaks'].includes(recipe))
const byPicture = (recipe: Recipe) => ['proxy', 'hls', 'mp4', 'sized'].includes(profileOf(recipe).how.by) // prettier-ignore

beforeAll(async () => {
  shop = await workshop()
  await gridClip(shop.at('clip.mp4'))
  facts = await factsOf(shop.at('clip.mp4'))
  const job = { source: shop.at('clip.mp4'), facts, workdir: shop.at('covered') }
  const dress = dressOf({ redactions: REDACTIONS })
  made.set('proxy', await makeProxy({ ...job, dress }))
  for (const one of await makeRenditions({ ...job, dress, wanted: CAN_BE_MADE }))
    made.set(one.recipe, one)
  const bare = await makeRenditions({ ...job, workdir: shop.at('bare'), wanted: ['web-mp4'] })
  for (const one of bare) plain.set(one.recipe, one)
}, 480_000)
afterAll(() => shop.close())

const filesOf = (recipe: Recipe, ...endings: string[]): string[] => {
  const one = made.get(recipe)
  const files = (one?.files ?? []).filter(({ path: name }) => endings.some((e) => name.endsWith(e)))
  if (!one || files.length === 0) throw new Error(`${recipe}: nothing was made`)
  return files.map((file) => path.join(one.dir, file.path))
}
const runningOf = (recipe: Recipe) =>
  filesOf(recipe, '.mp4', '.m4s').filter((file) => !file.endsWith('aud.m4s'))
const source = (second: number) => pictureAt(shop.at('clip.mp4'), second, SIZE)

type Where = (box: Box) => Box
const asIs: Where = (box) => box

/** Where a box of the clip lies in a frame of another shape. */
const within = (frame: { width: number; height: number }, fill: 'blur' | 'crop'): Where => {
  if (fill === 'crop') {
    const cut = cropBox(SIZE, frame, { x: 0.5, y: 0.5 })
    return (box) => ({
      x: (box.x * SIZE.width - cut.x) / cut.width,
      y: (box.y * SIZE.height - cut.y) / cut.height,
      width: (box.width * SIZE.width) / cut.width,
      height: (box.height * SIZE.height) / cut.height,
    })
  }
  const { front } = blurredLayout(SIZE, frame)
  const [left, top] = [(frame.width - front.width) / 2, (frame.height - front.height) / 2]
  return (box) => ({
    x: (left + box.x * front.width) / frame.width,
    y: (top + box.y * front.height) / frame.height,
    width: (box.width * front.width) / frame.width,
    height: (box.height * front.height) / frame.height,
  })
}
const TALL = { width: 1080, height: 1920 }
const WHERE: Partial<Record<Recipe, { size: typeof SIZE; where: Where }>> = {
  ...Object.fromEntries(
    (['vertical', 'tiktok', 'reels', 'shorts'] as const).map((recipe) => [
      recipe,
      { size: TALL, where: within(TALL, 'blur') },
    ]),
  ),
  // Measured as large as it is cut: enlarged, every edge is a slope.
  'vertical-crop': { size: { width: 406, height: 720 }, where: within(TALL, 'crop') },
  square: { size: { width: 1080, height: 1080 }, where: within({ width: 1080, height: 1080 }, 'blur') }, // prettier-ignore
}
const placeOf = (recipe: Recipe) => WHERE[recipe] ?? { size: SIZE, where: asIs }

/** Of the grid, and of what is left under a cover. */
const READABLE = 12
const EMPTY = 6

describe('Che mặt, che biển số', () => {
  it.each(CAN_BE_MADE.filter(byPicture))(
    '%s: the covered parts can not be read, the rest is as it was',
    async (recipe) => {
      const { size, where } = placeOf(recipe)
      for (const file of runningOf(recipe)) {
        const [before, during, after] = [
          await pictureAt(file, 0.6, size),
          await pictureAt(file, 2, size),
          await pictureAt(file, 3.4, size),
        ]
        for (const picture of [before, during, after]) {
          expect(detailIn(picture, where(FACE))).toBeLessThan(EMPTY)
          expect(detailIn(picture, where(FREE))).toBeGreaterThan(READABLE)
        }
        expect(detailIn(during, where(PLATE))).toBeLessThan(EMPTY)
        for (const picture of [before, after])
          expect(detailIn(picture, where(PLATE))).toBeGreaterThan(READABLE)
      }
    },
    60_000,
  )

  it('is as light as what was there, and leaves no pixel outside its box other than an encoder does', async () => {
    const [file] = runningOf('web-mp4')
    const [bare] = (plain.get('web-mp4')?.files ?? []).map(({ path: name }) =>
      path.join(plain.get('web-mp4')?.dir ?? '', name),
    )
    const [covered, uncovered] = [
      await pictureAt(file ?? '', 2, SIZE),
      await pictureAt(bare ?? '', 2, SIZE),
    ]
    expect(Math.abs(meanIn(covered, FACE) - meanIn(uncovered, FACE))).toBeLessThan(6)
    expect(differenceIn(covered, uncovered, FACE)).toBeGreaterThan(15)
    const around: Box[] = [
      { x: 0, y: 0, width: 0.38, height: 1 },
      { x: 0.64, y: 0, width: 0.36, height: 1 },
      { x: 0, y: 0.7, width: 1, height: 0.3 },
      { x: 0, y: 0, width: 1, height: 0.28 },
    ]
    for (const box of around) expect(differenceIn(covered, uncovered, box)).toBeLessThan(2)
  })

  it('covers every frame that shows any instant of the span, and no frame long before or after', async () => {
    const [file] = runningOf('web-mp4')
    const seen = async (second: number) => detailIn(await pictureAt(file ?? '', second, SIZE), PLATE) // prettier-ignore
    for (const second of [1.5, 1.52, 2.48, 2.5]) expect(await seen(second)).toBeLessThan(EMPTY)
    for (const second of [1.36, 2.64]) expect(await seen(second)).toBeGreaterThan(READABLE)
    expect(detailIn(await source(2), PLATE)).toBeGreaterThan(READABLE)
  })

  it('covers it in the poster, in every thumbnail and in the frames to choose from', async () => {
    const stills = ['.jpg', '.webp', '.avif']
    for (const file of [...filesOf('poster', ...stills), ...filesOf('frames', ...stills)]) {
      const picture = await stillOf(file, SIZE)
      expect([path.basename(file), detailIn(picture, FACE) < EMPTY]).toEqual([path.basename(file), true]) // prettier-ignore
      expect(detailIn(picture, FREE)).toBeGreaterThan(2 * detailIn(picture, FACE))
    }
  })
})

describe('Tắt tiếng một đoạn', () => {
  const withSound = CAN_BE_MADE.filter((recipe) => !['poster', 'frames'].includes(recipe))
  it.each(withSound)('%s: nothing is heard in the span, and all beside it', async (recipe) => {
    const files = filesOf(recipe, '.mp4', '.m4a', '.mp3', '.m4s')
    const [file = ''] = recipe === 'web-hls' ? files.filter((one) => one.endsWith('aud.m4s')) : files // prettier-ignore
    expect(await peakBetween(file, 1.5, 2.5)).toBeLessThan(-70)
    const [before, after] = [await peakBetween(file, 0.5, 1.35), await peakBetween(file, 2.65, 3.5)]
    expect(Math.min(before, after)).toBeGreaterThan(-25)
    expect(Math.abs(before - after)).toBeLessThan(2)
  })
})

describe('Không che gì', () => {
  it('is made as a clip that nobody touched, under the name of one', () => {
    expect(dressOf({ redactions: [] })).toBeNull()
    expect(dressingOf(null)).toBe('')
    expect(dressingOf(dressOf({ redactions: REDACTIONS }))).toMatch(/^[0-9a-f]{12}$/)
  })

  it('a finished pass of the bare clip is not taken for one of the covered', async () => {
    const job = { source: shop.at('clip.mp4'), facts, workdir: shop.at('twice') }
    const bare = await makeProxy(job)
    const dress = dressOf({ redactions: REDACTIONS })
    const covered = await makeProxy({ ...job, dress })
    expect(covered.files[0]?.sha256).not.toBe(bare.files[0]?.sha256)
  })
})

describe('Khung và đoạn', () => {
  it('takes whole pixels of both planes, never fewer than were drawn', () => {
    const part = pixelsOf({ x: 0.1003, y: 0.2, width: 0.1, height: 0.1 }, { width: 1280, height: 720 }) // prettier-ignore
    expect(part).toEqual({ x: 128, y: 144, width: 130, height: 72 })
    expect(pixelsOf({ x: 0, y: 0, width: 1, height: 1 }, SIZE)).toEqual({ x: 0, y: 0, ...SIZE })
    expect(pixelsOf({ x: 0.9999, y: 0.9999, width: 0.0001, height: 0.0001 }, SIZE)).toEqual({
      x: 1278,
      y: 718,
      width: 2,
      height: 2,
    })
  })

  it.each<[string, Redaction, Partial<Facts>]>([
    ['empty-span', { kind: 'mute', fromMs: 1000, toMs: 1000 }, {}],
    ['outside-clip', { kind: 'mute', fromMs: 1000, toMs: 9000 }, {}],
    ['bad-box', { kind: 'blur', ...SPAN, box: { x: 0.9, y: 0, width: 0.2, height: 0.2 } }, {}],
    ['bad-box', { kind: 'blur', ...SPAN, box: { x: 0.5, y: 0, width: 0.001, height: 0.2 } }, {}],
    ['no-sound', { kind: 'mute', ...SPAN }, { hasSound: false }],
    ['no-picture', { kind: 'blur', ...SPAN, box: FACE }, { hasPicture: false }],
    ['no-picture', { kind: 'blur', ...SPAN, box: FACE }, { durationSeconds: 0 }],
  ])('refuses what can not be done: %s', (problem, one, more) => {
    expect(redactionProblem([one], { ...facts, ...more })?.problem).toBe(problem)
    const good: Redaction = { kind: 'mute', fromMs: 0, toMs: 500 }
    expect(redactionProblem([good], facts)).toBeNull()
    if (Object.keys(more).length === 0)
      expect(redactionProblem([good, one], facts)).toEqual({ at: 1, problem })
  })
})
