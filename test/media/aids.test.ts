import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { kindOf } from '@/media/facts'
import { makeAids, makeProxy, type Made } from '@/media/make'
import { peaksSink, type Peaks } from '@/media/peaks'
import { spritePlan, type Sprite } from '@/media/sprite'
import { bareFfmpeg, factsOf, workshop } from './clips'

let shop: Awaited<ReturnType<typeof workshop>>
beforeAll(async () => {
  shop = await workshop()
})
afterAll(() => shop.close())

const COLOURS = ['red', 'lime', 'blue']

/** Three thirds, each of one colour; the sound stands loud in its first half and soft in its second. */
const thirds = async (file: string, seconds: number, rate: number) => {
  const pictures = COLOURS.flatMap((name) => [
    ...['-f', 'lavfi', '-i', `color=${name}:s=320x180:r=${rate}:d=${seconds / 3}`],
  ])
  const sound = `sine=frequency=440:d=${seconds},volume='if(lt(t,${seconds / 2}),4,0.4)':eval=frame`
  await bareFfmpeg(
    ...[...pictures, '-f', 'lavfi', '-i', sound],
    ...['-filter_complex', '[0][1][2]concat=n=3[v]', '-map', '[v]', '-map', '3:a'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', file],
  )
}

const aidsOf = async (name: string): Promise<Record<string, Made>> => {
  const source = shop.at(name)
  const facts = await factsOf(source)
  const job = { source, facts, workdir: shop.at(`work-${name}`) }
  const made = kindOf(facts) === 'video' ? await makeProxy(job) : null
  const [file] = made?.files ?? []
  const proxy = made && file ? { file: path.join(made.dir, file.path), sha256: file.sha256 } : null
  const wanted = proxy ? (['sprite', 'peaks'] as const) : (['peaks'] as const)
  const aids = await makeAids({ ...job, proxy, wanted })
  return Object.fromEntries(aids.map((one) => [one.recipe, one]))
}

const read = async <T>(made: Made | undefined, name: string): Promise<T> =>
  JSON.parse(await readFile(path.join(made?.dir ?? '', name), 'utf8')) as T

/** The colours in the middle of the frames of a sheet, each by which of red, green and blue is strongest. */
const coloursOf = (made: Made | undefined, sprite: Sprite): ((n: number) => string) => {
  const sheet = execFileSync(
    'ffmpeg',
    [
      ...['-loglevel', 'error', '-i', path.join(made?.dir ?? '', sprite.file)],
      ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'],
    ],
    { maxBuffer: 1e8 },
  )
  return (n) => {
    const x = ((n % sprite.columns) + 0.5) * sprite.width
    const y = Math.floor((Math.floor(n / sprite.columns) + 0.5) * sprite.height)
    const at = (y * sprite.columns * sprite.width + Math.floor(x)) * 3
    const pixel = sheet.subarray(at, at + 3)
    const most = Math.max(...pixel)
    return most < 60 ? 'black' : (COLOURS[pixel.indexOf(most)] ?? '')
  }
}

/** Frame by frame, what the clip showed at that instant; frames that stand at a change of colour are left out. */
const expectThirds = (made: Made | undefined, sprite: Sprite, seconds: number, slack: number) => {
  const judged = Array.from({ length: sprite.count }, (_, n) => n).filter((n) => {
    const at = n * sprite.stepSeconds
    return [1, 2].every((k) => Math.abs(at - (k * seconds) / 3) > slack)
  })
  const expected = judged.map((n) => COLOURS[Math.floor((3 * n * sprite.stepSeconds) / seconds)])
  expect(judged.map(coloursOf(made, sprite))).toEqual(expected)
  expect(judged.length).toBeGreaterThan(sprite.count / 2)
}

describe('Dải hình để tua và dạng sóng của một clip', () => {
  let aids: Record<string, Made>
  beforeAll(async () => {
    await thirds(shop.at('short.mp4'), 9, 25)
    aids = await aidsOf('short.mp4')
  }, 120_000)

  it('has a still for every second, each where the sheet’s own list says', async () => {
    const sprite = await read<Sprite>(aids.sprite, 'sprite.json')
    expect(sprite).toMatchObject({ columns: 9, count: 9, stepSeconds: 1, width: 192, height: 108 })
    expectThirds(aids.sprite, sprite, 9, 0.2)
  }, 60_000)

  it('draws the loud half high and the soft half low, twenty times a second', async () => {
    const peaks = await read<Peaks>(aids.peaks, 'peaks.json')
    expect(peaks).toMatchObject({ version: 2, channels: 1, bits: 8 })
    expect(peaks.data).toHaveLength(2 * peaks.length)
    expect(peaks.sample_rate / peaks.samples_per_pixel).toBe(20)
    expect(Math.abs(peaks.length - 9 * 20)).toBeLessThanOrEqual(2)
    const high = (from: number, to: number) =>
      peaks.data.filter((_, at) => at % 2 === 1 && at / 40 > from && at / 40 < to)
    const [loud, soft] = [high(0.5, 4), high(5, 8.5)]
    // ffmpeg's sine stands at an eighth: four times that is half of 127, 0.4 times that a twentieth.
    expect(Math.min(...loud)).toBeGreaterThan(55)
    expect(Math.max(...loud)).toBeLessThan(72)
    expect(Math.min(...soft)).toBeGreaterThan(3)
    expect(Math.max(...soft)).toBeLessThan(10)
  })

  it('are files of the newsroom like any other: listed with their bytes and kind', () => {
    const files = Object.values(aids).flatMap((one) => one.files)
    expect(files.map(({ path: name, mime }) => `${name} ${mime}`)).toEqual([
      'sprite.jpg image/jpeg',
      'sprite.json application/json',
      'peaks.json application/json',
    ])
  })
})

describe('Dải hình của một chương trình dài', () => {
  it('is a hundred stills further apart, each within two seconds of its place', async () => {
    await thirds(shop.at('long.mp4'), 240, 2)
    const { sprite: made } = await aidsOf('long.mp4')
    const sprite = await read<Sprite>(made, 'sprite.json')
    expect(sprite).toMatchObject({ columns: 10, count: 100, stepSeconds: 2.4 })
    expectThirds(made, sprite, 240, 2.5)
  }, 180_000)
})

describe('Tệp chỉ có tiếng', () => {
  it('gets its waveform out of the original', async () => {
    await bareFfmpeg('-f', 'lavfi', '-i', 'sine=d=3,volume=4', shop.at('sound.mp3'))
    const { peaks: made } = await aidsOf('sound.mp3')
    const peaks = await read<Peaks>(made, 'peaks.json')
    expect(Math.abs(peaks.length - 60)).toBeLessThanOrEqual(2)
    expect(Math.max(...peaks.data)).toBeGreaterThan(55)
  }, 60_000)
})

describe('Số liệu thuần', () => {
  it('reads samples whole, in whatever pieces they come', async () => {
    const samples = Buffer.alloc(12)
    ;[256, -512, 25_600, 0, -32_768, 32_767].forEach((value, at) =>
      samples.writeInt16LE(value, at * 2),
    )
    const { sink, whole } = peaksSink(4)
    for (const byte of samples) sink.write(Buffer.from([byte]))
    await new Promise((resolve) => sink.end(() => resolve(undefined)))
    expect(whole()).toEqual([-2, 100, -128, 127])
  })

  it('plans at least one still of the shortest clip, upright ones standing', async () => {
    await bareFfmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc2=s=180x320:r=10:d=0.4', '-pix_fmt', 'yuv420p'],
      shop.at('upright.mp4'),
    )
    const plan = spritePlan(await factsOf(shop.at('upright.mp4')))
    expect(plan).toMatchObject({ count: 1, columns: 1, width: 108, height: 192, keysOnly: false })
  })
})
