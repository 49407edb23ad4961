import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import {
  frameCommand,
  pictureCommand,
  pictureFile,
  proxyCommand,
  proxySize,
  VERTICAL_FILE,
} from './command'
import { muxHlsCommand, muxMp4Command } from './command-mux'
import { frameRateOf, type Facts } from './facts'
import { runFfmpeg } from './ffmpeg'
import { finishHls } from './hls'
import { isNativeVertical, ladderFor, VERTICAL, type Rung } from './ladder'
import { checkLength, notWhole, runPass, type Finished, type MadeFile } from './pass'
import { lengthOf } from './probe'
import { makeSound, type Loudness } from './sound'
import { posterFrom, thumbnails, writePoster } from './stills'

export type Recipe = 'proxy' | 'web-hls' | 'web-mp4' | 'vertical' | 'poster'
/** One rendition, whole and verified in its own folder; `files` are names in `dir`, the manifest not among them. */
export type Made = {
  recipe: Recipe
  dir: string
  files: MadeFile[]
  width: number
  height: number
  durationSeconds: number
  loudness?: Loudness
}

export type Job = {
  source: string
  facts: Facts
  /** Kept between attempts: finished passes are found there again. */
  workdir: string
  onProgress?: (fraction: number) => void
  signal?: AbortSignal
}

const madeOf = (
  recipe: Recipe,
  { dir, files, width, height, durationSeconds, loudness }: Finished,
): Made => ({
  recipe,
  dir,
  files,
  width,
  height,
  durationSeconds,
  ...(loudness ? { loudness } : {}),
})

const longest = ({ pictureSeconds, soundSeconds }: Facts) => Math.max(pictureSeconds, soundSeconds)
// Where the container does not say how long the sound is, anything up to its own length is right.
const mostOf = (facts: Facts) =>
  facts.hasSound && facts.soundSeconds === 0 ? facts.durationSeconds : longest(facts)

/** The desk's small copy, first of all. */
export const makeProxy = async (job: Job): Promise<Made> => {
  const { source, facts, workdir, onProgress, signal } = job
  const size = proxySize(facts)
  const finished = await runPass({
    pass: 'proxy',
    workdir,
    facts,
    work: async (cwd) => {
      const command = proxyCommand({ source, facts, cwd })
      await runFfmpeg({ command, durationSeconds: facts.durationSeconds, onProgress, signal })
      const durationSeconds = await lengthOf(path.join(cwd, 'proxy.mp4'), signal)
      checkLength('the proxy', durationSeconds, longest(facts), mostOf(facts))
      return { width: size.width, height: size.height, durationSeconds }
    },
  })
  return madeOf('proxy', finished)
}

/**
 * Everything that goes out. `done` says which recipes the caller already has in the store; a pass that only they
 * would need is not run. Passes: picture (one decode for all), sound (once, apart), then copies of both.
 */
export const makeRenditions = async (
  job: Job & { done?: (recipe: Recipe) => boolean },
): Promise<Made[]> => {
  const wanted = (['web-hls', 'web-mp4', 'vertical', 'poster'] as const).filter(
    (one) => !job.done?.(one),
  )
  if (wanted.length === 0) return []
  const share = shares(job.onProgress)
  const { picture, sound } = await together({ ...job, onProgress: share(0, 0.9) })
  const made: Made[] = []
  for (const recipe of wanted) {
    made.push(madeOf(recipe, await recipes[recipe](job, { picture, sound })))
    job.onProgress?.(0.9 + (0.1 * made.length) / wanted.length)
  }
  return made
}

/** Sound beside picture, on the cores that the encoder leaves idle; when one fails the other is stopped. */
const together = async (job: Job): Promise<Parts> => {
  const other = new AbortController()
  const signal = job.signal ? AbortSignal.any([job.signal, other.signal]) : other.signal
  const both = [
    picturePass({ ...job, signal }),
    soundPass({ ...job, signal, onProgress: undefined }),
  ] as const
  try {
    const [picture, sound] = await Promise.all(both)
    return { picture, sound }
  } catch (error) {
    other.abort()
    await Promise.allSettled(both)
    throw error
  }
}

/** Gives each pass its part of the whole, which never runs backwards. */
const shares = (onProgress: Job['onProgress']) => {
  let highest = 0
  return (from: number, to: number) => (fraction: number) => {
    const whole = from + (to - from) * fraction
    if (whole <= highest) return
    highest = whole
    onProgress?.(whole)
  }
}

const topOf = (facts: Facts): Rung => {
  const top = ladderFor(facts)[0]
  if (!top) throw notWhole('no rung fits the picture')
  return top
}

const picturePass = ({ source, facts, workdir, onProgress, signal }: Job): Promise<Finished> =>
  runPass({
    pass: 'picture',
    workdir,
    facts,
    work: async (cwd) => {
      const command = pictureCommand({ source, facts, cwd })
      await runFfmpeg({ command, durationSeconds: facts.pictureSeconds, onProgress, signal })
      for (const { file } of command.outputs) {
        checkLength(file, await lengthOf(path.join(cwd, file), signal), facts.pictureSeconds)
      }
      const { width, height } = topOf(facts)
      return { width, height, durationSeconds: facts.pictureSeconds }
    },
  })

