import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { first, own, source, type Command, type Sized } from './command-parts'
import { PIPED, runFfmpeg } from './ffmpeg'
import { notWhole, type Worked } from './pass'
import { muting } from './redact'

const RATE = 48_000
const PER_SECOND = 20
const SAMPLES = RATE / PER_SECOND

/** The shape that audiowaveform writes (version 2) and players of waveforms read: lowest and highest of each pixel. */
export type Peaks = {
  version: 2
  channels: 1
  sample_rate: number
  samples_per_pixel: number
  bits: 8
  length: number
  data: number[]
}

/** Mono at the full rate: at 8 kHz a third of a peak is lost (measured). */
const command = (
  input: Command['inputs'][number],
  { stream, cwd, gain, muted = '' }: { stream: string; cwd: string; gain: number; muted?: string },
): Command => ({
  cwd,
  first: first('error'),
  inputs: [input],
  outputs: [
    {
      file: PIPED,
      options: [
        ...['-map', stream, '-vn', '-af'],
        `aresample=${RATE}:async=1:first_pts=0${muted},volume=${gain}dB`,
        ...['-ac', '1', '-c:a', 'pcm_s16le', '-f', 's16le'],
      ],
    },
  ],
})

// One channel is set on both of the copy's, each 3 dB lower.
const SPREAD_DB = 3.01

/** Where a desk's copy is there its sound is read: it is small, and starts with the picture. */
const peaksCommand = ({ source: file, facts, cwd, dress }: Sized, proxy: string | null): Command =>
  proxy
    ? command(own(proxy), {
        stream: '0:a:0',
        cwd,
        gain: facts.audioChannels === 1 ? SPREAD_DB : 0,
      })
    : command(source(file, facts), {
        stream: `0:${facts.audioIndex}`,
        cwd,
        gain: 0,
        muted: muting(dress?.redactions ?? []),
      })

/** Takes samples as they come, in pieces of any size, and keeps two numbers of each pixel. */
export const peaksSink = (samplesPerPixel: number = SAMPLES) => {
  const data: number[] = []
  let [low, high, seen] = [0, 0, 0]
  let half: number | null = null
  const close = () => {
    if (seen > 0) data.push(low >> 8, high >> 8)
    ;[low, high, seen] = [0, 0, 0]
  }
  const take = (sample: number) => {
    low = seen === 0 ? sample : Math.min(low, sample)
    high = seen === 0 ? sample : Math.max(high, sample)
    seen += 1
    if (seen === samplesPerPixel) close()
  }
  const write = (chunk: Buffer) => {
    // A piece may end in the middle of a sample.
    const bytes = half === null ? chunk : Buffer.concat([Buffer.from([half]), chunk])
    const even = bytes.length - (bytes.length % 2)
    for (let at = 0; at < even; at += 2) take(bytes.readInt16LE(at))
    half = bytes[even] ?? null
  }
  const sink = new Writable({
    autoDestroy: false,
    emitClose: false,
    write: (chunk: Buffer, _encoding, done) => {
      write(chunk)
      done()
    },
  })
  const whole = (): number[] => {
    close()
    return data
  }
  return { sink, whole }
}

/** The waveform of the sound, small enough to draw hours of it. */
export const makePeaks = async (
  job: Sized & { proxy: string | null; signal?: AbortSignal },
): Promise<Worked> => {
  const durationSeconds = job.facts.soundSeconds || job.facts.durationSeconds
  const { sink, whole } = peaksSink()
  const run = { command: peaksCommand(job, job.proxy), durationSeconds, sink, signal: job.signal }
  await runFfmpeg(run)
  // ffmpeg may be gone before its last bytes were read.
  await finished(sink)
  const data = whole()
  if (data.length === 0) throw notWhole('there is no sound to draw')
  const peaks: Peaks = {
    version: 2,
    channels: 1,
    sample_rate: RATE,
    samples_per_pixel: SAMPLES,
    bits: 8,
    length: data.length / 2,
    data,
  }
  await writeFile(path.join(job.cwd, 'peaks.json'), JSON.stringify(peaks))
  return { width: 0, height: 0, durationSeconds: peaks.length / PER_SECOND }
}
