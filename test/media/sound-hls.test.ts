import { describe, expect, it } from '@jest/globals'
import { createHash } from 'node:crypto'
import { digestOf } from '@/media/digest'
import { avcCodec, bandwidthOf, masterPlaylist, parsePlaylist } from '@/media/hls'
import { correctionFor, gainFor, parseLoudness } from '@/media/sound'

const summary = (integrated: string, peak: string) => [
  '    title           : Summary: I: -1.0 LUFS Peak: 9.0 dBFS',
  '[Parsed_ebur128_0 @ 0x55] Summary:',
  '',
  '  Integrated loudness:',
  `    I:         ${integrated} LUFS`,
  '    Threshold: -33.4 LUFS',
  '',
  '  Loudness range:',
  '    LRA:        15.9 LU',
  '    Threshold: -43.4 LUFS',
  '',
  '  True peak:',
  `    Peak:       ${peak} dBFS`,
]

describe('Âm lượng', () => {
  it('is read from the last summary, not from what a clip claims of itself', () => {
    expect(parseLoudness(summary('-23.1', '-8.9'))).toEqual({ integrated: -23.1, truePeak: -8.9 })
  })

  it('knows silence', () => {
    expect(parseLoudness(summary('-70.0', '-inf'))).toEqual({ integrated: null, truePeak: null })
    expect(parseLoudness([])).toEqual({ integrated: null, truePeak: null })
    expect(gainFor({ integrated: null, truePeak: null })).toEqual({ gainDb: 0, reachable: false })
  })

  it('lifts and lowers to the target, but does not lift noise', () => {
    expect(gainFor({ integrated: -23, truePeak: -9 })).toEqual({ gainDb: 7, reachable: true })
    expect(gainFor({ integrated: -8, truePeak: 0 })).toEqual({ gainDb: -8, reachable: true })
    expect(gainFor({ integrated: -40, truePeak: -20 })).toEqual({ gainDb: 20, reachable: false })
    expect(gainFor({ integrated: -60, truePeak: -40 })).toEqual({ gainDb: 0, reachable: false })
  })

  it('is corrected once when half a unit off or too loud at its peak', () => {
    const used = { gainDb: 5, limitDb: -3, reachable: true }
    expect(correctionFor({ integrated: -16.4, truePeak: -1.2 }, used)).toBeNull()
    expect(correctionFor({ integrated: -17, truePeak: -2 }, used)).toEqual({
      gainDb: 6,
      limitDb: -3,
    })
    const corrected = correctionFor({ integrated: -16, truePeak: -0.5 }, used)
    expect(corrected?.gainDb).toBe(5)
    expect(corrected?.limitDb).toBeCloseTo(-3.8)
  })
})

const playlist = `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-MAP:URI="720.m4s",BYTERANGE="867@0"
#EXTINF:6.000000,
#EXT-X-BYTERANGE:600000@867
720.m4s
#EXTINF:2.000000,
#EXT-X-BYTERANGE:400000@600867
720.m4s
#EXT-X-ENDLIST
`

describe('Danh sách phát HLS', () => {
  it('tells the mean and the worst bandwidth of a rung', () => {
    expect(bandwidthOf(parsePlaylist(playlist))).toEqual({ average: 1_000_000, peak: 1_600_000 })
  })

  it.each([
    ['has no end', playlist.replace('#EXT-X-ENDLIST', '')],
    ['has no first bytes', playlist.replace(/#EXT-X-MAP.*\n/, '')],
    ['has no segment', playlist.replace(/#EXTINF[^]*\n720.m4s\n/, '')],
    ['names a second file', playlist.replace('720.m4s\n#EXTINF', '../other.m4s\n#EXTINF')],
  ])('is refused when it %s', (_, text) => {
    expect(() => parsePlaylist(text)).toThrow(expect.objectContaining({ code: 'hls-not-whole' }))
  })

  it('names the codec that is really inside', () => {
    const init = Buffer.concat([Buffer.from('....avcC'), Buffer.from([1, 0x64, 0x00, 0x1f, 0xff])])
    expect(avcCodec(init)).toBe('avc1.64001f')
    expect(() => avcCodec(Buffer.from('nothing of the kind'))).toThrow('avcC')
  })

  it('is written with all that a player needs to choose, the middle rung first', () => {
    const variant = { fps: 30, codec: 'avc1.64001f', average: 900, peak: 1000 }
    const variants = [
      { ...variant, name: '720', width: 1280, height: 720 },
      { ...variant, name: '480', width: 854, height: 480 },
    ]
    expect(masterPlaylist({ variants, sound: { average: 90, peak: 100 } })).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aud",NAME="Tiếng gốc",LANGUAGE="vi",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="aud.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=1100,AVERAGE-BANDWIDTH=990,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=854x480,FRAME-RATE=30.000,AUDIO="aud"
480.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=1100,AVERAGE-BANDWIDTH=990,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=30.000,AUDIO="aud"
720.m3u8
`)
    expect(masterPlaylist({ variants, sound: null })).not.toMatch(/AUDIO|mp4a/)
  })
})

describe('Dấu của một bộ tệp', () => {
  const files = [
    { path: 'b', bytes: 2, sha256: 'bb' },
    { path: 'a', bytes: 1, sha256: 'aa' },
  ]
  it('is the hash of the sorted manifest, whatever the order given', () => {
    const expected = createHash('sha256').update('a\x001\x00aa\nb\x002\x00bb\n').digest('hex')
    expect(digestOf(files)).toBe(expected)
    expect(digestOf([...files].reverse())).toBe(expected)
  })
  it('changes with any path, size or hash', () => {
    const [first = { path: '', bytes: 0, sha256: '' }] = files
    const changed = [
      { ...first, path: 'c' },
      { ...first, bytes: 3 },
      { ...first, sha256: 'bc' },
    ]
    for (const one of changed) expect(digestOf([one])).not.toBe(digestOf([first]))
  })
})
