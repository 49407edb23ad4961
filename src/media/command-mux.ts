import {
  FASTSTART,
  first,
  indexFirst,
  own,
  source,
  STRIPPED,
  type Command,
  type Sized,
} from './command-parts'
import type { Facts } from './facts'

/**
 * The source's picture as it came, with its own sound or the one that we made of it: nothing is decoded. What a device
 * wrote into the picture itself is blanked afterwards (`blank-notes.ts`).
 */
export const copyCommand = (
  { source: file, facts, cwd }: Sized,
  how: { name: string; indexBytes: number; sound: 'its own' | 'none' | { file: string } },
): Command => {
  const made = typeof how.sound === 'object' ? how.sound : null
  const sound = made ? ['-map', '1:a:0'] : ['-map', `0:${facts.audioIndex}`]
  return {
    cwd,
    first: first('error'),
    inputs: [source(file, facts), ...(made ? [own(made.file)] : [])],
    outputs: [
      {
        file: how.name,
        options: [
          ...['-map', `0:${facts.videoIndex}`, ...(how.sound === 'none' ? [] : sound)],
          ...['-c', 'copy', ...STRIPPED, ...indexFirst(how.indexBytes)],
        ],
      },
    ],
  }
}

/** What is said of a podcast inside its file. Only what was signed belongs here. */
export type Tags = { title?: string; artist?: string; album?: string; date?: string }
export type Chapter = { start: number; end: number; title: string }

const escaped = (text: string) => text.replace(/[=;#\\\n]/g, (char) => `\\${char}`)

/** Tags and chapters as ffmpeg reads them from a file, so that no word of a person stands in a command. */
export const tagsFile = (tags: Tags, chapters: readonly Chapter[]): string =>
  [
    ';FFMETADATA1',
    ...Object.entries(tags).map(([key, value]) => `${key}=${escaped(value ?? '')}`),
    ...chapters.flatMap(({ start, end, title }) => [
      '[CHAPTER]',
      'TIMEBASE=1/1000',
      `START=${Math.round(start * 1000)}`,
      `END=${Math.round(end * 1000)}`,
      `title=${escaped(title)}`,
    ]),
    '',
  ].join('\n')

/** A sound of ours under the name that goes out, with its tags; copied. */
export const muxSoundCommand = (files: {
  sound: string
  tags: string
  cwd: string
  name: string
}): Command => ({
  cwd: files.cwd,
  first: first('error'),
  inputs: [
    own(files.sound),
    { file: files.tags, options: ['-protocol_whitelist', 'file', '-f', 'ffmetadata'] },
  ],
  outputs: [
    {
      file: files.name,
      options: [
        ...['-map', '0:a:0', '-c', 'copy', '-map_metadata', '1', '-map_chapters', '1'],
        ...['-fflags', '+bitexact'],
        ...(files.name.endsWith('.mp3')
          ? ['-id3v2_version', '3', '-write_xing', '1', '-f', 'mp3']
          : ['-movflags', '+faststart', '-f', 'mp4']),
      ],
    },
  ],
})

/** Picture and sound into one streaming-ready MP4, both copied. */
export const muxMp4Command = (files: {
  picture: string
  sound: string | null
  cwd: string
  name: string
}): Command => ({
  cwd: files.cwd,
  first: first('error'),
  inputs: [own(files.picture), ...(files.sound ? [own(files.sound)] : [])],
  outputs: [
    {
      file: files.name,
      options: [
        ...['-map', '0:v:0', ...(files.sound ? ['-map', '1:a:0'] : [])],
        ...['-c', 'copy', ...STRIPPED, ...FASTSTART],
      ],
    },
  ],
})

/** A rung's picture: of our making, or the source's own (then with its facts, and what a device noted in it taken out). */
export type RungPicture = { name: string; file: string; facts?: Facts }

const NO_NOTES = 'filter_units=remove_types=6'

/** HLS in fMP4, one file a rung, the sound in a group of its own; all copied. The master playlist is `hls.ts`'s. */
export const muxHlsCommand = (files: {
  pictures: readonly RungPicture[]
  sound: string | null
  cwd: string
}): Command => {
  const { pictures, sound } = files
  const group = sound ? ',agroup:aud' : ''
  const streams = pictures.map(({ name }, n) => `v:${n}${group},name:${name}`)
  if (sound) streams.push('a:0,agroup:aud,default:yes,name:aud')
  const maps = pictures.flatMap(({ facts }, n) => ['-map', `${n}:${facts?.videoIndex ?? 'v:0'}`])
  if (sound) maps.push('-map', `${pictures.length}:a:0`)
  const clean = pictures.flatMap(({ facts }, n) => (facts ? [`-bsf:v:${n}`, NO_NOTES] : []))
  return {
    cwd: files.cwd,
    first: first('error'),
    inputs: [
      ...pictures.map(({ file, facts }) => (facts ? source(file, facts) : own(file))),
      ...(sound ? [own(sound)] : []),
    ],
    outputs: [
      {
        file: '%v.m3u8',
        options: [
          ...[...maps, '-c', 'copy', ...clean, ...STRIPPED],
          ...['-f', 'hls', '-hls_time', '6', '-hls_playlist_type', 'vod'],
          ...['-hls_segment_type', 'fmp4', '-hls_flags', 'independent_segments+single_file'],
          ...['-hls_segment_filename', '%v.m4s', '-var_stream_map', streams.join(' ')],
        ],
      },
    ],
  }
}
