import type { Dress } from './dress'
import { frameRateOf, type Facts } from './facts'
import { blurring } from './redact'

const tonemap = (transfer: string) =>
  [
    `zscale=tin=${transfer}:pin=bt2020:min=bt2020nc:rin=tv:t=linear:npl=100`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
  ].join(',')

const TONEMAP: Record<'pq' | 'hlg', string> = {
  pq: tonemap('smpte2084'),
  hlg: tonemap('arib-std-b67'),
}

/** Key pictures every two seconds at the same instants on every rung, so that a player may change rung. */
export const x264 = (facts: Facts, preset: 'veryfast' | 'superfast') => {
  const every = String(2 * frameRateOf(facts))
  return [
    ...['-c:v', 'libx264', '-preset', preset, '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
    ...['-g', every, '-keyint_min', every, '-sc_threshold', '0'],
    ...['-force_key_frames', 'expr:gte(t,n_forced*2)'],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
  ]
}

export const rate = (crf: number, maxrateK: number, bufsizeK: number) => [
  ...['-crf', String(crf), '-maxrate', `${maxrateK}k`, '-bufsize', `${bufsizeK}k`],
]

/** Everything done once to the decoded picture: whole frames, constant rate, first size, standard range, redactions. */
export const ground = (
  facts: Facts,
  size: { width: number; height: number },
  dress: Dress | null | undefined,
  fps: number = frameRateOf(facts),
) =>
  [
    ...(facts.interlaced ? ['bwdif'] : []),
    `fps=fps=${fps}:start_time=0`,
    `scale=${size.width}:${size.height}`,
    'setsar=1',
    ...(facts.hdr ? [TONEMAP[facts.hdr]] : []),
    'format=yuv420p',
  ].join(',') + blurring(dress?.redactions ?? [], size, fps, `at${fps}`)
