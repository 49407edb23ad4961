import { describe, expect, it } from '@jest/globals'
import { baseOf, hasBase, missing, unmade, wanted } from '@/assets/wanted'
import { cannotMake } from '@/media/cannot-make'
import { sizedCommand } from '@/media/command-sized'
import { soundEncodeCommand } from '@/media/command-sound'
import { tagsFile } from '@/media/command-mux'
import type { Look } from '@/media/facts'
import { misfit, misplaced, NEEDS, soundFits } from '@/media/fits'
import { blurredLayout, cropBox } from '@/media/ladder'
import { PROFILES, RECIPES, type Recipe } from '@/media/profiles'
import { SOUNDS } from '@/media/profiles-sound'
import { sizePlan } from '@/media/size-plan'
import { clipFacts } from './clip-facts'

const facts = clipFacts()
const reason = (recipe: Recipe, over: Parameters<typeof clipFacts>[0]) =>
  cannotMake(recipe, clipFacts(over))?.reason ?? null

describe('Bảng các bản chuyển mã', () => {
  it('says of every row where its numbers were read, and when', () => {
    for (const { source, verifiedAt } of Object.values(PROFILES)) {
      expect(source).toMatch(/\w{5}/)
      expect(verifiedAt).toMatch(/^2026-\d\d-\d\d$/)
    }
  })

  it.each<[Recipe, Parameters<typeof clipFacts>[0], string | null]>([
    ['x', { durationSeconds: 140 }, null],
    ['x', { durationSeconds: 141 }, 'too-long-for-channel'],
    ['reels', { durationSeconds: 2 }, 'too-short-for-channel'],
    ['reels', { durationSeconds: 91 }, 'too-long-for-channel'],
    ['shorts', { durationSeconds: 181 }, 'too-long-for-channel'],
    ['tiktok', { durationSeconds: 601 }, 'too-long-for-channel'],
    ['facebook', { durationSeconds: 1201 }, 'too-long-for-channel'],
    ['zalo', { durationSeconds: 1100 }, null],
    ['zalo', { durationSeconds: 1200 }, 'too-large-for-channel'],
    ['podcast-mp3', { hasSound: false }, 'no-sound'],
    ['web-mp4', { hasSound: false }, null],
    ['vertical', { hasPicture: false }, 'no-picture'],
    ['loudspeaker', { hasPicture: false }, null],
  ])('%s of a clip with %j: %s', (recipe, over, expected) => {
    expect(reason(recipe, over)).toBe(expected)
  })

  it('never cuts a clip to fit: it is refused, in words that say how long it may be', () => {
    const said = cannotMake('x', clipFacts({ durationSeconds: 200 }))
    expect(said?.help.vi).toContain('Clip dài 3:20, X nhận tối đa 2:20')
  })
})

describe('Bản vừa dung lượng', () => {
  const rule = PROFILES.zalo.how.rule
  it.each([
    [60, { pictureK: 2800, side: 720 }],
    [360, { pictureK: 981, side: 720 }],
    [600, { pictureK: 550, side: 480 }],
    [1100, { pictureK: 256, side: 480 }],
    [1200, null],
  ])('of %i seconds', (seconds, expected) => {
    expect(sizePlan(rule, { seconds, hasSound: true })).toEqual(expected)
  })

  it('is encoded in two passes over the same picture, at one rate', () => {
    const job = { source: '/in/source', cwd: '/out', facts }
    const [first, second] = ([1, 2] as const).map((pass) =>
      sizedCommand(job, { pictureK: 900, side: 480 }, pass),
    )
    expect(first?.outputs[0]?.options.join(' ')).toMatch(/-b:v 900k .*-pass 1 .*-f null/)
    expect(second?.outputs[0]?.options.join(' ')).toMatch(/scale=854:480.*-b:v 900k .*-pass 2/)
  })
})

describe('Khung hình', () => {
  it.each([
    [0.5, 656],
    [0, 0],
    [1, 1312],
    [0.9, 1312],
    [0.4, 464],
  ])('is cut around the focus at %d of the width', (x, left) => {
    const box = cropBox({ width: 1920, height: 1080 }, { width: 1080, height: 1920 }, { x, y: 0.5 })
    expect(box).toEqual({ width: 608, height: 1080, x: left, y: 0 })
  })

  it('is set on a ground of itself that covers the frame', () => {
    expect(blurredLayout({ width: 1920, height: 1080 }, { width: 1080, height: 1080 })).toEqual({
      small: { width: 270, height: 270 },
      cover: { width: 480, height: 270 },
      front: { width: 1080, height: 608 },
    })
  })
})

