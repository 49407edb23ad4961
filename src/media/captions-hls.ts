import { createHash } from 'node:crypto'
import { NewsroomError } from '../errors'
import { toVtt, type Cue } from './captions'
import { languageName, type CaptionLanguage } from './caption-languages'

/** Captions as a reader gets them: one language, whole. */
export type Track = {
  language: CaptionLanguage
  /** The model that wrote the first words; null where a person did. */
  machine: string | null
  cues: readonly Cue[]
}

const MACHINE_MARK = '-may'

/** The name says who wrote it, so that the seal, which binds names, binds that too. */
export const trackFile = ({ language, machine }: Pick<Track, 'language' | 'machine'>): string =>
  `${language}${machine === null ? '' : MACHINE_MARK}`

/** What a player's menu says. */
export const trackLabel = ({ language, machine }: { language: string; machine: boolean }): string =>
  `${languageName(language).vi}${machine ? ' (máy tạo)' : ''}`

/** The other way round: whose captions a file of this name holds; null when it holds none. */
export const trackOf = (file: string): { language: string; machine: boolean } | null => {
  const [, language, mark] = /^([a-z]{2})(-may)?\.vtt$/.exec(file) ?? []
  return language === undefined ? null : { language, machine: mark !== undefined }
}

const noteOf = ({ machine }: Track): string =>
  machine === null ? '' : `Phụ đề do máy tạo (${machine}), người của tòa soạn đã soát.`

/** One segment as long as the clip: players take that of a recording, and the captions of an hour are 60 KB. */
const subtitlePlaylist = (file: string, seconds: number): string =>
  [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.ceil(seconds))}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    `#EXTINF:${seconds.toFixed(3)},`,
    file,
    '#EXT-X-ENDLIST\n',
  ].join('\n')

const notOurs = () =>
  new NewsroomError({
    code: 'hls-not-whole',
    message: 'the master playlist is not one of ours',
    help: {
      vi: 'Bản phát trực tuyến không đọc được nên chưa gắn được phụ đề.',
      en: 'The streaming rendition can not be read, so the captions were not put to it.',
    },
  })

const mediaLine = (track: Track, first: boolean): string => {
  const name = trackLabel({ language: track.language, machine: track.machine !== null })
  const said = 'public.accessibility.transcribes-spoken-dialog'
  return (
    `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="${name}",LANGUAGE="${track.language}",` +
    `DEFAULT=NO,AUTOSELECT=${first ? 'YES' : 'NO'},FORCED=NO,CHARACTERISTICS="${said}",` +
    `URI="${trackFile(track)}.m3u8"`
  )
}

/**
 * The master playlist of a clip with its captions. It lies in a folder beside the stream's own and points back to it,
 * so that changing a word of the captions remakes three small files and no picture.
 */
export const masterWithCaptions = (
  master: string,
  { tracks, beside }: { tracks: readonly Track[]; beside: string },
): string => {
  const lines = master.trimEnd().split('\n')
  const first = lines.findIndex((line) => line.startsWith('#EXT-X-STREAM-INF:'))
  if (lines[0] !== '#EXTM3U' || first < 0 || master.includes('TYPE=SUBTITLES')) throw notOurs()
  const pointed = lines.map((line) => {
    if (line.startsWith('#EXT-X-STREAM-INF:')) return `${line},SUBTITLES="subs"`
    if (line.startsWith('#')) return line.replace(/URI="([^"]+)"/, `URI="${beside}$1"`)
    return line === '' ? line : beside + line
  })
  const media = tracks.map((track, at) => mediaLine(track, at === 0))
  return `${[...pointed.slice(0, first), ...media, ...pointed.slice(first)].join('\n')}\n`
}

export type CaptionFile = { path: string; mime: string; bytes: Buffer; sha256: string }

const VTT = 'text/vtt'
const APPLE = 'application/vnd.apple.mpegurl'

const fileOf = (path: string, mime: string, text: string): CaptionFile => {
  const bytes = Buffer.from(text, 'utf8')
  return { path, mime, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** Every file of the rendition `captions`, by name. Vietnamese first: it is what a player picks by itself. */
export const captionFiles = (of: {
  tracks: readonly Track[]
  master: string
  seconds: number
}): CaptionFile[] => {
  const rank = ({ language }: Track) => (language === 'vi' ? `0${language}` : `1${language}`)
  const tracks = [...of.tracks].sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
  const each = tracks.flatMap((track) => {
    const name = trackFile(track)
    return [
      fileOf(`${name}.vtt`, VTT, toVtt(track.cues, noteOf(track))),
      fileOf(`${name}.m3u8`, APPLE, subtitlePlaylist(`${name}.vtt`, of.seconds)),
    ]
  })
  const master = masterWithCaptions(of.master, { tracks, beside: '../web-hls/' })
  return [...each, fileOf('master.m3u8', APPLE, master)].sort((a, b) => (a.path < b.path ? -1 : 1))
}
