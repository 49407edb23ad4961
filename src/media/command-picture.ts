import { first, source, STRIPPED, type Command, type Sized } from './command-parts'
import { ground, rate, x264 } from './command-encode'
import type { Facts } from './facts'
import { blurredLayout, cropBox } from './ladder'
import { CENTRE, topRung, type Focus, type PictureOut } from './pictures'

const labelOf = (out: PictureOut): string =>
  out.is === 'rung' ? `r${out.rung.name}` : out.is === 'frame' ? out.label : 'master'

const veryfast = (facts: Facts) => x264(facts, 'veryfast')

/** For YouTube: two B-frames, closed groups of half a second, near the source's own quality. */
const masterOptions = (fps: number) => [
  ...['-c:v', 'libx264', '-preset', 'faster', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
  ...['-bf', '2', '-g', String(Math.max(1, Math.round(fps / 2))), '-flags', '+cgop'],
  ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
  ...rate(18, 16_000, 32_000),
]

const encodingOf = (facts: Facts, out: PictureOut): string[] => {
  if (out.is === 'master') return masterOptions(out.fps)
  const { maxrateK, bufsizeK } = out.is === 'rung' ? out.rung : { maxrateK: 8000, bufsizeK: 16_000 }
  return [...veryfast(facts), ...rate(out.is === 'rung' ? 23 : 20, maxrateK, bufsizeK)]
}

/** One decode for all of them. Picture only; the sound comes apart. */
export const pictureCommand = (
  { source: file, facts, cwd, dress }: Sized,
  outs: readonly PictureOut[],
  focus: Focus = CENTRE,
): Command => ({
  cwd,
  first: first('error'),
  inputs: [source(file, facts)],
  outputs: outs.map((out, index) => ({
    file: out.file,
    options: [
      ...(index === 0 ? ['-filter_complex', graphOf({ facts, outs, focus, dress })] : []),
      ...['-map', `[${labelOf(out)}]`, '-an', ...STRIPPED, ...encodingOf(facts, out), '-f', 'mp4'],
    ],
  })),
})

type Whole = Pick<Sized, 'facts' | 'dress'> & { outs: readonly PictureOut[]; focus: Focus }

/** Outputs that share a frame rate share everything that is done to the whole picture. */
const graphOf = (whole: Whole): string => {
  const { facts, outs } = whole
  const rates = [...new Set(outs.map(({ fps }) => fps))]
  const input = `[0:${facts.videoIndex}]`
  const heads = rates.map((fps) => (rates.length === 1 ? input : `[head${fps}]`))
  const fork = rates.length === 1 ? [] : [`${input}split=${rates.length}${heads.join('')}`]
  const groups = rates.map((fps, at) =>
    groupGraph({
      ...whole,
      head: heads[at] ?? input,
      outs: outs.filter((out) => out.fps === fps),
    }),
  )
  return [...fork, ...groups].join(';')
}

const groupGraph = ({ facts, focus, dress, head, outs }: Whole & { head: string }): string => {
  const top = topRung(facts)
  const atTop = (out: PictureOut) =>
    out.is === 'master' || (out.is === 'rung' && out.rung.name === top.name)
  const pads = outs.map((out) => (atTop(out) ? labelOf(out) : `of-${labelOf(out)}`))
  const fps = outs[0]?.fps ?? 1
  const ways = pads.map((name) => `[${name}]`).join('')
  const rest = outs.filter((out) => !atTop(out)).map((out) => branch(facts, out, focus))
  return [`${head}${ground(facts, top, dress, fps)},split=${outs.length}${ways}`, ...rest].join(';')
}

const branch = (facts: Facts, out: PictureOut, focus: Focus): string => {
  const label = labelOf(out)
  if (out.is !== 'frame') return `[of-${label}]scale=${out.width}:${out.height},setsar=1[${label}]`
  return out.frame.fill === 'crop' ? cropped(facts, out, focus) : blurred(facts, out)
}

const cropped = (facts: Facts, out: PictureOut, focus: Focus) => {
  const { width, height, x, y } = cropBox(topRung(facts), out, focus)
  const label = labelOf(out)
  return (
    `[of-${label}]crop=${width}:${height}:${x}:${y},` +
    `scale=${out.width}:${out.height},setsar=1,format=yuv420p[${label}]`
  )
}

/** The ground is blurred small and then enlarged: 1.6 times cheaper than blurring at full size (measured). */
const blurred = (facts: Facts, out: PictureOut) => {
  const { small, cover, front } = blurredLayout(facts, out)
  const label = labelOf(out)
  return [
    `[of-${label}]split=2[back-${label}][front-${label}]`,
    `[back-${label}]scale=${cover.width}:${cover.height},crop=${small.width}:${small.height},` +
      `gblur=sigma=10,scale=${out.width}:${out.height}:flags=bilinear,setsar=1[ground-${label}]`,
    `[front-${label}]scale=${front.width}:${front.height},setsar=1[on-${label}]`,
    `[ground-${label}][on-${label}]overlay=(W-w)/2:(H-h)/2,setsar=1,format=yuv420p[${label}]`,
  ].join(';')
}