const soundPass = async (job: Job): Promise<Finished | null> => {
  const { source, facts, workdir, onProgress, signal } = job
  if (!facts.hasSound) return null
  return runPass({
    pass: 'sound',
    workdir,
    facts,
    work: async (cwd) => {
      const durationSeconds = facts.soundSeconds || facts.durationSeconds
      const loudness = await makeSound({ source, facts, cwd, durationSeconds, onProgress, signal })
      const length = await lengthOf(path.join(cwd, 'sound.m4a'), signal)
      checkLength('the sound', length, facts.soundSeconds, durationSeconds)
      return { width: 0, height: 0, durationSeconds: length, loudness }
    },
  })
}

type Parts = { picture: Finished; sound: Finished | null }
const lengthOfBoth = ({ picture, sound }: Parts) =>
  Math.max(picture.durationSeconds, sound?.durationSeconds ?? 0)
const soundFile = ({ sound }: Parts) => (sound ? path.join(sound.dir, 'sound.m4a') : null)

const hlsPass = ({ facts, workdir, signal }: Job, parts: Parts) =>
  runPass({
    pass: 'web-hls',
    workdir,
    facts,
    work: async (cwd) => {
      const rungs = ladderFor(facts)
      const pictures = rungs.map((rung) => ({
        name: rung.name,
        file: path.join(parts.picture.dir, pictureFile(rung)),
      }))
      const command = muxHlsCommand({ pictures, sound: soundFile(parts), cwd })
      await runFfmpeg({ command, durationSeconds: lengthOfBoth(parts), signal })
      const fps = frameRateOf(facts)
      const { seconds } = await finishHls({ dir: cwd, rungs, fps, hasSound: facts.hasSound })
      for (const each of seconds) checkLength('a streaming rung', each, facts.pictureSeconds)
      const { width, height } = topOf(facts)
      return {
        width,
        height,
        durationSeconds: lengthOfBoth(parts),
        loudness: parts.sound?.loudness,
      }
    },
  })

const mp4Pass = (
  { facts, workdir, signal }: Job,
  parts: Parts,
  made: {
    pass: 'web-mp4' | 'vertical'
    picture: string
    name: string
    width: number
    height: number
  },
) =>
  runPass({
    pass: made.pass,
    workdir,
    facts,
    work: async (cwd) => {
      const picture = path.join(parts.picture.dir, made.picture)
      const command = muxMp4Command({ picture, sound: soundFile(parts), cwd, name: made.name })
      await runFfmpeg({ command, durationSeconds: lengthOfBoth(parts), signal })
      const durationSeconds = await lengthOf(path.join(cwd, made.name), signal)
      checkLength(made.name, durationSeconds, lengthOfBoth(parts))
      const { width, height } = made
      return { width, height, durationSeconds, loudness: parts.sound?.loudness }
    },
  })

const posterPass = ({ facts, workdir, signal }: Job, { picture }: Parts) =>
  runPass({
    pass: 'poster',
    workdir,
    facts,
    work: async (cwd) => {
      const frames = path.join(cwd, 'frames')
      await mkdir(frames)
      const top = path.join(picture.dir, pictureFile(topOf(facts)))
      const command = frameCommand({ picture: top, seconds: facts.pictureSeconds, cwd: frames })
      await runFfmpeg({ command, durationSeconds: facts.pictureSeconds, signal })
      const names = (await readdir(frames)).sort()
      const best = await posterFrom(names.map((name) => path.join(frames, name)))
      if (!best) throw notWhole('no frame to make a poster of')
      const size = await writePoster(best.file, path.join(cwd, 'poster.jpg'))
      const small = await thumbnails(best.file, cwd)
      if (!small.ok) throw notWhole(`thumbnails: ${small.reason}`)
      await rm(frames, { recursive: true })
      return { ...size, durationSeconds: 0 }
    },
  })

const recipes: Record<Exclude<Recipe, 'proxy'>, (job: Job, parts: Parts) => Promise<Finished>> = {
  'web-hls': hlsPass,
  'web-mp4': (job, parts) => {
    const top = topOf(job.facts)
    const { width, height } = top
    return mp4Pass(job, parts, {
      pass: 'web-mp4',
      picture: pictureFile(top),
      name: 'video.mp4',
      width,
      height,
    })
  },
  vertical: (job, parts) => {
    const native = isNativeVertical(job.facts)
    const top = topOf(job.facts)
    const picture = native ? pictureFile(top) : VERTICAL_FILE
    const { width, height } = native ? top : VERTICAL
    return mp4Pass(job, parts, { pass: 'vertical', picture, name: 'vertical.mp4', width, height })
  },
  poster: posterPass,
}
