import { AAC, FASTSTART, first, source, STRIPPED, type Command, type Sized } from './command-parts'
import { ground, rate, x264 } from './command-encode'
import { measuring } from './command-sound'
import type { Facts } from './facts'
import { fitInside } from './ladder'
import { READING } from './limits'
import { muting } from './redact'

/**
 * The small copy for the desk: made first and fast, sound as it came, so that review can begin. The sound is measured on
 * the way, for it is decoded here anyway and everything that is made later wants to know.
 */
export const proxyCommand = ({ source: file, facts, cwd, dress }: Sized): Command => {
  const size = proxySize(facts)
  const sound = facts.hasSound
    ? [
        ...['-map', `0:${facts.audioIndex}`, '-af'],
        `aresample=48000:async=1:first_pts=0${muting(dress?.redactions ?? [])}`,
        ...[...AAC, '-b:a', '64k'],
      ]
    : []
  const measured = {
    file: '-',
    options: [
      '-map',
      `0:${facts.audioIndex}`,
      '-vn',
      '-af',
      measuring('stereo', dress),
      '-f',
      'null',
    ],
  }
  return {
    cwd,
    first: first('info'),
    inputs: [source(file, facts)],
    outputs: [
      {
        file: 'proxy.mp4',
        options: [
          ...['-map', `0:${facts.videoIndex}`, '-vf', ground(facts, size, dress)],
          ...[...sound, ...STRIPPED],
          ...[...x264(facts, 'superfast'), ...rate(28, 700, 1400), ...FASTSTART],
        ],
      },
      ...(facts.hasSound ? [measured] : []),
    ],
  }
}

export const proxySize = (facts: Facts) =>
  fitInside(
    facts,
    facts.width >= facts.height ? { width: 640, height: 640 } : { width: 360, height: 640 },
  )

const CANDIDATES = 12

/** Frames to choose a poster from: key pictures a step apart, wherever the clip has them; of a short clip any. */
export const frameCommand = (made: {
  picture: string
  seconds: number
  cwd: string
  /** Of a source, which of its streams. */
  index?: number
}): Command => {
  const long = made.seconds > 16
  const step = Math.max(2, made.seconds / CANDIDATES).toFixed(3)
  // By time, not by number: a source that was not encoded anew has its key pictures where it likes.
  const choose = long
    ? `select=isnan(prev_selected_t)+gte(t-prev_selected_t\\,${step}-0.1)`
    : `fps=fps=${Math.min(10, CANDIDATES / made.seconds).toFixed(3)}`
  return {
    cwd: made.cwd,
    first: first('error'),
    inputs: [
      {
        file: made.picture,
        options: [...READING, ...(long ? ['-skip_frame', 'nokey'] : [])],
      },
    ],
    outputs: [
      {
        file: 'frame%06d.jpg',
        options: [
          ...['-map', `0:${made.index ?? 'v:0'}`, '-an', '-vf'],
          ...[`${choose},settb=1/10`, '-vsync', 'vfr', '-enc_time_base', '1:10', '-frame_pts', '1'],
          ...['-frames:v', String(CANDIDATES)],
          ...['-q:v', '2', '-pix_fmt', 'yuvj420p', '-f', 'image2'],
        ],
      },
    ],
  }
}
