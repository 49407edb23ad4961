import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { open, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { hashFile } from '@/media/digest'
import { parsePlaylist } from '@/media/hls'
import { makeProxy, makeRenditions, type Made, type Recipe } from '@/media/make'
import { readTracks } from '@/media/mp4-table'
import { parseLoudness } from '@/media/sound'
import { bareFfmpeg, factsOf, run, workshop } from './clips'

let shop: Awaited<ReturnType<typeof workshop>>
const SECONDS = 13
const DEVICE = ['+21.5942+105.8482/', 'MayQuay 15', 'DauMayQuay']

const heardIn = async (file: string) => {
  const argv = ['-nostats', '-i', file, '-vn', '-af', 'ebur128=peak=true', '-f', 'null', '-']
  return parseLoudness((await run('ffmpeg', argv, { maxBuffer: 1e7 })).stderr.split('\n'))
}

/** A programme as an editing desk exports it: key pictures each second, under the site's bit rate. */
const programme = async (file: string, loudness: number) => {
  const tone = [...['-f', 'lavfi', '-i', `sine=frequency=300:d=${SECONDS},tremolo=f=3`], '-ac', '2']
  await bareFfmpeg(...tone, `${file}.wav`)
  const { integrated } = await heardIn(`${file}.wav`)
  await bareFfmpeg(
    ...['-f', 'lavfi', '-i', `testsrc2=s=854x480:r=25:d=${SECONDS}`, '-i', `${file}.wav`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', '-bf', '2'],
    ...['-b:v', '1M', '-maxrate', '1200k', '-bufsize', '1M', '-af'],
    `volume=${loudness - (integrated ?? 0)}dB`,
    ...['-bsf:v', 'h264_metadata=sei_user_data=086f3693b7b34f2c965321492feee5b8+DauMayQuay'],
    ...['-c:a', 'aac', '-ac', '2', '-ar', '48000', '-movflags', 'use_metadata_tags'],
    ...['-metadata', 'location=+21.5942+105.8482/', '-metadata', 'model=MayQuay 15', file],
  )
}

const WANTED: Recipe[] = ['web-hls', 'web-mp4', 'frames', 'poster', 'youtube']
const makeOf = async (name: string) => {
  const job = { source: shop.at(name), facts: await factsOf(shop.at(name)), workdir: shop.at(`${name}-work`) } // prettier-ignore
  const proxy = await makeProxy(job)
  const { integrated = null, truePeak = null } = proxy.loudness ?? {}
  const all = await makeRenditions({ ...job, heard: { integrated, truePeak }, wanted: WANTED })
  return new Map<Recipe, Made>(all.concat(proxy).map((one) => [one.recipe, one]))
}

const fileOf = (made: Map<Recipe, Made>, recipe: Recipe) => {
  const one = made.get(recipe)
  return path.join(one?.dir ?? '', one?.files[0]?.path ?? '')
}

/** The hash of every picture, or of every packet of the sound. */
const sums = async (file: string, stream: 'v' | 'a') => {
  const copy = stream === 'a' ? ['-c', 'copy'] : []
  const argv = ['-v', 'error', '-i', file, '-map', `0:${stream}:0`, ...copy, '-f', 'framemd5', '-']
  const { stdout } = await run('ffmpeg', argv, { maxBuffer: 1e7 })
  return stdout.split('\n').flatMap((line) => /^0,(?:[^,]*,){4}\s*(\w+)/.exec(line)?.[1] ?? [])
}

beforeAll(async () => {
  shop = await workshop()
  await programme(shop.at('right.mp4'), -16)
  await programme(shop.at('quiet.mp4'), -27)
}, 120_000)
afterAll(() => shop.close())

describe('Tệp đã vừa sẵn, tiếng đã đúng mức', () => {
  let made: Map<Recipe, Made>
  beforeAll(async () => {
    made = await makeOf('right.mp4')
  }, 240_000)

  it.each<Recipe>(['web-mp4', 'youtube'])(
    'goes out as %s with its very pictures and its very sound',
    async (recipe) => {
      const [pictures, sound] = [
        await sums(shop.at('right.mp4'), 'v'),
        await sums(shop.at('right.mp4'), 'a'),
      ]
      expect(pictures).toHaveLength(SECONDS * 25)
      expect(await sums(fileOf(made, recipe), 'v')).toEqual(pictures)
      expect(await sums(fileOf(made, recipe), 'a')).toEqual(sound)
      expect(made.get(recipe)?.loudness).toMatchObject({ gainDb: 0, onTarget: true })
    },
  )

  it('leaves no word of the device behind, in its tags or in its pictures', async () => {
    const source = await readFile(shop.at('right.mp4'))
    expect(DEVICE.filter((mark) => !source.includes(mark))).toEqual([])
    for (const { dir, files } of made.values()) {
      for (const file of files) {
        const bytes = await readFile(path.join(dir, file.path))
        expect([file.path, DEVICE.filter((mark) => bytes.includes(mark))]).toEqual([file.path, []])
      }
    }
  })

  it('has its index first, no edit list, and the hash of what lies there', async () => {
    const bytes = await readFile(fileOf(made, 'web-mp4'))
    expect(bytes.indexOf('moov', 0, 'latin1')).toBeLessThan(bytes.indexOf('mdat', 0, 'latin1'))
    expect(bytes.includes('elst', 0, 'latin1')).toBe(false)
    const { sha256, bytes: size } = await hashFile(fileOf(made, 'web-mp4'))
    expect(made.get('web-mp4')?.files).toMatchObject([{ sha256, bytes: size }])
  })

  it('is the top rung of the stream, cut at the same instants as the rung under it', async () => {
    const { dir = '' } = made.get('web-hls') ?? {}
    expect(await sums(path.join(dir, '480.m3u8'), 'v')).toEqual(await sums(shop.at('right.mp4'), 'v')) // prettier-ignore
    const lengths = async (name: string) =>
      parsePlaylist(await readFile(path.join(dir, name), 'utf8')).segments.map((one) => one.seconds)
    expect(await lengths('480.m3u8')).toEqual([6, 6, 1])
    expect(await lengths('360.m3u8')).toEqual([6, 6, 1])
  })

  it('is not encoded for the sake of its still', async () => {
    const work = shop.at('right.mp4-work')
    const names = (await readdir(work)).filter((name) => name.startsWith('picture-'))
    expect(names).toHaveLength(1)
    const inside = await readdir(path.join(work, names[0] ?? ''))
    expect(inside.filter((name) => name.endsWith('.mp4'))).toEqual(['v360.mp4'])
    expect(made.get('poster')?.files.map((file) => file.path)).toContain('poster.jpg')
    const frames = made.get('frames')?.files.map((file) => file.path) ?? []
    expect(frames.length).toBeGreaterThan(0)
    for (const name of frames) expect(name).toMatch(/^frame-\d+\.\ds\.jpg$/)
  })
})

describe('Tệp đã vừa sẵn, tiếng quá nhỏ', () => {
  it('keeps its pictures, and only the sound is encoded', async () => {
    const made = await makeOf('quiet.mp4')
    const file = fileOf(made, 'web-mp4')
    expect(await sums(file, 'v')).toEqual(await sums(shop.at('quiet.mp4'), 'v'))
    const { integrated, truePeak } = await heardIn(file)
    expect(Math.abs((integrated ?? 0) + 16)).toBeLessThanOrEqual(0.5)
    expect(truePeak ?? 0).toBeLessThanOrEqual(-1)
  }, 240_000)

  it('was heard while the proxy was made, as well as by a measure of its own', async () => {
    const { integrated } = await heardIn(shop.at('quiet.mp4'))
    const job = { source: shop.at('quiet.mp4'), facts: await factsOf(shop.at('quiet.mp4')), workdir: shop.at('again') } // prettier-ignore
    const { loudness } = await makeProxy(job)
    expect(Math.abs((loudness?.integrated ?? 0) - (integrated ?? 1))).toBeLessThanOrEqual(0.2)
  }, 60_000)
})

describe('Tệp bị cắt trên điện thoại: phần cắt đi vẫn nằm trong tệp', () => {
  it.each([
    ['its beginning', ['-ss', '0.6']],
    ['nothing', []],
  ])('what hides %s is told from what shows all', async (name, before) => {
    const cut = shop.at(`cut-${name}.mp4`)
    await bareFfmpeg(...before, '-i', shop.at('right.mp4'), '-c', 'copy', cut)
    expect((await readTracks(cut)) === null).toBe(name !== 'nothing')
  })

  it('is encoded anew, and what was cut away goes nowhere', async () => {
    const cut = shop.at('cut.mp4')
    await bareFfmpeg('-ss', '0.6', '-i', shop.at('right.mp4'), '-c', 'copy', cut)
    const hidden = async (file: string) => {
      const argv = ['-v', 'error', '-ignore_editlist', '1', '-i', file, '-map', '0:v', '-f', 'framemd5', '-'] // prettier-ignore
      return (await run('ffmpeg', argv, { maxBuffer: 1e7 })).stdout.split('\n').filter((line) => line.startsWith('0,')).length // prettier-ignore
    }
    const shown = (await sums(cut, 'v')).length
    expect((await hidden(cut)) - shown).toBeGreaterThan(10)
    const job = { source: cut, facts: await factsOf(cut), workdir: shop.at('cut-work') }
    const [made] = await makeRenditions({ ...job, wanted: ['web-mp4'] })
    expect(Math.abs((await hidden(path.join(made?.dir ?? '', 'video.mp4'))) - shown)).toBeLessThan(
      3,
    )
  }, 120_000)
})

describe('Một mục lục đầy hộp rỗng', () => {
  it('is not read to its end', async () => {
    const free = Buffer.alloc(8 * 2000)
    for (let at = 0; at < free.length; at += 8) free.write('\0\0\0\x08free', at, 'latin1')
    const size = Buffer.alloc(4)
    size.writeUInt32BE(free.length + 8)
    await writeFile(shop.at('padded.mp4'), Buffer.concat([size, Buffer.from('moov'), free]))
    expect(await readTracks(shop.at('padded.mp4'))).toBeNull()
  })
})

describe('Tệp tưởng vừa mà hỏng bên trong', () => {
  it('is encoded after all, and comes out whole', async () => {
    const file = shop.at('right.mp4')
    const picture = (await readTracks(file))?.find(({ kind }) => kind === 'picture')
    const torn = shop.at('torn.mp4')
    await bareFfmpeg('-i', file, '-map', '0', '-c', 'copy', '-map_metadata', '-1', torn)
    const places = (await readTracks(torn))?.find(({ kind }) => kind === 'picture')?.offsets ?? []
    expect(places).toHaveLength(picture?.offsets.length ?? 0)
    const handle = await open(torn, 'r+')
    await handle.write(Buffer.from([0x7f, 0xff, 0xff, 0xff]), 0, 4, places[40] ?? 0)
    await handle.close()
    const facts = await factsOf(torn)
    const job = { source: torn, facts, workdir: shop.at('torn-work') }
    const [made] = await makeRenditions({ ...job, wanted: ['web-mp4'] })
    const again = await sums(path.join(made?.dir ?? '', 'video.mp4'), 'v')
    expect(again).not.toEqual(await sums(file, 'v'))
    expect(Math.abs((made?.durationSeconds ?? 0) - SECONDS)).toBeLessThan(0.3)
  }, 120_000)
})