describe('Tiếng', () => {
  it('is encoded for each target with its own filters, in one run', () => {
    const job = { source: '/in/source', cwd: '/out', facts }
    const used = { gainDb: 3, limitDb: -4 }
    const options = (target: keyof typeof SOUNDS) =>
      soundEncodeCommand(job, used, SOUNDS[target]).outputs[0]?.options.join(' ')
    expect(options('loudspeaker')).toMatch(/mono,highpass=f=150.*acompressor.*aresample=32000,alim/)
    expect(options('loudspeaker')).toMatch(/-ac 1 -b:a 64k/)
    expect(options('podcast-mp3')).toMatch(/highpass=f=60,volume=3.00dB,aresample=44100,alimiter/)
    expect(options('web')).not.toMatch(/highpass|acompressor/)
  })

  it('carries tags and chapters that are plain words, whatever stands in them', () => {
    const text = tagsFile({ title: 'Bão số 3; =#\\ mưa' }, [{ start: 0, end: 1.5, title: 'Mở' }])
    expect(text).toBe(
      ';FFMETADATA1\ntitle=Bão số 3\\; \\=\\#\\\\ mưa\n' +
        '[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1500\ntitle=Mở\n',
    )
  })
})

const look: Look = {
  profile: 'High',
  level: 40,
  pictureK: 4800,
  lateSeconds: 0,
  colours: 'bt709 bt709',
  soundProfile: 'LC',
  soundRate: 48_000,
}
const { master, web, stream } = NEEDS

describe('Tệp đã vừa sẵn', () => {
  it('is taken as it came', () => {
    for (const need of [master, web, stream]) expect(misfit(facts, look, need)).toBeNull()
    expect(misfit(clipFacts({ hasSound: false, audioCodec: null }), look, master)).toBeNull()
  })

  it.each<[string, Parameters<typeof clipFacts>[0], Partial<Look>]>([
    ['container', { container: 'matroska' }, {}],
    ['codec', { videoCodec: 'hevc' }, {}],
    ['profile', {}, { profile: 'High 4:2:2' }],
    ['profile', {}, { level: 62 }],
    ['pixels', { pixelFormat: 'yuv420p10le' }, {}],
    ['pixels', { pixelFormat: 'yuvj420p' }, {}],
    ['hdr', { hdr: 'hlg' }, {}],
    ['hdr', {}, { colours: 'bt2020nc bt2020' }],
    ['interlaced', { interlaced: true }, {}],
    ['rotation', { rotation: 90 }, {}],
    ['odd-size', { width: 1919 }, {}],
    ['size', { width: 4096, height: 2304 }, {}],
    ['frame-rate', { vfr: true }, {}],
    ['frame-rate', { fps: 120 }, {}],
    ['frame-rate', { fps: 15 }, {}],
    ['late', {}, { lateSeconds: 0.4 }],
    ['bitrate', {}, { pictureK: 120_000 }],
    ['bitrate', {}, { pictureK: 0 }],
  ])('is encoded anew because of its %s', (why, over, seen) => {
    expect(misfit(clipFacts(over), { ...look, ...seen }, master)).toBe(why)
  })

  it.each<[string, Parameters<typeof clipFacts>[0], Partial<Look>]>([
    ['size', { width: 3840, height: 2160 }, {}],
    ['size', { width: 1400, height: 800 }, {}],
    ['frame-rate', { fps: 50 }, {}],
    ['bitrate', {}, { pictureK: 20_000 }],
    ['profile', {}, { level: 50 }],
  ])('is good for YouTube and not for the site because of its %s', (why, over, seen) => {
    expect(misfit(clipFacts(over), { ...look, ...seen }, master)).toBeNull()
    expect(misfit(clipFacts(over), { ...look, ...seen }, web)).toBe(why)
  })

  it.each<[boolean, Parameters<typeof clipFacts>[0], Partial<Look>]>([
    [true, {}, {}],
    [false, { audioCodec: 'mp3' }, {}],
    [false, {}, { soundProfile: 'HE-AAC' }],
    [false, { audioChannels: 6 }, {}],
    [false, {}, { soundRate: 96_000 }],
    [false, {}, { soundRate: 22_050 }],
  ])('keeps its sound: %s of %j %j, when it is as loud as it shall be', (fits, over, seen) => {
    expect(soundFits(clipFacts(over), { ...look, ...seen })).toBe(fits)
  })
})

