import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFile, truncate, stat } from 'node:fs/promises'
import path from 'node:path'
import { kindOf } from '@/media/facts'
import { makeProxy, makeRenditions, type Recipe } from '@/media/make'
import { probe } from '@/media/probe'
import { bareFfmpeg, factsOf, run, streamsOf, workshop } from './clips'

let shop: Awaited<ReturnType<typeof workshop>>
beforeAll(async () => {
  shop = await workshop()
})
afterAll(() => shop.close())

const picture = (filter: string) => ['-f', 'lavfi', '-i', filter]
const TONE = ['-f', 'lavfi', '-i', 'sine=frequency=440:d=2,volume=0.2']
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast']

/** Makes what is wanted of a generated file; the file of each recipe. */
const make = async (name: string, wanted: Recipe[], ...argv: string[]) => {
  const source = shop.at(name)
  await bareFfmpeg(...argv, source)
  const facts = await factsOf(source)
  const made = await makeRenditions({ source, facts, workdir: `${source}.work`, wanted })
  const files = made.map(({ recipe, dir, files: list }) => [recipe, path.join(dir, list[0]?.path ?? '')] as const) // prettier-ignore
  return { facts, made, files: Object.fromEntries(files) as Record<Recipe, string> }
}

const colourOf = async (file: string): Promise<number[]> => {
  const argv = ['-v', 'error', '-i', file, '-frames:v', '1', '-vf', 'scale=1:1']
  const { stdout } = await run('ffmpeg', [...argv, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'], {
    encoding: 'buffer',
  })
  return [...(stdout as unknown as Buffer)]
}

