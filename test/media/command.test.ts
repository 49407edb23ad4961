import { describe, expect, it } from '@jest/globals'
import { proxyCommand } from '@/media/command'
import { pictureCommand } from '@/media/command-picture'
import { muxHlsCommand, muxMp4Command } from '@/media/command-mux'
import type { Command } from '@/media/command-parts'
import { soundEncodeCommand, soundMeasureCommand } from '@/media/command-sound'
import type { Facts } from '@/media/facts'
import { ladderFor } from '@/media/ladder'
import { FRAMES, isNative, picturesFor } from '@/media/pictures'
import type { Recipe } from '@/media/profiles'
import { clipFacts } from './clip-facts'

const facts = clipFacts()
const job = (over: Partial<Facts> = {}) => ({
  source: '/in/source',
  cwd: '/out',
  facts: { ...facts, ...over },
})
const BASE: Recipe[] = ['web-hls', 'web-mp4', 'poster']
const picture = (over: Partial<Facts> = {}, recipes: Recipe[] = [...BASE, 'vertical']) =>
  pictureCommand(job(over), picturesFor(recipes, { ...facts, ...over }))
const isNativeVertical = (size: { width: number; height: number }) =>
  isNative(size, FRAMES.vertical)
const sizes = (width: number, height: number) =>
  ladderFor({ width, height }).map((rung) => `${rung.name} ${rung.width}x${rung.height}`)
const graphOf = (command: Command) => {
  const options = command.outputs[0]?.options ?? []
  return options[options.indexOf('-filter_complex') + 1] ?? ''
}
const after = (options: readonly string[] | undefined, name: string) =>
  options?.[options.indexOf(name) + 1]

describe('Các bậc hình', () => {
  it.each([
    [1920, 1080, ['1080 1920x1080', '720 1280x720', '480 854x480', '360 640x360']],
    [3840, 2160, ['1080 1920x1080', '720 1280x720', '480 854x480', '360 640x360']],
    [1080, 1920, ['1080 1080x1920', '720 720x1280', '480 480x854', '360 360x640']],
    [1280, 720, ['720 1280x720', '480 854x480', '360 640x360']],
    [960, 540, ['480 854x480', '360 640x360']],
    [640, 480, ['480 640x480', '360 480x360']],
    [1912, 1072, ['1080 1912x1072', '720 1280x718', '480 854x478', '360 640x358']],
    [2560, 1080, ['1080 1920x810', '720 1280x540', '480 854x360', '360 640x270']],
    [320, 240, ['360 320x240']],
    [17, 33, ['360 18x34']],
  ])('of a picture of %i by %i', (width, height, expected) => {
    expect(sizes(width, height)).toEqual(expected)
  })

  it('counts only a clip that stands nine to sixteen as its own vertical', () => {
    expect(isNativeVertical({ width: 1080, height: 1920 })).toBe(true)
    expect(isNativeVertical({ width: 720, height: 1280 })).toBe(true)
    expect(isNativeVertical({ width: 1920, height: 1080 })).toBe(false)
    expect(isNativeVertical({ width: 1080, height: 1440 })).toBe(false)
    expect(isNativeVertical({ width: 360, height: 640 })).toBe(false)
  })
})

