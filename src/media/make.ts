import path from 'node:path'
import { proxyCommand, proxySize } from './command'
import { given } from './dress'
import { kindOf } from './facts'
import { runFfmpeg } from './ffmpeg'
import { makeFrom } from './make-from'
import { longest, mostOf, partsFor, type Job } from './make-parts'
import { checkLength, notWhole, runPass, type Finished, type MadeFile, type Worked } from './pass'
import { makePeaks } from './peaks'
import { lengthOf } from './probe'
import type { Recipe } from './profiles'
import { isRight, parseLoudness, type Loudness } from './sound'
import { makeSprite } from './sprite'

export type { Job } from './make-parts'
export type { Recipe } from './profiles'

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

/** The desk's small copy, first of all. */
export const makeProxy = async (job: Job): Promise<Made> => {
  const { source, facts, dress, workdir, onProgress, signal } = job
  const size = proxySize(facts)
  const finished = await runPass({
    pass: 'proxy',
    workdir,
    facts,
    given: given(dress),
    work: async (cwd) => {
      const command = proxyCommand({ source, facts, cwd, dress })
      const run = { command, durationSeconds: facts.durationSeconds, onProgress, signal }
      const { lines } = await runFfmpeg(run)
      const durationSeconds = await lengthOf(path.join(cwd, 'proxy.mp4'), signal)
      checkLength('the proxy', durationSeconds, longest(facts), mostOf(facts))
      const { width, height } = size
      const heard = parseLoudness(lines)
      const loudness = { ...heard, gainDb: 0, onTarget: isRight(heard) }
      return { width, height, durationSeconds, ...(facts.hasSound ? { loudness } : {}) }
    },
  })
  return madeOf('proxy', finished)
}

/** The desk's small copy as a file here, and its hash: another copy means other aids. */
export type Proxy = { file: string; sha256: string }

const AIDS = {
  sprite: async (job: Job, cwd: string, proxy: Proxy | null): Promise<Worked> => {
    if (!proxy) throw notWhole('there is no quick copy to take stills of')
    return makeSprite({ ...job, cwd, proxy: proxy.file })
  },
  peaks: (job: Job, cwd: string, proxy: Proxy | null): Promise<Worked> =>
    makePeaks({ ...job, cwd, proxy: proxy?.file ?? null }),
} as const satisfies Partial<Record<Recipe, unknown>>

type Aid = keyof typeof AIDS
export const isAid = (recipe: Recipe): recipe is Aid => recipe in AIDS

/** What the desk scrubs and draws, of those wanted: a hundredth of the ladder's work, and made before it. */
export const makeAids = async (
  job: Job & {
    wanted: readonly Recipe[]
    proxy: Proxy | null
    onMade?: (made: Made) => Promise<void>
  },
): Promise<Made[]> => {
  const { workdir, facts, proxy } = job
  const made: Made[] = []
  for (const recipe of job.wanted.filter(isAid)) {
    const work = (cwd: string) => AIDS[recipe](job, cwd, proxy)
    const wish = given(job.dress, { of: proxy?.sha256 ?? null })
    const one = madeOf(recipe, await runPass({ pass: recipe, workdir, facts, given: wish, work }))
    await job.onMade?.(one)
    made.push(one)
  }
  return made
}

/**
 * Everything that is wanted, the proxy and its aids aside. A pass that nothing wanted needs is not run. Passes: picture
 * (one decode for all), sound (once a target, apart), then copies of both; what has to fit a size is encoded by itself.
 */
export const makeRenditions = async (
  job: Job & {
    wanted: readonly Recipe[]
    /** Told of each as soon as it is whole, so that what is done is kept when a later one fails. */
    onMade?: (made: Made) => Promise<void>
  },
): Promise<Made[]> => {
  const wanted = job.wanted.filter((recipe) => recipe !== 'proxy' && !isAid(recipe))
  if (wanted.length === 0) return []
  const share = shares(job.onProgress)
  const still = kindOf(job.facts) === 'image'
  const parts = await partsFor({ ...job, onProgress: share(0, 0.9) }, still ? [] : wanted)
  const made: Made[] = []
  for (const recipe of wanted) {
    const part = 0.1 / wanted.length
    const onProgress = share(0.9 + part * made.length, 0.9 + part * (made.length + 1))
    const one = madeOf(recipe, await makeFrom({ ...job, onProgress }, recipe, parts))
    await job.onMade?.(one)
    made.push(one)
    onProgress(1)
  }
  return made
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
