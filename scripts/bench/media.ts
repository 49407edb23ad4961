import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { env } from '../../src/env'
import type { Facts } from '../../src/media/facts'
import { ladderFor } from '../../src/media/ladder'
import { makeProxy, makeRenditions } from '../../src/media/make'
import { probe } from '../../src/media/probe'

/**
 * (a) What the worker spends on the ladder (1080p, 720p, 480p, 360p, the vertical, the sound, HLS and MP4; proxy and poster
 * left out on both sides), beside the best one-decode command written by hand, beside one run for each output.
 * CPU-seconds are of all children, so noise of the machine shows in the wall clock only.
 */
const run = promisify(execFile)
const SECONDS = 60
const ROUNDS = 3
export type Figure = { name: string; ratio: number; limit: number; detail: string }
export type Spent = { wall: number; cpu: number }

export const bare = (...argv: string[]) =>
  run(env.FFMPEG_PATH, ['-nostdin', '-loglevel', 'error', '-y', ...argv], { maxBuffer: 1e8 })

// `process.cpuUsage` leaves children out; the kernel adds them up here (cutime, cstime) as each is reaped.
const childrenCpu = async (): Promise<number> => {
  const fields = (await readFile('/proc/self/stat', 'utf8')).split(') ')[1]?.split(' ') ?? []
  return (Number(fields[13]) + Number(fields[14])) / 100
}

export const spent = async (work: () => Promise<unknown>): Promise<Spent> => {
  const own = process.cpuUsage()
  const children = await childrenCpu()
  const began = performance.now()
  await work()
  const wall = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(own)
  return { wall, cpu: (await childrenCpu()) - children + (user + system) / 1e6 }
}

/** A moving, noisy 1080p30 picture, key pictures each second: what a phone sends, and hard to compress. */
const makeSource = (file: string) =>
  bare(
    ...[
      '-f',
      'lavfi',
      '-i',
      `mandelbrot=s=1920x1080:r=30,noise=alls=12:allf=t,trim=duration=${SECONDS}`,
    ],
    ...['-f', 'lavfi', '-i', `sine=frequency=300:d=${SECONDS},tremolo=f=3,volume=0.5`],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-g', '30', '-b:v', '20M'],
    ...['-c:a', 'aac', '-b:a', '128k', '-t', String(SECONDS), file],
  )

const X264 =
  '-c:v libx264 -preset veryfast -profile:v high -pix_fmt yuv420p -g 60 -keyint_min 60 -sc_threshold 0'.split(
    ' ',
  )
const TALL_BACK = 'scale=-2:480,crop=270:480,gblur=sigma=10,scale=1080:1920:flags=bilinear'
const rateOf = (k: number, crf = 23) => [
  '-crf',
  String(crf),
  '-maxrate',
  `${k}k`,
  '-bufsize',
  `${2 * k}k`,
]
const AAC = '-c:a aac -b:a 128k -ac 2 -ar 48000'.split(' ')

/** One decode, by hand: every picture and the sound from one command, then HLS and the MP4s by copy. No checks, no hashes. */
const byHand = async (source: string, dir: string, facts: Facts) => {
  await mkdir(dir)
  const rungs = ladderFor(facts)
  const at = (name: string) => path.join(dir, name)
  const lower = rungs.slice(1)
  const graph =
    `[0:v:0]split=${rungs.length + 2}[r0]${lower.map((_, n) => `[s${n + 1}]`).join('')}[b0][f0];` +
    lower.map((rung, n) => `[s${n + 1}]scale=${rung.width}:${rung.height}[r${n + 1}];`).join('') +
    `[b0]${TALL_BACK}[b];[f0]scale=1080:-2[f];[b][f]overlay=(W-w)/2:(H-h)/2,setsar=1[tall]`
  const outputs = rungs.flatMap((rung, n) => [
    '-map',
    `[r${n}]`,
    ...X264,
    ...rateOf(rung.maxrateK),
    at(`${n}.mp4`),
  ])
  const tall = ['-map', '[tall]', ...X264, ...rateOf(8000, 20), at('tall.mp4')]
  const sound = ['-map', '0:a:0', ...AAC, at('a.m4a')]
  await bare('-i', source, '-filter_complex', graph, ...outputs, ...tall, ...sound)
  const inputs = rungs.flatMap((_, n) => ['-i', at(`${n}.mp4`)])
  const maps = rungs.flatMap((_, n) => ['-map', `${n}:v`])
  const streams = rungs.map((_, n) => `v:${n},agroup:aud`).join(' ')
  await bare(
    ...[
      ...inputs,
      '-i',
      at('a.m4a'),
      ...maps,
      '-map',
      `${rungs.length}:a`,
      '-c',
      'copy',
      '-f',
      'hls',
      '-hls_time',
      '6',
    ],
    ...[
      '-hls_playlist_type',
      'vod',
      '-hls_segment_type',
      'fmp4',
      '-hls_flags',
      'independent_segments+single_file',
    ],
    ...[
      '-var_stream_map',
      `${streams} a:0,agroup:aud`,
      '-hls_segment_filename',
      at('%v.m4s'),
      at('%v.m3u8'),
    ],
  )
  for (const picture of ['0', 'tall']) {
    await bare(
      '-i',
      at(`${picture}.mp4`),
      '-i',
      at('a.m4a'),
      '-c',
      'copy',
      '-movflags',
      '+faststart',
      at(`${picture}-out.mp4`),
    )
  }
}

