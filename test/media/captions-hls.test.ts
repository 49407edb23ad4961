import { describe, expect, it } from '@jest/globals'
import {
  captionFiles,
  masterWithCaptions,
  trackFile,
  trackLabel,
  trackOf,
  type Track,
} from '@/media/captions-hls'
import { masterPlaylist } from '@/media/hls'

const rung = { name: '480', width: 854, height: 480, fps: 25, codec: 'avc1.4d401e', average: 900, peak: 1000 } // prettier-ignore
const MASTER = masterPlaylist({ variants: [rung], sound: { average: 128, peak: 130 } })
const CUES = [{ start: 1000, end: 2500, text: 'Chè <b>vào vụ</b>' }]
const vi: Track = { language: 'vi', machine: null, cues: CUES }
const en: Track = { language: 'en', machine: 'whisper-1', cues: CUES }

describe('accepted captions become files beside the stream', () => {
  const files = captionFiles({ tracks: [en, vi], master: MASTER, seconds: 61.48 })
  const text = (path: string) => files.find((file) => file.path === path)?.bytes.toString('utf8')

  it('one text and one playlist a language, and a master playlist for players of the browser’s own', () => {
    expect(files.map(({ path, mime }) => `${path} ${mime}`)).toEqual([
      'en-may.m3u8 application/vnd.apple.mpegurl',
      'en-may.vtt text/vtt',
      'master.m3u8 application/vnd.apple.mpegurl',
      'vi.m3u8 application/vnd.apple.mpegurl',
      'vi.vtt text/vtt',
    ])
  })

  it('the master playlist points back to the stream and offers Vietnamese first', () => {
    expect(text('master.m3u8')).toBe(
      [
        '#EXTM3U',
        '#EXT-X-VERSION:7',
        '#EXT-X-INDEPENDENT-SEGMENTS',
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aud",NAME="Tiếng gốc",LANGUAGE="vi",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="../web-hls/aud.m3u8"',
        '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="Tiếng Việt",LANGUAGE="vi",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,CHARACTERISTICS="public.accessibility.transcribes-spoken-dialog",URI="vi.m3u8"',
        '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="Tiếng Anh (máy tạo)",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=NO,FORCED=NO,CHARACTERISTICS="public.accessibility.transcribes-spoken-dialog",URI="en-may.m3u8"',
        '#EXT-X-STREAM-INF:BANDWIDTH=1130,AVERAGE-BANDWIDTH=1028,CODECS="avc1.4d401e,mp4a.40.2",RESOLUTION=854x480,FRAME-RATE=25.000,AUDIO="aud",SUBTITLES="subs"',
        '../web-hls/480.m3u8',
        '',
      ].join('\n'),
    )
  })

  it('the playlist of a language holds its text, as long as the clip', () => {
    expect(text('vi.m3u8')?.split('\n')).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-TARGETDURATION:62',
      '#EXT-X-MEDIA-SEQUENCE:0',
      '#EXT-X-PLAYLIST-TYPE:VOD',
      '#EXTINF:61.480,',
      'vi.vtt',
      '#EXT-X-ENDLIST',
      '',
    ])
  })

  it('what a machine wrote says so in its name, in the menu and in the file', () => {
    expect([trackFile(en), trackFile(vi)]).toEqual(['en-may', 'vi'])
    expect(trackLabel({ language: 'en', machine: true })).toBe('Tiếng Anh (máy tạo)')
    expect(text('en-may.vtt')).toContain('NOTE Phụ đề do máy tạo (whisper-1), người của tòa soạn đã soát.') // prettier-ignore
    expect(text('vi.vtt')).not.toContain('NOTE')
  })

  it.each([
    ['vi.vtt', { language: 'vi', machine: false }],
    ['en-may.vtt', { language: 'en', machine: true }],
    ['master.m3u8', null],
    ['vi-khac.vtt', null],
    ['../vi.vtt', null],
  ])('whose captions lie in %s is read from its name', (name, whose) => {
    expect(trackOf(name)).toEqual(whose)
  })

  it.each(['', 'random bytes', '#EXTM3U\n#EXT-X-ENDLIST', captionFiles({ tracks: [vi], master: MASTER, seconds: 1 })[0]?.bytes.toString() ?? ''])(
    'a master playlist that is not one of ours is refused',
    (master) => {
      expect(() => masterWithCaptions(master, { tracks: [vi], beside: '' })).toThrow()
    },
  ) // prettier-ignore
})