describe('Lệnh chuyển mã', () => {
  it('decodes the picture once for every rung and the vertical', () => {
    const command = picture()
    expect(command.inputs).toHaveLength(1)
    expect(graphOf(command).match(/\[0:0\]/g)).toHaveLength(1)
    expect(graphOf(command)).toContain('split=5')
    expect(command.outputs.map(({ file }) => file)).toEqual([
      'v1080.mp4',
      'v720.mp4',
      'v480.mp4',
      'v360.mp4',
      'vertical.mp4',
    ])
  })

  it('decodes it once too for a square, a crop and the master of another frame rate beside them', () => {
    const command = picture({ fps: 50 }, [...BASE, 'youtube', 'tiktok', 'vertical-crop', 'square'])
    expect(graphOf(command).match(/\[0:0\]/g)).toHaveLength(1)
    expect(graphOf(command)).toContain('[0:0]split=2[head30][head50]')
    expect(graphOf(command)).toContain('[head50]fps=fps=50')
    expect(command.outputs.map(({ file }) => file).slice(4)).toEqual([
      'master.mp4',
      'vertical.mp4',
      'vertical-crop.mp4',
      'square.mp4',
    ])
  })

  it('makes only the picture that one more channel needs, not the ladder again', () => {
    expect(picture({}, ['square']).outputs.map(({ file }) => file)).toEqual(['square.mp4'])
    expect(picture({}, ['x']).outputs.map(({ file }) => file)).toEqual(['v720.mp4'])
    expect(picturesFor(['podcast-mp3', 'loudspeaker'], facts)).toEqual([])
  })

  it('makes one picture for all platforms that take the vertical', () => {
    const outs = picturesFor(['tiktok', 'reels', 'shorts', 'vertical'], facts)
    expect(outs.map(({ file }) => file)).toEqual(['vertical.mp4'])
  })

  it('puts key pictures of every output at the same two seconds', () => {
    for (const { options } of picture().outputs) {
      expect(after(options, '-g')).toBe('60')
      expect(after(options, '-keyint_min')).toBe('60')
      expect(after(options, '-sc_threshold')).toBe('0')
    }
  })

  it('reads the sender file only under the whitelists, and never longer than it was probed', () => {
    const commands = [
      picture(),
      proxyCommand(job()),
      soundMeasureCommand(job()),
      soundEncodeCommand(job(), { gainDb: 1, limitDb: -3 }),
    ]
    for (const { inputs, first } of commands) {
      const options = inputs[0]?.options
      expect(after(options, '-protocol_whitelist')).toBe('file')
      expect(after(options, '-format_whitelist')).not.toMatch(/hls|concat|dash|image/)
      expect(after(options, '-max_pixels')).toBe('40000000')
      expect(after(options, '-max_streams')).toBe('16')
      expect(after(options, '-t')).toBe('11.000')
      expect(first).toContain('-nostdin')
    }
  })

  it('carries no tag of the sender into anything that goes out', () => {
    const mux = { picture: '/p', sound: '/s', cwd: '/out', name: 'video.mp4' }
    const hls = { pictures: [{ name: '360', file: '/p' }], sound: '/s', cwd: '/out' }
    const commands = [picture(), proxyCommand(job()), muxMp4Command(mux), muxHlsCommand(hls)]
    const kept = commands.flatMap(({ outputs }) => outputs).filter(({ file }) => file !== '-')
    for (const { options } of kept) {
      expect(after(options, '-map_metadata')).toBe('-1')
      expect(after(options, '-map_chapters')).toBe('-1')
    }
  })

  it('makes an unsteady frame rate constant, thirty at most', () => {
    expect(graphOf(picture({ fps: 23.976 }))).toContain('fps=fps=24')
    expect(graphOf(picture({ fps: 59.94, vfr: true }))).toContain('fps=fps=30')
  })

  it('maps bright HDR colours down, and unweaves interlaced pictures, only where they are', () => {
    expect(graphOf(picture())).not.toMatch(/tonemap|bwdif/)
    expect(graphOf(picture({ hdr: 'hlg' }))).toContain('tin=arib-std-b67')
    expect(graphOf(picture({ interlaced: true }))).toContain('[0:0]bwdif,')
  })

  it('does not encode a vertical twice', () => {
    const command = picture({ width: 1080, height: 1920 })
    expect(command.outputs.map(({ file }) => file)).not.toContain('vertical.mp4')
    expect(graphOf(command)).not.toContain('gblur')
  })

  it('leaves the sound group out where there is no sound', () => {
    const files = {
      pictures: [
        { name: '480', file: '/a' },
        { name: '360', file: '/b' },
      ],
      cwd: '/out',
    }
    const dumb = muxHlsCommand({ ...files, sound: null })
    expect(after(dumb.outputs[0]?.options, '-var_stream_map')).toBe('v:0,name:480 v:1,name:360')
    const heard = muxHlsCommand({ ...files, sound: '/s' })
    expect(after(heard.outputs[0]?.options, '-var_stream_map')).toBe(
      'v:0,agroup:aud,name:480 v:1,agroup:aud,name:360 a:0,agroup:aud,default:yes,name:aud',
    )
    const options = proxyCommand(job({ hasSound: false })).outputs[0]?.options
    expect(options).not.toContain('-c:a')
  })
})