/** The common way: ffmpeg once for each output, decoding and encoding the sound each time. */
const oneByOne = async (source: string, dir: string, facts: Facts) => {
  await mkdir(dir)
  for (const rung of ladderFor(facts)) {
    const scale = `scale=${rung.width}:${rung.height}`
    const out = [
      ...X264,
      ...rateOf(rung.maxrateK),
      ...AAC,
      '-movflags',
      '+faststart',
      path.join(dir, `${rung.name}.mp4`),
    ]
    await bare('-i', source, '-vf', scale, ...out)
  }
  const graph = `[0:v]split[x][y];[x]${TALL_BACK}[b];[y]scale=1080:-2[f];[b][f]overlay=(W-w)/2:(H-h)/2,setsar=1[v]`
  const tall = [
    '-map',
    '[v]',
    '-map',
    '0:a',
    ...X264,
    ...rateOf(8000, 20),
    ...AAC,
    '-movflags',
    '+faststart',
  ]
  await bare('-i', source, '-filter_complex', graph, ...tall, path.join(dir, 'tall.mp4'))
}

export const middle = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
export const said = (name: string, spends: Spent[]) =>
  `${name} ${middle(spends.map((s) => s.wall)).toFixed(2)} s wall, ${middle(spends.map((s) => s.cpu)).toFixed(2)} CPU-s`

type Rounds = Record<'proxy' | 'ours' | 'hand' | 'separate', Spent[]>

const play = async (args: {
  dir: string
  source: string
  facts: Facts
  round: number
  into: Rounds
}) => {
  const { dir, source, facts, round, into } = args
  const at = (name: string) => path.join(dir, `${name}-${round}`)
  const job = { source, facts, workdir: at('ours') }
  const sides = {
    proxy: () => makeProxy(job),
    ours: () => makeRenditions({ ...job, wanted: ['web-hls', 'web-mp4', 'vertical'] }),
    hand: () => byHand(source, at('hand'), facts),
    separate: () => oneByOne(source, at('separate'), facts),
  }
  // Another one goes first in each round, so that none always meets the warm cache.
  const order = (['proxy', 'ours', 'hand', 'separate'] as const).map(
    (_, n, all) => all[(n + round) % 4] ?? 'ours',
  )
  for (const side of order) into[side].push(await spent(sides[side]))
  for (const name of ['ours', 'hand', 'separate'])
    await rm(at(name), { recursive: true, force: true })
}

/** At least three rounds side by side; a figure is the median over rounds of the ratio within a round. */
export const benchMedia = async (): Promise<Figure[]> => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'bench-media-'))
  try {
    const source = path.join(dir, 'source.mp4')
    await makeSource(source)
    const probed = await probe(source)
    if (!probed.ok) throw new Error(`the bench's own source was refused: ${probed.reason}`)
    const into: Rounds = { proxy: [], ours: [], hand: [], separate: [] }
    for (let round = 0; round < ROUNDS; round += 1)
      await play({ dir, source, facts: probed.facts, round, into })
    return figures(into, `${SECONDS} s of 1080p30, ${ROUNDS} rounds`)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

const figures = ({ proxy, ours, hand, separate }: Rounds, of: string): Figure[] => {
  const over = (a: Spent[], b: Spent[], by: keyof Spent) =>
    middle(a.map((one, n) => one[by] / (b[n]?.[by] ?? Number.NaN)))
  const figure = (name: string, a: Spent[], b: Spent[], limit: number, words: string): Figure => ({
    name,
    ratio: over(a, b, 'wall'),
    limit,
    detail: `${of}; ${words}; CPU ratio ${over(a, b, 'cpu').toFixed(3)}`,
  })
  const [mine, best] = [said('worker', ours), said('by hand', hand)]
  return [
    figure('ladder over best one-decode command', ours, hand, 1.05, `${mine}; ${best}`),
    figure(
      'ladder over one run an output',
      ours,
      separate,
      0.75,
      `${mine}; ${said('one by one', separate)}`,
    ),
    figure('proxy ready over ladder', proxy, ours, 0.3, `${said('proxy', proxy)}; ${mine}`),
  ]
}
