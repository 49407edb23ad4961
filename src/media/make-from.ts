import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { frameCommand } from './command'
import { muxHlsCommand, muxMp4Command, muxSoundCommand, tagsFile } from './command-mux'
import { sizedBox, sizedCommand } from './command-sized'
import { given } from './dress'
import { frameRateOf, kindOf, type Facts } from './facts'
import { runFfmpeg } from './ffmpeg'
import { finishHls } from './hls'
import { ladderFor } from './ladder'
import { copied } from './make-copied'
import { orAnew } from './make-anew'
import { type Job, type Parts } from './make-parts'
import { checkLength, notWhole, runPass, type Finished, type Worked } from './pass'
import { pictureOf, rungsOut, topRung, CENTRE } from './pictures'
import { lengthOf } from './probe'
import { profileOf, type Profile, type Recipe } from './profiles'
import { soundTarget, type SoundName } from './profiles-sound'
import { sizePlan } from './size-plan'
import { candidateFrames, cards, posterFrom, thumbnails, writePoster } from './stills'

export type How<B extends Profile['how']['by']> = Extract<Profile['how'], { by: B }>
export type Work = { job: Job; recipe: Recipe; parts: Parts; cwd: string }

/** One rendition out of the parts. */
export const makeFrom = (job: Job, recipe: Recipe, parts: Parts): Promise<Finished> =>
  runPass({
    pass: recipe,
    workdir: job.workdir,
    facts: job.facts,
    given: givenFor(job, recipe),
    work: (cwd) => orAnew({ job, recipe, parts, cwd }, byHow),
  })

const givenFor = ({ dress, focus, tags, chapters }: Job, recipe: Recipe) =>
  given(dress, profileOf(recipe).how.by === 'sound' ? { tags, chapters } : focus)

const byHow = (work: Work): Promise<Worked> => {
  const { how } = profileOf(work.recipe)
  if (how.by === 'hls') return hls(work)
  const stays = work.parts.stays.get(work.recipe)
  if (how.by === 'mp4')
    return stays ? copied({ ...work, stays, how, ...soundFor(work, how.sound) }) : mp4(work, how)
  if (how.by === 'sized') return sized(work, how)
  if (how.by === 'sound') return soundOnly(work, how)
  if (how.by === 'frames') return candidates(work)
  return how.by === 'cards' ? cardsOf(work) : poster(work)
}

const pictureFile = ({ parts }: Work, file: string) => {
  if (!parts.picture) throw notWhole('no picture was made for it')
  return path.join(parts.picture.dir, file)
}
const soundOf = ({ parts }: Work, name: SoundName) => parts.sounds.get(name) ?? null
const soundFile = (work: Work, name: SoundName) => {
  const made = soundOf(work, name)
  return made ? path.join(made.dir, soundTarget(name).file) : null
}
const soundFor = (work: Work, name: SoundName) => ({
  sound: soundFile(work, name),
  loudness: soundOf(work, name)?.loudness,
  soundSeconds: soundOf(work, name)?.durationSeconds ?? 0,
})
const lengthWith = ({ job, parts }: Work, name: SoundName) =>
  Math.max(job.facts.pictureSeconds, parts.sounds.get(name)?.durationSeconds ?? 0)

const hls = async (work: Work): Promise<Worked> => {
  const { facts, signal } = work.job
  const stays = work.parts.stays.has(work.recipe)
  const pictures = rungsOut(facts).map(({ file }, at) => ({
    name: ladderFor(facts)[at]?.name ?? '',
    ...(stays && at === 0 ? { file: work.job.source, facts } : { file: pictureFile(work, file) }),
  }))
  const { cwd } = work
  const command = muxHlsCommand({ pictures, sound: soundFile(work, 'web'), cwd })
  const durationSeconds = lengthWith(work, 'web')
  await runFfmpeg({ command, durationSeconds, signal })
  const rungs = ladderFor(facts)
  const fps = frameRateOf(facts)
  const { seconds } = await finishHls({ dir: cwd, rungs, fps, hasSound: facts.hasSound })
  for (const each of seconds) checkLength('a streaming rung', each, facts.pictureSeconds)
  const { width, height } = topRung(facts)
  return { width, height, durationSeconds, loudness: soundOf(work, 'web')?.loudness }
}

const mp4 = async (work: Work, how: How<'mp4'>): Promise<Worked> => {
  const { facts, signal } = work.job
  const { file, width, height } = pictureOf(how.picture, facts)
  const command = muxMp4Command({
    picture: pictureFile(work, file),
    sound: soundFile(work, how.sound),
    cwd: work.cwd,
    name: how.file,
  })
  const whole = lengthWith(work, how.sound)
  await runFfmpeg({ command, durationSeconds: whole, signal })
  const durationSeconds = await lengthOf(path.join(work.cwd, how.file), signal)
  checkLength(how.file, durationSeconds, whole)
  return { width, height, durationSeconds, loudness: soundOf(work, how.sound)?.loudness }
}

