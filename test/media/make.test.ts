import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { hashFile } from '@/media/digest'
import type { Facts } from '@/media/facts'
import { makeProxy, makeRenditions, type Made, type Recipe } from '@/media/make'
import { factsOf, keyTimes, makeClip, run, streamsOf, workshop } from './clips'

const WANTED: Recipe[] = ['proxy', 'web-hls', 'web-mp4', 'poster', 'vertical']

let shop: Awaited<ReturnType<typeof workshop>>
beforeAll(async () => {
  shop = await workshop()
})
afterAll(() => shop.close())

const byRecipe = (made: Made[]) => (recipe: Recipe) => {
  const found = made.find((one) => one.recipe === recipe)
  if (!found) throw new Error(`no ${recipe}`)
  return found
}
const fileIn = (made: Made, name: string) => path.join(made.dir, name)

describe('Làm bản chuyển mã từ một clip nằm ngang', () => {
  let facts: Facts
  let made: Made[]
  const source = () => shop.at('land.mp4')
  const job = () => ({ source: source(), facts, workdir: shop.at('work'), wanted: WANTED })
  const seen: number[] = []

  beforeAll(async () => {
    await makeClip.landscape(source(), 4)
    facts = await factsOf(source())
    made = await makeRenditions({ ...job(), onProgress: (fraction) => seen.push(fraction) })
  }, 120_000)

  it('makes the small copy for the desk', async () => {
    const proxy = await makeProxy(job())
    expect(proxy).toMatchObject({ recipe: 'proxy', width: 640, height: 360 })
    const streams = await streamsOf(fileIn(proxy, 'proxy.mp4'))
    expect(streams.map(({ codec_name }) => codec_name)).toEqual(['h264', 'aac'])
  })

  it('makes everything that goes out, and no more', () => {
    expect(made.map(({ recipe }) => recipe)).toEqual(['web-hls', 'web-mp4', 'poster', 'vertical'])
    expect(byRecipe(made)('web-hls').files.map((file) => file.path)).toEqual([
      '360.m3u8',
      '360.m4s',
      '480.m3u8',
      '480.m4s',
      '720.m3u8',
      '720.m4s',
      'aud.m3u8',
      'aud.m4s',
      'master.m3u8',
    ])
  })

  it('records the very bytes that are on the disk', async () => {
    for (const { dir, files } of made) {
      for (const file of files) {
        expect(await hashFile(path.join(dir, file.path))).toEqual({
          sha256: file.sha256,
          bytes: file.bytes,
        })
      }
    }
  })

  it('aligns the key pictures of all rungs every two seconds', async () => {
    const hls = byRecipe(made)('web-hls')
    const [times, ...others] = await Promise.all(
      ['720', '480', '360'].map((name) => keyTimes(fileIn(hls, `${name}.m4s`))),
    )
    expect(times).toHaveLength(2)
    expect((times?.[1] ?? 0) - (times?.[0] ?? 0)).toBeCloseTo(2, 3)
    for (const other of others) expect(other).toEqual(times)
  })

  it('is a stream that plays to the end through its master playlist', async () => {
    const master = fileIn(byRecipe(made)('web-hls'), 'master.m3u8')
    expect(await readFile(master, 'utf8')).toMatch(
      /CODECS="avc1\.6400[0-9a-f]{2},mp4a\.40\.2",RESOLUTION=1280x720/,
    )
    const decode = [
      '-v',
      'error',
      '-i',
      master,
      '-map',
      '0:v:0',
      '-map',
      '0:a:0',
      '-f',
      'null',
      '-',
    ]
    expect((await run('ffmpeg', decode)).stderr).toBe('')
  })

  it('makes an MP4 whose index stands first, without edit lists and without the sender’s tags', async () => {
    const file = fileIn(byRecipe(made)('web-mp4'), 'video.mp4')
    const bytes = await readFile(file)
    expect(bytes.indexOf('moov', 0, 'latin1')).toBeLessThan(bytes.indexOf('mdat', 0, 'latin1'))
    expect(bytes.includes('elst', 0, 'latin1')).toBe(false)
    const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', 'format_tags', file])
    expect(stdout).not.toMatch(/mật|location|21\.3/)
  })

  it('makes a vertical of 1080 by 1920', async () => {
    const vertical = byRecipe(made)('vertical')
    const [picture] = await streamsOf(fileIn(vertical, 'vertical.mp4'))
    expect(picture).toMatchObject({
      width: 1080,
      height: 1920,
      sample_aspect_ratio: '1:1',
      pix_fmt: 'yuv420p',
    })
  })

  it('brings the sound to the target and says so', () => {
    const { loudness } = byRecipe(made)('web-mp4')
    expect(loudness?.onTarget).toBe(true)
    expect(Math.abs((loudness?.integrated ?? 0) + 16)).toBeLessThanOrEqual(0.5)
    expect(loudness?.truePeak).toBeLessThanOrEqual(-1)
  })

  it('tells its progress, which never runs backwards, to the end', () => {
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.at(-1)).toBe(1)
  })

  it('keeps finished passes, clears a broken one away, and makes only that again', async () => {
    const workdir = shop.at('work')
    const pass = (await readdir(workdir)).find((name) => name.startsWith('picture-')) ?? ''
    const pictureBefore = (await stat(path.join(workdir, pass))).ino
    await writeFile(path.join(workdir, 'web-mp4', 'video.mp4'), 'half')
    await rm(path.join(workdir, 'vertical', 'manifest.json'))
    const again = await makeRenditions(job())
    expect((await stat(path.join(workdir, pass))).ino).toBe(pictureBefore)
    expect(again.map(({ files }) => files.map(({ path: name }) => name))).toEqual(
      made.map(({ files }) => files.map(({ path: name }) => name)),
    )
    expect((await stat(fileIn(byRecipe(again)('web-mp4'), 'video.mp4'))).size).toBeGreaterThan(1000)
  })

  it('leaves nothing under a finished name when it is cancelled', async () => {
    const workdir = shop.at('cancelled')
    const cancel = new AbortController()
    const ran = makeRenditions({
      ...job(),
      workdir,
      signal: cancel.signal,
      onProgress: () => cancel.abort(),
    })
    await expect(ran).rejects.toMatchObject({ code: 'cancelled' })
    const names = await readdir(workdir)
    // The sound may have been done; what was broken off has no name, and nothing was made of it.
    expect(names.filter((name) => !/\.part-|^sound$/.test(name))).toEqual([])
  })

  it('does not make what the caller already has', async () => {
    const workdir = shop.at('kept')
    expect(await makeRenditions({ ...job(), workdir, wanted: [] })).toEqual([])
    await expect(stat(workdir)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('refuses an output shorter than its source promised', async () => {
    const longer = { ...facts, pictureSeconds: 9, durationSeconds: 9 }
    const ran = makeProxy({ source: source(), facts: longer, workdir: shop.at('short') })
    await expect(ran).rejects.toMatchObject({ code: 'output-not-whole' })
    expect((await readdir(shop.at('short'))).filter((name) => name === 'proxy')).toEqual([])
  })
})

describe('Làm bản chuyển mã từ clip điện thoại', () => {
  const make = async (
    kind: 'rotated' | 'unsteady' | 'silent' | 'vertical' | 'hevc',
    file: string,
  ) => {
    await makeClip[kind](shop.at(file))
    const facts = await factsOf(shop.at(file))
    return byRecipe(
      await makeRenditions({
        source: shop.at(file),
        facts,
        workdir: shop.at(`work-${kind}`),
        wanted: WANTED,
      }),
    )
  }

  it('turns a clip that was held upright', async () => {
    const made = await make('rotated', 'rotated.mp4')
    const [picture] = await streamsOf(fileIn(made('web-mp4'), 'video.mp4'))
    expect(picture).toMatchObject({ width: 480, height: 854 })
    expect(picture).not.toHaveProperty('side_data_list')
  })

  it('makes an unsteady frame rate steady, without sound that was not there', async () => {
    const made = await make('unsteady', 'unsteady.mp4')
    const streams = await streamsOf(fileIn(made('web-mp4'), 'video.mp4'))
    expect(streams).toHaveLength(1)
    expect(streams[0]?.avg_frame_rate).toBe(streams[0]?.r_frame_rate)
    expect(Number(streams[0]?.duration)).toBeCloseTo(4, 0)
  })

  it('makes a silent clip, with no sound group', async () => {
    const made = await make('silent', 'silent.mp4')
    const master = await readFile(fileIn(made('web-hls'), 'master.m3u8'), 'utf8')
    expect(master).not.toMatch(/AUDIO|mp4a/)
    expect(made('web-hls').loudness).toBeUndefined()
  })

  it('takes a vertical clip as its own vertical, not encoded twice', async () => {
    const made = await make('vertical', 'vertical.mp4')
    expect(made('vertical')).toMatchObject({ width: 720, height: 1280 })
    expect(made('vertical').files[0]?.sha256).toBe(made('web-mp4').files[0]?.sha256)
  })

  it('makes H.264 of eight bits out of HEVC of ten', async () => {
    const made = await make('hevc', 'phone.mov')
    const [picture] = await streamsOf(fileIn(made('web-mp4'), 'video.mp4'))
    expect(picture).toMatchObject({ codec_name: 'h264', pix_fmt: 'yuv420p' })
  })
})
