import { AAC, first, own, source, STRIPPED, type Command, type Sized } from './command-parts'

const STEREO = 'aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo'

/** Measures what the encoder will be given: same stereo, same padding at the start. */
export const soundMeasureCommand = ({ source: file, facts, cwd }: Sized): Command => ({
  cwd,
  first: first('info'),
  inputs: [source(file, facts)],
  outputs: [
    {
      file: '-',
      options: [
        '-map',
        `0:${facts.audioIndex}`,
        '-vn',
        '-af',
        `${STEREO},ebur128=peak=true`,
        '-f',
        'null',
      ],
    },
  ],
})

/** Measures a file that we encoded. */
export const verifySoundCommand = ({ file, cwd }: { file: string; cwd: string }): Command => ({
  cwd,
  first: first('info'),
  inputs: [own(file)],
  outputs: [
    { file: '-', options: ['-map', '0:a:0', '-vn', '-af', 'ebur128=peak=true', '-f', 'null'] },
  ],
})

/** Gain and a limiter; two-pass loudnorm costs five times as much and fell back to its dynamic mode on speech. */
export const soundEncodeCommand = (
  { source: file, facts, cwd }: Sized,
  { gainDb, limitDb }: { gainDb: number; limitDb: number },
): Command => ({
  cwd,
  first: first('error'),
  inputs: [source(file, facts)],
  outputs: [
    {
      file: 'sound.m4a',
      options: [
        ...['-map', `0:${facts.audioIndex}`, '-vn', ...STRIPPED, '-af'],
        `${STEREO},volume=${gainDb.toFixed(2)}dB,` +
          `alimiter=limit=${limitDb.toFixed(1)}dB:level=false:attack=5:release=50`,
        ...[...AAC, '-b:a', '128k', '-f', 'mp4'],
      ],
    },
  ],
})
