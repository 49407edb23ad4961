import { AAC, FASTSTART, first, source, STRIPPED, type Command, type Sized } from './command-parts'
import { frameRateOf, type Facts } from './facts'
import {
  fitInside,
  isNativeVertical,
  ladderFor,
  verticalLayout,
  VERTICAL,
  type Rung,
} from './ladder'

const TONEMAP: Record<'pq' | 'hlg', string> = {
  pq: tonemap('smpte2084'),
  hlg: tonemap('arib-std-b67'),
}

function tonemap(transfer: string) {
  return [
    `zscale=tin=${transfer}:pin=bt2020:min=bt2020nc:rin=tv:t=linear:npl=100`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
  ].join(',')
}

/** Key pictures every two seconds at the same instants on every rung, so that a player may change rung. */
const x264 = (facts: Facts, preset: 'veryfast' | 'superfast') => {
  const every = String(2 * frameRateOf(facts))
  return [
    ...['-c:v', 'libx264', '-preset', preset, '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
    ...['-g', every, '-keyint_min', every, '-sc_threshold', '0'],
    ...['-force_key_frames', 'expr:gte(t,n_forced*2)'],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
  ]
}
const rate = (crf: number, maxrateK: number, bufsizeK: number) => [
  '-crf',
  String(crf),
  '-maxrate',
  `${maxrateK}k`,
  '-bufsize',
  `${bufsizeK}k`,
]

/** Everything done once to the decoded picture: whole frames, constant rate, first size, standard range. */
const ground = (facts: Facts, size: { width: number; height: number }) =>
  [
    ...(facts.interlaced ? ['bwdif'] : []),
    `fps=fps=${frameRateOf(facts)}:start_time=0`,
    `scale=${size.width}:${size.height}`,
    'setsar=1',
    ...(facts.hdr ? [TONEMAP[facts.hdr]] : []),
    'format=yuv420p',
  ].join(',')

/** The small copy for the desk: made first and fast, sound as it came, so that review can begin. */
export const proxyCommand = ({ source: file, facts, cwd }: Sized): Command => {
  const size = proxySize(facts)
  const sound = facts.hasSound
    ? [
        '-map',
        `0:${facts.audioIndex}`,
        '-af',
        'aresample=48000:async=1:first_pts=0',
        ...AAC,
        '-b:a',
        '64k',
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

/** The file names that the picture pass leaves, one for each rung and one for the vertical when it is its own. */
export const pictureFile = (rung: Rung) => `v${rung.name}.mp4`
export const VERTICAL_FILE = 'vertical.mp4'

/** One decode for all: every rung, and the 9:16 when the source is not already one. Picture only; sound comes apart. */
export const pictureCommand = ({ source: file, facts, cwd }: Sized): Command => {
  const rungs = ladderFor(facts)
  const graph = pictureGraph(facts, rungs)
  const outputs = rungs.map((rung) => ({
    file: pictureFile(rung),
    label: `r${rung.name}`,
    quality: rate(23, rung.maxrateK, rung.bufsizeK),
  }))
  if (!isNativeVertical(facts)) {
    outputs.push({ file: VERTICAL_FILE, label: 'tall', quality: rate(20, 8000, 16_000) })
  }
  return {
    cwd,
    first: first('error'),
    inputs: [source(file, facts)],
    outputs: outputs.map(({ file: name, label, quality }, index) => ({
      file: name,
      options: [
        ...(index === 0 ? ['-filter_complex', graph] : []),
        ...[
          '-map',
          `[${label}]`,
          '-an',
          ...STRIPPED,
          ...x264(facts, 'veryfast'),
          ...quality,
          '-f',
          'mp4',
        ],
      ],
    })),
  }
}

const pictureGraph = (facts: Facts, rungs: Rung[]): string => {
  const [top, ...lower] = rungs
  if (!top) throw new Error('a ladder has at least one rung')
  const tall = isNativeVertical(facts) ? [] : ['tall0']
  const split = [`r${top.name}`, ...lower.map((rung) => `s${rung.name}`), ...tall]
  const pads = split.map((name) => `[${name}]`).join('')
  const parts = [`[0:${facts.videoIndex}]${ground(facts, top)},split=${split.length}${pads}`]
  for (const rung of lower) {
    parts.push(`[s${rung.name}]scale=${rung.width}:${rung.height},setsar=1[r${rung.name}]`)
  }
  if (tall.length > 0) parts.push(verticalGraph(facts))
  return parts.join(';')
}

const verticalGraph = (facts: Facts) => {
  const { ground: back, front } = verticalLayout(facts)
  return [
    '[tall0]split=2[back0][front0]',
    `[back0]scale=${back.width}:${back.height},crop=270:480,gblur=sigma=10,` +
      `scale=${VERTICAL.width}:${VERTICAL.height}:flags=bilinear,setsar=1[back]`,
    `[front0]scale=${front.width}:${front.height},setsar=1[front]`,
    '[back][front]overlay=(W-w)/2:(H-h)/2,setsar=1,format=yuv420p[tall]',
  ].join(';')
}

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
          ...[
            '-map',
            '0:v:0',
            '-an',
            '-vf',
            choose,
            '-vsync',
            'vfr',
            '-frames:v',
            String(CANDIDATES),
          ],
          ...['-q:v', '2', '-pix_fmt', 'yuvj420p', '-f', 'image2'],
        ],
      },
    ],
  }
}
