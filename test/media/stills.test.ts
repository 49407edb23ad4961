import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFile } from 'node:fs/promises'
import { candidateFrames, posterFrom, scoreFrame, thumbnails, writePoster } from '@/media/stills'
import { bareFfmpeg, streamsOf, workshop } from './clips'

let shop: Awaited<ReturnType<typeof workshop>>
const frame = async (name: string, source: string, filter = 'null') => {
  await bareFfmpeg('-f', 'lavfi', '-i', source, '-vf', filter, '-frames:v', '1', shop.at(name))
  return shop.at(name)
}
beforeAll(async () => {
  shop = await workshop()
})
afterAll(() => shop.close())

describe('Ảnh bìa', () => {
  it('is neither black nor blurred when there is something better', async () => {
    const black = await frame('black.jpg', 'color=black:s=640x360')
    const white = await frame('white.jpg', 'color=white:s=640x360')
    const blurred = await frame('blurred.jpg', 'testsrc2=s=640x360', 'gblur=sigma=12')
    const sharp = await frame('sharp.jpg', 'testsrc2=s=640x360')
    expect(await posterFrom([black, blurred, sharp, white])).toMatchObject({
      file: sharp,
      index: 2,
    })
    expect(await posterFrom([black, blurred])).toMatchObject({ file: blurred })
    expect(await scoreFrame(black)).toBe(0)
    expect(await scoreFrame(white)).toBe(0)
  })

  it('is chosen among frames that are sharp, lit, and each of something else', async () => {
    const of = (name: string, source: string, filter?: string) =>
      frame(`c-${name}.jpg`, source, filter)
    const black = await of('black', 'color=black:s=640x360')
    const field = await of('field', 'testsrc2=s=640x360')
    const again = await of('again', 'testsrc2=s=640x360', 'eq=contrast=0.97')
    const blurred = await of('blurred', 'testsrc2=s=640x360', 'hflip,gblur=sigma=12')
    const house = await of('house', 'testsrc2=s=640x360', 'vflip,hflip')
    const chosen = await candidateFrames([black, field, blurred, again, house])
    // Of two alike one is enough, whichever is a little sharper.
    expect([
      [field, house],
      [again, house],
    ]).toContainEqual(chosen)
    expect(await candidateFrames([black, await of('night', 'color=black:s=640x360')])).toEqual([
      black,
    ])
  })

  it('is offered in six frames at the most, in the order of the clip', async () => {
    const many = await Promise.all(
      Array.from({ length: 9 }, (_, n) =>
        frame(`m-${n}.jpg`, 'mandelbrot=s=640x360', `rotate=${n}*0.7,hue=h=${n * 40}`),
      ),
    )
    const chosen = await candidateFrames(many)
    expect(chosen).toHaveLength(6)
    expect(chosen).toEqual(many.filter((file) => chosen.includes(file)))
  })

  it('falls back on the first frame when none is fit', async () => {
    const black = await frame('night.jpg', 'color=black:s=640x360')
    expect(await posterFrom([black, black])).toEqual({ file: black, index: 0, score: 0 })
    expect(await posterFrom([])).toBeNull()
  })
})

describe('Ảnh nhỏ', () => {
  it('come in three widths and three formats', async () => {
    const answer = await thumbnails(await frame('big.png', 'testsrc2=s=1920x1080'), shop.dir)
    expect(
      answer.ok && answer.files.map(({ path, width, height }) => `${path} ${width}x${height}`),
    ).toEqual([
      '320.avif 320x180',
      '320.webp 320x180',
      '320.jpg 320x180',
      '640.avif 640x360',
      '640.webp 640x360',
      '640.jpg 640x360',
      '1280.avif 1280x720',
      '1280.webp 1280x720',
      '1280.jpg 1280x720',
    ])
    const [stored] = await streamsOf(shop.at('640.jpg'))
    expect(stored).toMatchObject({ width: 640, height: 360, codec_name: 'mjpeg' })
  })

  it('are never scaled up', async () => {
    const answer = await thumbnails(await frame('tiny.png', 'testsrc2=s=200x100'), shop.dir)
    expect(answer.ok && answer.files.map(({ width }) => width)).toEqual([200, 200, 200])
    expect(await writePoster(shop.at('tiny.png'), shop.at('poster.jpg'))).toEqual({
      width: 200,
      height: 100,
    })
  })

  it.each([
    [
      'an SVG',
      '<svg xmlns="http://www.w3.org/2000/svg" width="500" height="500"><rect width="9" height="9"/></svg>',
    ],
    ['words', 'xin chào'],
    ['half a JPEG', null],
  ])('are not made of %s', async (_, content) => {
    const half = async () =>
      (await readFile(await frame('whole.jpg', 'testsrc2=s=640x360'))).subarray(0, 4000)
    const file = await shop.text('bad.jpg', content ?? (await half()))
    expect(await thumbnails(file, shop.dir)).toMatchObject({ ok: false, reason: 'not-an-image' })
  })

  it('are not made of a picture of ninety million points', async () => {
    await bareFfmpeg(
      '-f',
      'lavfi',
      '-i',
      'color=s=10000x9000',
      '-frames:v',
      '1',
      shop.at('bomb.png'),
    )
    expect(await thumbnails(shop.at('bomb.png'), shop.dir)).toMatchObject({
      ok: false,
      detail: { line: expect.stringContaining('pixel limit') },
    })
  })
})
