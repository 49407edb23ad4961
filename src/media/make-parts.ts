import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { pictureCommand } from './command-picture'
import type { Chapter, Tags } from './command-mux'
import { given, type Dress } from './dress'
import type { Facts } from './facts'
import { runFfmpeg } from './ffmpeg'
import { whatStays, type Stays } from './as-it-came'
import { checkLength, readFinished, runPass, type Finished } from './pass'
import { CENTRE, picturesFor, rungsOut, type Focus, type PictureOut } from './pictures'
import { lengthOf } from './probe'
import { profileOf, type Recipe } from './profiles'
import { soundTarget, type Chain, type SoundName } from './profiles-sound'
import { makeSound, measureSound, type Measured } from './sound'

export type Job = {
  source: string
  facts: Facts
  /** What is done to it on its way out; nothing when there is none. */
  dress?: Dress | null
  /** Kept between attempts: finished passes are found there again. */
  workdir: string
  /** What must not be cut off when the picture is cut to another shape. */
  focus?: Focus
  /** What is written into a podcast's file. */
  tags?: Tags
  chapters?: readonly Chapter[]
  /** What the proxy heard of the sound, so that nobody listens twice. */
  heard?: Measured
  /** Nothing goes out as it came: it was tried, and the source is not as whole as it seemed. */
  anew?: boolean
  onProgress?: (fraction: number) => void
  signal?: AbortSignal
}

export type Parts = {
  picture: Finished | null
  sounds: ReadonlyMap<SoundName, Finished>
  /** Recipes for which the source's own picture is good. */
  stays: ReadonlyMap<Recipe, Stays>
}

export const longest = ({ pictureSeconds, soundSeconds }: Facts) =>
  Math.max(pictureSeconds, soundSeconds)
/** Where the container does not say how long the sound is, anything up to its own length is right. */
export const mostOf = (facts: Facts) =>
  facts.hasSound && facts.soundSeconds === 0 ? facts.durationSeconds : longest(facts)

/** What the wanted recipes are put together of. Sound beside picture; when one fails the other is stopped. */
export const partsFor = async (job: Job, wanted: readonly Recipe[]): Promise<Parts> => {
  const stays = await whatStays(job, wanted)
  const other = new AbortController()
  const signal = job.signal ? AbortSignal.any([job.signal, other.signal]) : other.signal
  const outs = outsFor(job.facts, wanted, stays)
  // Whoever has no picture to wait for tells how far the sound is.
  const aside = outs.length > 0 ? undefined : job.onProgress
  const both = [
    picturePass({ ...job, signal }, outs),
    soundPasses(
      { ...job, ...heardBy(job, stays), signal, onProgress: aside },
      soundsFor(wanted, stays),
    ),
  ] as const
  try {
    const [picture, sounds] = await Promise.all(both)
    return { picture, sounds, stays }
  } catch (error) {
    other.abort()
    await Promise.allSettled(both)
    throw error
  }
}

/** All that has to be encoded; of a stream whose top rung stays, the rungs under it. */
const outsFor = (facts: Facts, wanted: readonly Recipe[], stays: Parts['stays']): PictureOut[] => {
  const encoded = wanted.filter((recipe) => !stays.has(recipe))
  const under = stays.has('web-hls') ? rungsOut(facts).slice(1) : []
  return picturesFor(encoded, facts, under)
}

const heardBy = (job: Job, stays: Parts['stays']): { heard?: Measured } => {
  const heard = job.heard ?? [...stays.values()][0]?.heard
  return heard ? { heard } : {}
}

const soundsFor = (recipes: readonly Recipe[], stays: Parts['stays']): SoundName[] => {
  const names = recipes.flatMap((recipe): SoundName[] => {
    const { how } = profileOf(recipe)
    if (how.by === 'hls') return ['web']
    return 'sound' in how && !stays.get(recipe)?.soundStays ? [how.sound] : []
  })
  return [...new Set(names)]
}

/** Named by what it leaves, so that what is wanted later does not find a pass that lacks it. */
const passName = (files: readonly string[]) => {
  const hash = createHash('sha256').update([...files].sort().join('\n'))
  return `picture-${hash.digest('hex').slice(0, 8)}`
}

const picturePass = async (job: Job, outs: readonly PictureOut[]): Promise<Finished | null> => {
  if (outs.length === 0) return null
  const files = outs.map(({ file }) => file)
  return (await pictureWith(job, files)) ?? runPass(picturing(job, outs, passName(files)))
}

/** A finished pass of an earlier attempt that left all of these and perhaps more. */
const pictureWith = async (job: Job, files: readonly string[]): Promise<Finished | null> => {
  const names = await readdir(job.workdir).catch(() => [])
  for (const pass of names.filter((name) => /^picture-[0-9a-f]{8}$/.test(name))) {
    const found = await readFinished({ ...job, pass, given: given(job.dress, job.focus) })
    const there = found?.files.map((file) => file.path) ?? []
    if (found && files.every((file) => there.includes(file))) return found
  }
  return null
}

const picturing = (job: Job, outs: readonly PictureOut[], pass: string) => ({
  pass,
  workdir: job.workdir,
  facts: job.facts,
  given: given(job.dress, job.focus),
  work: async (cwd: string) => {
    const { source, facts, dress, onProgress, signal } = job
    const command = pictureCommand({ source, facts, cwd, dress }, outs, job.focus ?? CENTRE)
    await runFfmpeg({ command, durationSeconds: facts.pictureSeconds, onProgress, signal })
    for (const { file } of outs) {
      checkLength(file, await lengthOf(path.join(cwd, file), signal), facts.pictureSeconds)
    }
    return { width: facts.width, height: facts.height, durationSeconds: facts.pictureSeconds }
  },
})

/** One after another: they are quick, and the picture needs the cores. Each chain is measured once. */
const soundPasses = async (job: Job, names: readonly SoundName[]) => {
  const sounds = new Map<SoundName, Finished>()
  if (!job.facts.hasSound) return sounds
  const heard = new Map<Chain, Measured>(job.heard ? [['stereo', job.heard]] : [])
  for (const [at, name] of names.entries()) {
    const onProgress = (fraction: number) => job.onProgress?.((at + fraction) / names.length)
    sounds.set(name, await soundPass({ ...job, onProgress }, name, heard))
  }
  return sounds
}

const soundPass = (job: Job, name: SoundName, heard: Map<Chain, Measured>): Promise<Finished> => {
  const target = soundTarget(name)
  const { source, facts, dress, workdir, onProgress, signal } = job
  return runPass({
    pass: target.pass,
    workdir,
    facts,
    given: given(dress),
    work: async (cwd) => {
      const durationSeconds = facts.soundSeconds || facts.durationSeconds
      const run = { source, facts, dress, cwd, durationSeconds, onProgress, signal }
      const before = heard.get(target.chain) ?? (await measureSound(run, target.chain))
      heard.set(target.chain, before)
      const loudness = await makeSound(run, target, before)
      const length = await lengthOf(path.join(cwd, target.file), signal)
      checkLength('the sound', length, facts.soundSeconds, durationSeconds)
      return { width: 0, height: 0, durationSeconds: length, loudness }
    },
  })
}