/** Encoded by itself, twice over, so that it fits. */
const sized = async (work: Work, how: How<'sized'>): Promise<Worked> => {
  const { job, cwd } = work
  const { source, facts, dress, signal, onProgress } = job
  const whole = lengthWith(work, how.sound)
  const plan = sizePlan(how.rule, { seconds: whole, hasSound: facts.hasSound })
  if (!plan) throw notWhole('it does not fit the size that the platform takes')
  const inner = path.join(cwd, 'passes')
  await mkdir(inner)
  for (const pass of [1, 2] as const) {
    const command = sizedCommand({ source, facts, dress, cwd: inner }, plan, pass)
    const half = (fraction: number) => onProgress?.((pass - 1 + fraction) / 2)
    await runFfmpeg({ command, durationSeconds: whole, onProgress: half, signal })
  }
  const picture = path.join(inner, 'picture.mp4')
  const sound = soundFile(work, how.sound)
  const command = muxMp4Command({ picture, sound, cwd, name: how.file })
  await runFfmpeg({ command, durationSeconds: whole, signal })
  await rm(inner, { recursive: true })
  const file = path.join(cwd, how.file)
  const { size } = await stat(file)
  if (size > how.rule.bytes) throw notWhole(`${size} bytes are more than ${how.rule.bytes}`)
  const durationSeconds = await lengthOf(file, signal)
  checkLength(how.file, durationSeconds, whole)
  const { width, height } = sizedBox(facts, plan)
  return { width, height, durationSeconds, loudness: soundOf(work, how.sound)?.loudness }
}

const soundOnly = async (work: Work, how: How<'sound'>): Promise<Worked> => {
  const { job, cwd } = work
  const made = soundOf(work, how.sound)
  const sound = soundFile(work, how.sound)
  if (!made || !sound) throw notWhole('there is no sound to make it of')
  const tags = path.join(cwd, 'tags.txt')
  await writeFile(tags, tagsFile(job.tags ?? {}, job.chapters ?? []))
  const command = muxSoundCommand({ sound, tags, cwd, name: how.file })
  await runFfmpeg({ command, durationSeconds: made.durationSeconds, signal: job.signal })
  await rm(tags)
  const durationSeconds = await lengthOf(path.join(cwd, how.file), job.signal)
  checkLength(how.file, durationSeconds, made.durationSeconds)
  return { width: 0, height: 0, durationSeconds, loudness: made.loudness }
}

const isStill = (facts: Facts) => kindOf(facts) === 'image'

/** Where nothing else needs the top rung, it is not encoded for a still's sake. */
const framesFrom = (work: Work) =>
  work.parts.stays.has(work.recipe)
    ? { picture: work.job.source, index: work.job.facts.videoIndex }
    : { picture: pictureFile(work, pictureOf('top', work.job.facts).file) }

/** Frames of the clip, each named by its tenth of a second; gone when the work on them is done. */
const withFrames = async (work: Work, use: (files: string[]) => Promise<Worked>) => {
  const { job, cwd } = work
  const frames = path.join(cwd, 'frames')
  await mkdir(frames)
  const seconds = job.facts.pictureSeconds
  const command = frameCommand({ ...framesFrom(work), seconds, cwd: frames })
  await runFfmpeg({ command, durationSeconds: seconds, signal: job.signal })
  const names = (await readdir(frames)).sort()
  const worked = await use(names.map((name) => path.join(frames, name)))
  await rm(frames, { recursive: true })
  return worked
}

/** A photograph is its own poster; of a clip the best of some frames is taken. */
const poster = (work: Work): Promise<Worked> => {
  const { job, cwd } = work
  if (isStill(job.facts)) return stillsOf(job.source, cwd)
  return withFrames(work, async (files) => {
    const best = await posterFrom(files)
    if (!best) throw notWhole('no frame to make a poster of')
    return stillsOf(best.file, cwd)
  })
}

/** What an editor may choose from, each named by the second at which it stands. */
const candidates = (work: Work): Promise<Worked> =>
  withFrames(work, async (files) => {
    const size = { width: 0, height: 0 }
    for (const file of await candidateFrames(files)) {
      const tenth = Number(/frame(\d+)\.jpg$/.exec(file)?.[1] ?? 0)
      const name = `frame-${(tenth / 10).toFixed(1)}s.jpg`
      Object.assign(size, await writePoster(file, path.join(work.cwd, name)))
    }
    return { ...size, durationSeconds: 0 }
  })

const stillsOf = async (picture: string, cwd: string): Promise<Worked> => {
  const size = await writePoster(picture, path.join(cwd, 'poster.jpg'))
  const small = await thumbnails(picture, cwd)
  if (!small.ok) throw notWhole(`thumbnails: ${small.reason}`)
  return { ...size, durationSeconds: 0 }
}

const cardsOf = async ({ job, cwd }: Work): Promise<Worked> => {
  const made = await cards(job.source, cwd, job.focus ?? CENTRE)
  if (!made.ok) throw notWhole(`cards: ${made.reason}`)
  return { width: job.facts.width, height: job.facts.height, durationSeconds: 0 }
}
