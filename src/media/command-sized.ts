import { first, source, STRIPPED, type Command, type Sized } from './command-parts'
import { ground } from './command-encode'
import { frameRateOf } from './facts'
import { fitInside } from './ladder'
import type { SizePlan } from './size-plan'

/** The size of the picture that a plan asks for, in the clip's own shape and never larger than it. */
export const sizedBox = (facts: Sized['facts'], { side }: SizePlan) => {
  const long = Math.round((side * 16) / 9)
  const lying = facts.width >= facts.height
  return fitInside(facts, lying ? { width: long, height: side } : { width: side, height: long })
}

/**
 * Two passes over the same picture: the first learns where the bits are needed, the second spends them. Only so does a
 * file come out at a size and not under or over it.
 */
export const sizedCommand = (
  { source: file, facts, cwd, dress }: Sized,
  plan: SizePlan,
  pass: 1 | 2,
): Command => {
  const every = String(2 * frameRateOf(facts))
  return {
    cwd,
    first: first('error'),
    inputs: [source(file, facts)],
    outputs: [
      {
        file: pass === 1 ? '-' : 'picture.mp4',
        options: [
          ...['-map', `0:${facts.videoIndex}`, '-an'],
          ...['-vf', ground(facts, sizedBox(facts, plan), dress)],
          ...[...STRIPPED, '-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'main'],
          ...['-pix_fmt', 'yuv420p', '-g', every],
          ...['-b:v', `${plan.pictureK}k`, '-maxrate', `${Math.round(plan.pictureK * 1.5)}k`],
          ...['-bufsize', `${plan.pictureK * 2}k`, '-pass', String(pass), '-passlogfile', 'two'],
          ...['-f', pass === 1 ? 'null' : 'mp4'],
        ],
      },
    ],
  }
}
