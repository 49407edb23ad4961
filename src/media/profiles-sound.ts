/** What is done to the sound before it is measured. What a chain does belongs to what is heard. */
export type Chain = 'stereo' | 'podcast' | 'loudspeaker'

export type SoundTarget = {
  /** Name of its pass, and of its file there. */
  pass: string
  file: string
  chain: Chain
  /** Integrated loudness to reach, in LUFS; half a unit off is still right. */
  lufs: number
  /** Where the limiter stands, in dB. Encoders overshoot it, so that it is well under the ceiling of -1 dBTP. */
  limitDb: number
  /** What the encoder takes away, added to the gain beforehand. */
  encoderDb: number
  /** After the gain, before the limiter: a lower sampling rate can raise peaks. */
  rate: number
  codec: readonly string[]
}

const aac = (bitrate: string, rate: number) => [
  ...['-c:a', 'aac', '-ar', String(rate), '-ac', '2', '-b:a', bitrate, '-f', 'mp4'],
]
const mp3 = (bitrate: string, rate: number, channels: 1 | 2) => [
  ...['-c:a', 'libmp3lame', '-ar', String(rate), '-ac', String(channels), '-b:a', bitrate],
  ...['-id3v2_version', '3', '-write_xing', '1', '-f', 'mp3'],
]

const STEREO = { chain: 'stereo', lufs: -16, limitDb: -3, encoderDb: 0, rate: 48_000 } as const

/**
 * One row a target, each encoded once for whatever wants it. -16 LUFS is Apple's; one channel alone measures 3 LU less
 * for the same loudness. ffmpeg's AAC overshoots by 1 to 1.3 dB, LAME at 128k comes out 0.4 LU quieter (measured).
 */
export const SOUNDS = {
  web: { ...STEREO, pass: 'sound', file: 'sound.m4a', codec: aac('128k', 48_000) },
  master: { ...STEREO, pass: 'sound-master', file: 'master.m4a', codec: aac('384k', 48_000) },
  small: {
    ...STEREO,
    pass: 'sound-small',
    file: 'small.m4a',
    rate: 44_100,
    codec: aac('96k', 44_100),
  },
  'podcast-aac': {
    ...STEREO,
    pass: 'sound-podcast-aac',
    file: 'podcast.m4a',
    chain: 'podcast',
    codec: aac('96k', 48_000),
  },
  'podcast-mp3': {
    pass: 'sound-podcast-mp3',
    file: 'podcast.mp3',
    chain: 'podcast',
    lufs: -16,
    limitDb: -2,
    encoderDb: 0.4,
    rate: 44_100,
    codec: mp3('128k', 44_100, 2),
  },
  loudspeaker: {
    pass: 'sound-loudspeaker',
    file: 'loudspeaker.mp3',
    chain: 'loudspeaker',
    lufs: -19,
    limitDb: -4,
    encoderDb: 0,
    rate: 32_000,
    codec: mp3('64k', 32_000, 1),
  },
} as const satisfies Record<string, SoundTarget>

export type SoundName = keyof typeof SOUNDS
export const soundTarget = (name: SoundName): SoundTarget => SOUNDS[name]
