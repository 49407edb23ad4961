import { FASTSTART, first, own, source, STRIPPED, type Command, type Sized } from './command-parts'

/**
 * A source that already fits, as it came: nothing is decoded. What a device writes into the picture itself (SEI, kind 6)
 * stays behind with the tags: there a camera may say where it stood.
 */
export const copyCommand = ({ source: file, facts, cwd }: Sized, name: string): Command => ({
  cwd,
  first: first('error'),
  inputs: [source(file, facts)],
  outputs: [
    {
      file: name,
      options: [
        ...['-map', `0:${facts.videoIndex}`],
        ...(facts.hasSound ? ['-map', `0:${facts.audioIndex}`] : []),
        ...['-c', 'copy', '-bsf:v', 'filter_units=remove_types=6', ...STRIPPED, ...FASTSTART],
      ],
    },
  ],
})

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

/** HLS in fMP4, one file a rung, the sound in a group of its own; all copied. The master playlist is `hls.ts`'s. */
export const muxHlsCommand = (files: {
  pictures: readonly { name: string; file: string }[]
  sound: string | null
  cwd: string
}): Command => {
  const group = files.sound ? ',agroup:aud' : ''
  const streams = files.pictures.map(({ name }, n) => `v:${n}${group},name:${name}`)
  if (files.sound) streams.push('a:0,agroup:aud,default:yes,name:aud')
  const maps = files.pictures.flatMap((_, n) => ['-map', `${n}:v:0`])
  if (files.sound) maps.push('-map', `${files.pictures.length}:a:0`)
  return {
    cwd: files.cwd,
    first: first('error'),
    inputs: [
      ...files.pictures.map(({ file }) => own(file)),
      ...(files.sound ? [own(files.sound)] : []),
    ],
    outputs: [
      {
        file: '%v.m3u8',
        options: [
          ...[
            ...maps,
            '-c',
            'copy',
            ...STRIPPED,
            '-f',
            'hls',
            '-hls_time',
            '6',
            '-hls_playlist_type',
            'vod',
          ],
          ...['-hls_segment_type', 'fmp4', '-hls_flags', 'independent_segments+single_file'],
          ...['-hls_segment_filename', '%v.m4s', '-var_stream_map', streams.join(' ')],
        ],
      },
    ],
  }
}
