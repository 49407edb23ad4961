import { AAC, FASTSTART, first, source, STRIPPED, type Command, type Sized } from './command-parts'
import { ground, rate, x264 } from './command-encode'
import type { Facts } from './facts'
import { fitInside } from './ladder'

/** The small copy for the desk: made first and fast, sound as it came, so that review can begin. */
export const proxyCommand = ({ source: file, facts, cwd }: Sized): Command => {
  const size = proxySize(facts)
  const sound = facts.hasSound
    ? [
        ...['-map', `0:${facts.audioIndex}`, '-af', 'aresample=48000:async=1:first_pts=0'],
        ...[...AAC, '-b:a', '64k'],
      ]
    : []
  return {
    cwd,
    first: first('error'),
    inputs: [source(file, facts)],
    outputs: [
      {
        file: 'proxy.mp4',
        options: [
          ...['-map', `0:${facts.videoIndex}`, '-vf', ground(facts, size), ...sound, ...STRIPPED],
          ...[...x264(facts, 'superfast'), ...rate(28, 700, 1400), ...FASTSTART],
        ],
      },
    ],
  }
}

export const proxySize = (facts: Facts) =>
  fitInside(
    facts,
    facts.width >= facts.height ? { width: 640, height: 640 } : { width: 360, height: 640 },
  )

const CANDIDATES = 12

/** Frames to choose a poster from, out of our own top rung, whose key pictures stand every two seconds. */
export const frameCommand = (made: { picture: string; seconds: number; cwd: string }): Command => {
  const long = made.seconds > 16
  const step = Math.max(1, Math.ceil(made.seconds / 2 / CANDIDATES))
  const choose = long
    ? `select=not(mod(n\\,${step}))`
    : `fps=fps=${Math.min(10, CANDIDATES / made.seconds).toFixed(3)}`
  return {
    cwd: made.cwd,
    first: first('error'),
    inputs: [
      {
        file: made.picture,
        options: ['-protocol_whitelist', 'file', ...(long ? ['-skip_frame', 'nokey'] : [])],
      },
    ],
    outputs: [
      {
        file: 'frame%02d.jpg',
        options: [
          ...['-map', '0:v:0', '-an', '-vf', choose, '-vsync', 'vfr'],
          ...['-frames:v', String(CANDIDATES)],
          ...['-q:v', '2', '-pix_fmt', 'yuvj420p', '-f', 'image2'],
        ],
      },
    ],
  }
}
