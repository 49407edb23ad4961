import { first, own, source, STRIPPED, type Command, type Sized } from './command-parts'
import { muting } from './redact'
import { SOUNDS, type Chain, type SoundTarget } from './profiles-sound'

const PLACED = 'aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts='
const STEREO = `${PLACED}stereo`

/** Mono first, or the two channels would be pressed each by its own measure. */
const CHAINS: Record<Chain, string> = {
  stereo: STEREO,
  podcast: `${STEREO},highpass=f=60`,
  loudspeaker:
    `${PLACED}mono,highpass=f=150,lowpass=f=8000,` +
    'acompressor=threshold=-24dB:ratio=4:attack=5:release=200',
}

const chainOf = (chain: Chain, dress: Sized['dress']) =>
  CHAINS[chain] + muting(dress?.redactions ?? [])

/** What is said of each tenth of a second is kept quiet; only the sum is read. */
export const measuring = (chain: Chain, dress?: Sized['dress']) =>
  `${chainOf(chain, dress)},ebur128=peak=true:framelog=verbose`

/** Measures what the encoder will be given: same channels, same filters, same padding at the start. */
export const soundMeasureCommand = (
  { source: file, facts, cwd, dress }: Sized,
  chain: Chain = 'stereo',
): Command => ({
  cwd,
  first: first('info'),
  inputs: [source(file, facts)],
  outputs: [
    {
      file: '-',
      options: [
        ...['-map', `0:${facts.audioIndex}`, '-vn'],
        ...['-af', measuring(chain, dress), '-f', 'null'],
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
    {
      file: '-',
      options: ['-map', '0:a:0', '-vn', '-af', 'ebur128=peak=true:framelog=verbose', '-f', 'null'],
    },
  ],
})

/** Gain and a limiter; two-pass loudnorm costs five times as much and fell back to its dynamic mode on speech. */
export const soundEncodeCommand = (
  { source: file, facts, cwd, dress }: Sized,
  { gainDb, limitDb }: { gainDb: number; limitDb: number },
  target: SoundTarget = SOUNDS.web,
): Command => ({
  cwd,
  first: first('error'),
  inputs: [source(file, facts)],
  outputs: [
    {
      file: target.file,
      options: [
        ...['-map', `0:${facts.audioIndex}`, '-vn', ...STRIPPED, '-af'],
        `${chainOf(target.chain, dress)},volume=${gainDb.toFixed(2)}dB,` +
          // Before the limiter, for a lower rate can raise a peak.
          (target.rate === 48_000 ? '' : `aresample=${target.rate},`) +
          `alimiter=limit=${limitDb.toFixed(1)}dB:level=false:attack=5:release=50`,
        ...target.codec,
      ],
    },
  ],
})
