import { FASTSTART, first, own, STRIPPED, type Command } from './command-parts'

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