/** Twelve seconds, a key picture every `gap` seconds, each picture of so many bytes. */
const placed = (gap: number, { fps = 25, bytes = 20_000 } = {}) => ({
  codec: 'avc1',
  width: 1920,
  height: 1080,
  seconds: 12,
  steady: true,
  sizes: Array.from({ length: 12 * fps }, () => bytes),
  keys: Array.from({ length: Math.ceil(12 / gap) }, (_, n) => ({
    sample: Math.round(n * gap * fps),
    at: n * gap,
  })),
})

describe('Vị trí ảnh khóa', () => {
  const even = clipFacts({ fps: 25 })

  it.each<[string | null, string | null, ReturnType<typeof placed>]>([
    [null, null, placed(2)],
    [null, null, placed(1)],
    [null, 'pieces', placed(4)],
    ['key-pictures', null, placed(6)],
    ['key-pictures', 'key-pictures', placed(8)],
    ['container', 'container', { ...placed(2), codec: 'avc3' }],
    ['pixel-shape', 'pixel-shape', { ...placed(2), width: 1440 }],
    ['key-pictures', 'key-pictures', { ...placed(2), keys: [] }],
    [null, 'pieces', { ...placed(2), steady: false }],
    [null, 'pieces', placed(2, { bytes: 40_000 })],
    [null, null, placed(2, { bytes: 30_000 })],
  ])('lets it go as a file: %s; as a stream: %s', (file, pieces, track) => {
    expect(misplaced(even, track, web)).toBe(file)
    expect(misplaced(even, track, stream)).toBe(pieces)
  })

  it('can not be cut at whole seconds where the frame rate is not whole', () => {
    expect(misplaced(clipFacts({ fps: 29.97 }), placed(2), stream)).toBe('pieces')
  })
})

describe('Cần làm bản nào', () => {
  it('is the base of a clip when no channel was chosen, and no vertical', () => {
    const aids = ['sprite', 'peaks']
    const base = ['proxy', ...aids, 'web-hls', 'web-mp4', 'frames', 'poster']
    expect(wanted('video', [])).toEqual(base)
    expect(wanted('audio', [])).toEqual(['peaks', 'audio'])
    expect(wanted('image', [])).toEqual(['poster'])
  })

  it('grows by what each chosen channel binds, each once, in the order of making', () => {
    const channels = [['tiktok'], ['web-mp4'], ['podcast-mp3', 'tiktok'], []]
    expect(wanted('video', channels).slice(7)).toEqual(['tiktok', 'podcast-mp3'])
  })

  it('leaves out what an original of its kind can not give, and names that nobody knows', () => {
    expect(wanted('audio', [['web-hls', 'loudspeaker', 'no-such']])).toEqual([
      'peaks',
      'audio',
      'loudspeaker',
    ])
    expect(wanted('video', [['cards', 'no-such']])).toEqual(wanted('video', []))
  })

  it('asks only for what is missing, and not for what this clip can not be', () => {
    const long = clipFacts({ durationSeconds: 300 })
    const all = wanted('video', [['vertical', 'x']])
    expect(missing(all, ['sprite', 'peaks', ...baseOf('video')], long)).toEqual(['vertical'])
    expect(missing(all, all, long)).toEqual([])
  })

  it('does not encode an old clip again for frames to choose from, which are made with its poster', () => {
    const all = wanted('video', [])
    const aids = ['sprite', 'peaks']
    const rest = ['web-hls', 'web-mp4', 'frames', 'poster']
    expect(missing(all, ['proxy', ...aids], facts)).toEqual(rest)
    expect(missing(all, [...aids, ...baseOf('video')], facts)).toEqual([])
  })

  it('tells the base from what is made for a channel', () => {
    // What the desk scrubs and draws is no part of it: originals of before them are whole without.
    expect(hasBase('video', ['proxy', 'web-hls', 'web-mp4', 'poster'])).toBe(true)
    expect(hasBase('video', ['proxy', 'web-hls', 'web-mp4', 'vertical'])).toBe(false)
    expect(unmade(['vertical', 'web-mp4'], ['web-mp4'])).toEqual(['vertical'])
  })

  it('has every name once', () => {
    expect(new Set(RECIPES).size).toBe(RECIPES.length)
  })
})
