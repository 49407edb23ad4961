import { mkdir } from 'node:fs/promises'
import type { Job } from './make-parts'
import { misfit, misplaced, NEEDS, soundFits, type NeedName } from './fits'
import { lookCloser } from './look'
import { readTracks, type Track } from './mp4-table'
import { profileOf, type Recipe } from './profiles'
import { isRight, measureSound, type Measured } from './sound'

/** What of the source goes out as it came: always the picture, the sound where it is right as well. */
export type Stays = {
  picture: Track
  sound: Track | null
  soundStays: boolean
  heard: Measured | null
}

const needOf = (recipe: Recipe): NeedName | null => {
  const { how } = profileOf(recipe)
  if (how.by === 'mp4') return how.copies ?? null
  if (how.by === 'hls') return 'stream'
  return how.by === 'poster' || how.by === 'frames' ? 'web' : null
}

const NONE: ReadonlyMap<Recipe, Stays> = new Map()

/**
 * The recipes for which the source's own picture is good. Nothing is decoded to find out but the sound, and that only
 * where the proxy did not hear it already.
 */
export const whatStays = async (
  job: Job,
  wanted: readonly Recipe[],
): Promise<ReadonlyMap<Recipe, Stays>> => {
  const { source, facts, signal } = job
  // What is to be covered or muted is in the source's own bytes.
  if (job.dress) return NONE
  const asked = wanted.flatMap((recipe) => {
    const need = needOf(recipe)
    return need ? [{ recipe, need: NEEDS[need] }] : []
  })
  const look = asked.length > 0 && !job.anew ? await lookCloser(source, facts, signal) : null
  if (!look) return NONE
  const fitting = asked.filter(({ need }) => misfit(facts, look, need) === null)
  const tracks = fitting.length > 0 ? await readTracks(source) : null
  const picture = tracks?.find(({ kind }) => kind === 'picture')
  if (!picture) return NONE
  const bytes = picture.sizes.reduce((sum, size) => sum + size, 0)
  const kilobits = (bytes * 8) / 1000 / Math.max(picture.seconds, 0.001)
  // By its own samples too: what a head says of its bit rate is the sender's word.
  const placed = fitting.filter(
    ({ need }) => kilobits <= need.mostK && misplaced(facts, picture, need) === null,
  )
  if (placed.length === 0) return NONE
  const sound = tracks?.find(({ kind }) => kind === 'sound') ?? null
  const stays = { picture, sound, ...(await soundOf(job, soundFits(facts, look))) }
  return new Map(placed.map(({ recipe }) => [recipe, stays]))
}

const soundOf = async (job: Job, fits: boolean) => {
  const { source, facts, workdir, heard, signal } = job
  if (!facts.hasSound) return { soundStays: true, heard: null }
  if (!fits) return { soundStays: false, heard: heard ?? null }
  const durationSeconds = facts.soundSeconds || facts.durationSeconds
  const run = { source, facts, cwd: workdir, durationSeconds, signal }
  await mkdir(workdir, { recursive: true })
  const measured = heard ?? (await measureSound(run, 'stereo'))
  return { soundStays: isRight(measured), heard: measured }
}
