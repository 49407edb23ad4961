import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Facts } from '@/media/facts'
import { makeRenditions, type Made, type Recipe } from '@/media/make'
import { parseLoudness } from '@/media/sound'
import { bareFfmpeg, factsOf, run, streamsOf, workshop } from './clips'

let shop: Awaited<ReturnType<typeof workshop>>
let facts: Facts
let made: Map<Recipe, Made>
const SECONDS = 4

/** A clip as a camera sends it: where it was taken, by what, and with whose words in the picture's own stream. */
const camera = async (file: string) => {
  const tags = ['location=+21.5942+105.8482/', 'com.apple.quicktime.model=MayQuay 15', 'title=mật']
  await bareFfmpeg(
    ...['-f', 'lavfi', '-i', `testsrc2=s=1280x720:r=25:d=${SECONDS}`],
    ...['-f', 'lavfi', '-i', `sine=frequency=440:d=${SECONDS},volume=0.8`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25'],
    ...['-bsf:v', 'h264_metadata=sei_user_data=086f3693b7b34f2c965321492feee5b8+DauMayQuay'],
    ...['-c:a', 'aac', '-ac', '2', '-movflags', 'use_metadata_tags'],
    ...tags.flatMap((tag) => ['-metadata', tag]),
    file,
  )
}

const ALL: Recipe[] = [
  ...(['youtube', 'facebook', 'x', 'zalo', 'vertical', 'vertical-crop', 'square'] as const),
  ...(['tiktok', 'reels', 'shorts', 'audio', 'podcast-mp3', 'podcast-aac'] as const),
  'loudspeaker',
]

beforeAll(async () => {
  shop = await workshop()
  await camera(shop.at('camera.mov'))
  facts = await factsOf(shop.at('camera.mov'))
  const all = await makeRenditions({
    source: shop.at('camera.mov'),
    facts,
    workdir: shop.at('work'),
    wanted: ALL,
    tags: { title: 'Bản tin = sáng; #1', artist: 'Báo' },
    chapters: [
      { start: 0, end: 2, title: 'Mở đầu' },
      { start: 2, end: 4, title: 'Thời tiết' },
    ],
  })
  made = new Map(all.map((one) => [one.recipe, one]))
}, 480_000)
afterAll(() => shop.close())

const fileOf = (recipe: Recipe) => {
  const one = made.get(recipe)
  return path.join(one?.dir ?? '', one?.files[0]?.path ?? '')
}
const asked = async (file: string, ...entries: string[]) => {
  const argv = ['-v', 'error', ...entries, '-of', 'json', file]
  return JSON.parse((await run('ffprobe', argv)).stdout) as {
    format: { duration: string; tags?: Record<string, string> }
    chapters: { start_time: string; tags: { title: string } }[]
  }
}
const heard = async (file: string) => {
  const argv = ['-nostats', '-i', file, '-af', 'ebur128=peak=true', '-f', 'null', '-']
  return parseLoudness((await run('ffmpeg', argv, { maxBuffer: 1e7 })).stderr.split('\n'))
}

describe('Làm bản cho từng nền tảng', () => {
  it('makes one file for each, and no more', () => {
    expect([...made.keys()]).toEqual(ALL)
    for (const { files } of made.values()) expect(files).toHaveLength(1)
  })

  it.each<[Recipe, number, number]>([
    ['youtube', 1280, 720],
    ['facebook', 1280, 720],
    ['x', 1280, 720],
    ['zalo', 1280, 720],
    ['vertical', 1080, 1920],
    ['vertical-crop', 1080, 1920],
    ['square', 1080, 1080],
    ['tiktok', 1080, 1920],
    ['reels', 1080, 1920],
    ['shorts', 1080, 1920],
  ])('%s: H.264 of %i by %i with AAC, as long as its source', async (recipe, width, height) => {
    const streams = await streamsOf(fileOf(recipe))
    expect(streams.map(({ codec_name: name }) => name)).toEqual(['h264', 'aac'])
    expect(streams[0]).toMatchObject({ width, height, pix_fmt: 'yuv420p', r_frame_rate: '25/1' })
    const { format } = await asked(fileOf(recipe), '-show_format')
    expect(Math.abs(Number(format.duration) - SECONDS)).toBeLessThan(0.2)
    expect(made.get(recipe)).toMatchObject({ width, height })
  })

  it('puts the index first everywhere, and no edit list', async () => {
    for (const recipe of ALL.filter((one) => fileOf(one).endsWith('.mp4'))) {
      const bytes = await readFile(fileOf(recipe))
      expect(bytes.indexOf('moov', 0, 'latin1')).toBeLessThan(bytes.indexOf('mdat', 0, 'latin1'))
      expect([recipe, bytes.includes('elst', 0, 'latin1')]).toEqual([recipe, false])
    }
  })

  it('leaves nothing of where and by what it was taken in any byte that goes out', async () => {
    const source = await readFile(shop.at('camera.mov'))
    for (const mark of ['21.5942', 'MayQuay 15', 'DauMayQuay', 'mật'])
      expect([mark, source.includes(mark)]).toEqual([mark, true])
    for (const recipe of ALL) {
      const bytes = await readFile(fileOf(recipe))
      const left = ['21.5942', 'MayQuay', 'mật'].filter((mark) => bytes.includes(mark))
      expect([recipe, left]).toEqual([recipe, []])
    }
  })

  it('sends a source that fits as it is: its very pictures, not encoded again', async () => {
    const pictures = async (file: string) => {
      const argv = ['-v', 'error', '-i', file, '-map', '0:v:0', '-f', 'framemd5', '-']
      return (await run('ffmpeg', argv)).stdout.split('\n').filter((line) => /^0,/.test(line))
    }
    const sums = (lines: string[]) => lines.map((line) => line.split(',').at(-1))
    const before = sums(await pictures(shop.at('camera.mov')))
    expect(before).toHaveLength(SECONDS * 25)
    expect(sums(await pictures(fileOf('youtube')))).toEqual(before)
    expect(sums(await pictures(fileOf('facebook')))).not.toEqual(before)
  })

  it('makes one set of bytes of one picture and one sound, whatever the platform', () => {
    const hashes = (['tiktok', 'reels', 'shorts', 'vertical'] as const).map(
      (recipe) => made.get(recipe)?.files[0]?.sha256,
    )
    expect(new Set(hashes).size).toBe(1)
  })

  it.each<[Recipe, string, number, number, number]>([
    ['audio', 'aac', 48_000, 2, -16],
    ['podcast-mp3', 'mp3', 44_100, 2, -16],
    ['podcast-aac', 'aac', 48_000, 2, -16],
    ['loudspeaker', 'mp3', 32_000, 1, -19],
    ['zalo', 'aac', 44_100, 2, -16],
  ])('%s: %s of %i Hz, %i channels, at %d LUFS', async (recipe, codec, rate, channels, lufs) => {
    const sound = (await streamsOf(fileOf(recipe))).find((one) => one.codec_type === 'audio')
    expect(sound).toMatchObject({ codec_name: codec, sample_rate: String(rate), channels })
    const { integrated, truePeak } = await heard(fileOf(recipe))
    expect(Math.abs((integrated ?? 0) - lufs)).toBeLessThanOrEqual(0.5)
    expect(truePeak ?? 0).toBeLessThanOrEqual(-1)
  })

  it('writes the podcast’s own words and chapters into its file', async () => {
    for (const recipe of ['podcast-mp3', 'podcast-aac'] as const) {
      const told = await asked(fileOf(recipe), '-show_format', '-show_chapters')
      expect(told.format.tags).toMatchObject({ title: 'Bản tin = sáng; #1', artist: 'Báo' })
      expect(told.chapters.map(({ tags }) => tags.title)).toEqual(['Mở đầu', 'Thời tiết'])
      expect(Number(told.chapters[1]?.start_time)).toBe(2)
    }
  })

  it('fits a file under a size, at the rate that was planned', async () => {
    const { size } = await stat(fileOf('zalo'))
    expect((size * 8) / SECONDS / 1000).toBeLessThan(2800 + 96 + 150)
  })
})

describe('Chọn thêm kênh về sau', () => {
  it('makes only the one that is missing, from a decode of its own', async () => {
    const [square, ...others] = await makeRenditions({
      source: shop.at('camera.mov'),
      facts,
      workdir: shop.at('later'),
      wanted: ['square'],
      focus: { x: 0.2, y: 0.5 },
    })
    expect(others).toEqual([])
    expect(square?.files.map((file) => file.path)).toEqual(['square.mp4'])
  })

  it('takes up what a killed worker finished, when that holds more than is still wanted', async () => {
    const job = { source: shop.at('camera.mov'), facts, workdir: shop.at('work') }
    const tags = { title: 'Bản tin = sáng; #1', artist: 'Báo' }
    await writeFile(job.source.replace('.mov', '.none'), '')
    const gone = { ...job, source: job.source.replace('.mov', '.none'), tags }
    // The source is of no use any more: whatever comes out was there.
    const again = await makeRenditions({ ...gone, wanted: ['square', 'tiktok'] })
    expect(again.map(({ files }) => files[0]?.sha256)).toEqual(
      (['square', 'tiktok'] as const).map((recipe) => made.get(recipe)?.files[0]?.sha256),
    )
  })
})