describe('Nguồn khác thường', () => {
  it('maps the bright colours of an HDR phone down, and says that they are', async () => {
    const { facts, files } = await make(
      'hlg.mov',
      ['web-mp4', 'square'],
      ...picture('color=c=0x808080:s=320x180:r=25:d=1'),
      ...['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le', '-tag:v', 'hvc1'],
      ...['-x265-params', 'log-level=none:transfer=arib-std-b67:colorprim=bt2020:colormatrix=bt2020nc'], // prettier-ignore
    )
    expect(facts.hdr).toBe('hlg')
    for (const recipe of ['web-mp4', 'square'] as const) {
      const [video] = await streamsOf(files[recipe])
      expect(video).toMatchObject({ pix_fmt: 'yuv420p', color_transfer: 'bt709' })
      // Grey stays grey: a wrong matrix would tint it.
      const [red = 0, green = 0, blue = 0] = await colourOf(files[recipe])
      expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(12)
      expect(green).toBeGreaterThan(40)
    }
  }, 60_000)

  it('unweaves an interlaced picture', async () => {
    const { facts, files } = await make(
      'woven.mp4',
      ['web-mp4'],
      ...picture('testsrc2=s=320x240:r=50:d=2,tinterlace=interleave_top,fieldorder=tff'),
      ...[...H264, '-flags', '+ilme+ildct', '-pix_fmt', 'yuv420p'],
    )
    expect(facts.interlaced).toBe(true)
    const [video] = await streamsOf(files['web-mp4'])
    expect(video).toMatchObject({ field_order: 'progressive', r_frame_rate: '25/1' })
  }, 60_000)

  it.each([
    ['one channel', 'mono', 'c0=c0', 1],
    ['six channels', '5.1', 'c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0', 6],
  ])(
    'makes two channels at the target of %s',
    async (_, layout, spread, channels) => {
      const { facts, made, files } = await make(
        `${layout}.mp4`,
        ['audio', 'loudspeaker'],
        ...picture('color=s=160x90:r=25:d=2'),
        ...[
          ...TONE,
          '-af',
          `pan=${layout}|${spread}`,
          ...H264,
          '-pix_fmt',
          'yuv420p',
          '-c:a',
          'aac',
        ],
      )
      expect(facts.audioChannels).toBe(channels)
      expect((await streamsOf(files.audio))[0]).toMatchObject({ channels: 2 })
      expect((await streamsOf(files.loudspeaker))[0]).toMatchObject({ channels: 1 })
      expect(made.map(({ loudness }) => loudness?.onTarget)).toEqual([true, true])
    },
    60_000,
  )

  it('makes even sizes of odd ones', async () => {
    const { files, made } = await make(
      'odd.mp4',
      ['web-mp4', 'square', 'zalo'],
      ...picture('testsrc2=s=321x181:r=25:d=2'),
      ...[...TONE, ...H264, '-pix_fmt', 'yuv444p', '-c:a', 'aac', '-shortest'],
    )
    expect((await streamsOf(files['web-mp4']))[0]).toMatchObject({ width: 320, height: 180 })
    expect((await streamsOf(files.square))[0]).toMatchObject({ width: 1080, height: 1080 })
    expect(made).toHaveLength(3)
  }, 60_000)

  it('makes the sound of a file that has no picture, and no picture of it', async () => {
    const { facts, files, made } = await make(
      'speech.mp3',
      ['audio', 'podcast-mp3'],
      ...[...TONE, '-c:a', 'libmp3lame', '-metadata', 'title=mật'],
    )
    expect(kindOf(facts)).toBe('audio')
    expect(made.map(({ width }) => width)).toEqual([0, 0])
    for (const recipe of ['audio', 'podcast-mp3'] as const) {
      expect(await streamsOf(files[recipe])).toHaveLength(1)
      expect((await readFile(files[recipe])).includes('mật')).toBe(false)
    }
  }, 60_000)

  it('makes every platform’s file of a clip without sound, without inventing any', async () => {
    const { files } = await make(
      'dumb.mp4',
      ['youtube', 'zalo', 'vertical-crop'],
      ...picture('testsrc2=s=320x180:r=15:d=2'),
      ...[...H264, '-pix_fmt', 'yuv420p'],
    )
    for (const file of Object.values(files)) expect(await streamsOf(file)).toHaveLength(1)
    // Fifteen pictures a second do not fit as they are: it was encoded anew.
    expect((await streamsOf(files.youtube))[0]).toMatchObject({ has_b_frames: 2 })
  }, 60_000)

  it('makes pictures of a photograph around the point that matters, turned as it was held', async () => {
    const { made } = await make(
      'photo.jpg',
      ['poster', 'cards'],
      ...picture('color=c=blue:s=1600x1000:d=0.04,drawbox=x=1200:w=400:color=red:t=fill'),
      ...['-frames:v', '1'],
    )
    const cards = made[1]
    expect(cards?.files.map((file) => file.path)).toEqual(
      ['portrait', 'square', 'tall', 'wide'].flatMap((stem) =>
        ['avif', 'jpg', 'webp'].map((ending) => `${stem}.${ending}`),
      ),
    )
    const source = shop.at('photo.jpg')
    const facts = await factsOf(source)
    const job = { source, facts, wanted: ['cards'] as Recipe[] }
    const right = await makeRenditions({ ...job, workdir: shop.at('right'), focus: { x: 1, y: 0 } })
    const [red = 0, , blue = 0] = await colourOf(path.join(right[0]?.dir ?? '', 'tall.jpg'))
    expect(red).toBeGreaterThan(blue)
    const [less = 0, , more = 0] = await colourOf(path.join(cards?.dir ?? '', 'tall.jpg'))
    expect(more).toBeGreaterThan(less)
  }, 60_000)

  it('catches a source that lost its end, before and after the encoder', async () => {
    const source = shop.at('whole.mp4')
    await bareFfmpeg(
      ...picture('testsrc2=s=320x180:r=25:d=8'),
      ...[...H264, '-pix_fmt', 'yuv420p', '-movflags', '+faststart', source],
    )
    const facts = await factsOf(source)
    await truncate(source, Math.round((await stat(source)).size * 0.5))
    expect(await probe(source)).toMatchObject({ ok: false, reason: 'broken' })
    const job = { source, facts, workdir: shop.at('half') }
    await expect(makeProxy(job)).rejects.toMatchObject({ code: 'output-not-whole' })
    const ran = makeRenditions({ ...job, wanted: ['web-mp4', 'zalo'] })
    await expect(ran).rejects.toMatchObject({ code: 'output-not-whole' })
  }, 60_000)
})
