import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Facts } from '../../src/media/facts'
import { makeRenditions, type Job, type Recipe } from '../../src/media/make'
import { probe } from '../../src/media/probe'
import { measureSound, type Measured } from '../../src/media/sound'
import { bare, middle, said, spent, type Figure, type Spent } from './media'

/**
 * What the worker spends on one rendition of a source that fits as it came, beside `ffmpeg -c copy -movflags +faststart`
 * of the same file. On the worker's side stand: the look at the source's tables, the guard, the copy, the blanking of what
 * a device noted in the picture, the checks, the hash that the seal binds, the manifest. Probe and proxy, in which the
 * sound is heard, are made of every clip and stand on neither side. The remux hashes and checks nothing.
 */
const ROUNDS = 7
const PIECE = 4

type Case = { name: string; recipe: Recipe; seconds: number; kbits: number }
const CASES: readonly Case[] = [
  { name: 'web-mp4, 60 s at 4.5 Mb/s', recipe: 'web-mp4', seconds: 60, kbits: 4500 },
  { name: 'web-mp4, 10 min at 4.5 Mb/s', recipe: 'web-mp4', seconds: 600, kbits: 4500 },
  { name: 'youtube, 60 s at 20 Mb/s', recipe: 'youtube', seconds: 60, kbits: 20_000 },
]

const LOUDNESS = 'volume=5.1dB'
const X264 = '-c:v libx264 -preset veryfast -pix_fmt yuv420p -g 60 -keyint_min 60 -sc_threshold 0'

/** Four seconds encoded, and repeated by copy until they are long enough: the making of it is not what is measured. */
const makeSource = async (dir: string, { seconds, kbits }: Case): Promise<string> => {
  const [piece, file] = [path.join(dir, 'piece.mp4'), path.join(dir, 'source.mp4')]
  const rate = ['-b:v', `${kbits}k`, '-maxrate', `${kbits}k`, '-bufsize', `${kbits}k`]
  await bare(
    ...[
      '-f',
      'lavfi',
      '-i',
      `testsrc2=s=1920x1080:r=30,noise=alls=9:allf=t,trim=duration=${PIECE}`,
    ],
    ...['-f', 'lavfi', '-i', `sine=frequency=1000:d=${PIECE}:sample_rate=48000`],
    ...['-af', `${LOUDNESS},aformat=channel_layouts=stereo`, ...X264.split(' '), ...rate],
    ...['-c:a', 'aac', '-b:a', '128k', piece],
  )
  const again = ['-stream_loop', String(Math.ceil(seconds / PIECE) - 1)]
  await bare(...again, '-i', piece, '-c', 'copy', '-movflags', '+faststart', file)
  return file
}

type Round = { job: Job; recipe: Recipe; dir: string }

const ours = async ({ job, recipe, dir }: Round) => {
  const workdir = path.join(dir, 'ours')
  const cost = await spent(() => makeRenditions({ ...job, workdir, wanted: [recipe] }))
  await rm(workdir, { recursive: true })
  return cost
}
const remux = async ({ job, dir }: Round) => {
  const file = path.join(dir, 'remux.mp4')
  const cost = await spent(() => bare('-i', job.source, '-c', 'copy', '-movflags', '+faststart', file)) // prettier-ignore
  await rm(file)
  return cost
}

const factsOf = async (source: string): Promise<Facts> => {
  const probed = await probe(source)
  if (!probed.ok) throw new Error(`the bench's own source was refused: ${probed.reason}`)
  return probed.facts
}

const measure = async (one: Case, dir: string): Promise<Figure> => {
  const source = await makeSource(dir, one)
  const facts = await factsOf(source)
  const run = { source, facts, cwd: dir, durationSeconds: facts.durationSeconds }
  // As the proxy hears it.
  const heard: Measured = await measureSound(run, 'stereo')
  const round = { job: { source, facts, heard, workdir: dir }, recipe: one.recipe, dir }
  const [mine, theirs]: [Spent[], Spent[]] = [[], []]
  for (let n = 0; n < ROUNDS; n += 1) {
    // Each goes first in turn, so that neither always meets the warm cache.
    if (n % 2 === 0) theirs.push(await remux(round))
    mine.push(await ours(round))
    if (n % 2 === 1) theirs.push(await remux(round))
  }
  const over = (by: keyof Spent) =>
    middle(mine.map((cost, n) => cost[by] / (theirs[n]?.[by] ?? NaN)))
  return {
    name: `fits already over a remux: ${one.name}`,
    ratio: over('wall'),
    limit: 1.1,
    detail: `${ROUNDS} rounds; sound of ${heard.integrated} LUFS kept; ${said('worker', mine)}; ${said('remux', theirs)}; CPU ratio ${over('cpu').toFixed(3)}`,
  }
}

export const benchFits = async (): Promise<Figure[]> => {
  const figures: Figure[] = []
  for (const one of CASES) {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'bench-fits-'))
    figures.push(await measure(one, dir).finally(() => rm(dir, { recursive: true, force: true })))
  }
  return figures
}
