import path from 'node:path'
import type { Stays } from './as-it-came'
import { blankNotes } from './blank-notes'
import { copyCommand } from './command-mux'
import { runFfmpeg } from './ffmpeg'
import type { Job } from './make-parts'
import { readTracks, type Track } from './mp4-table'
import { checkLength, notWhole, type Worked } from './pass'
import type { Loudness } from './sound'

type Copying = {
  job: Job
  cwd: string
  stays: Stays
  how: { file: string }
  /** The sound that we made, where the source's own does not do. */
  sound: string | null
  soundSeconds: number
  loudness: Loudness | undefined
}

/** What the index of a file takes at the most: twenty bytes a sample and some more where every one differs. */
const indexBytes = ({ picture, sound }: Stays, made: string | null) => {
  const heard = made ? picture.seconds * 50 : (sound?.sizes.length ?? 0)
  return Math.ceil(16_384 + picture.sizes.length * 36 + heard * 20)
}

/**
 * The source's picture as it came, and its sound when that is right too. What a look at the tables can tell is checked on
 * the result: its lengths, that it begins by itself, that every picture has its place in it.
 */
export const copied = async (work: Copying): Promise<Worked> => {
  const { job, cwd, stays, how } = work
  const { source, facts, signal, onProgress } = job
  const made = stays.soundStays ? null : work.sound
  const own = facts.hasSound && stays.soundStays
  const command = copyCommand(
    { source, facts, cwd },
    {
      name: how.file,
      indexBytes: indexBytes(stays, made),
      sound: made ? { file: made } : own ? 'its own' : 'none',
    },
  )
  await runFfmpeg({ command, durationSeconds: facts.durationSeconds, onProgress, signal })
  const file = path.join(cwd, how.file)
  const { picture, sound } = await tracksOf(file)
  checkLength(how.file, picture.seconds, facts.pictureSeconds)
  if (own) checkLength('its sound', sound?.seconds ?? 0, facts.soundSeconds)
  if (made) checkLength('its sound', sound?.seconds ?? 0, work.soundSeconds)
  return {
    width: facts.width,
    height: facts.height,
    durationSeconds: Math.max(picture.seconds, sound?.seconds ?? 0),
    loudness: own && stays.heard ? { ...stays.heard, gainDb: 0, onTarget: true } : work.loudness,
    hashed: { [how.file]: await blankNotes(file, picture) },
  }
}

const tracksOf = async (file: string): Promise<{ picture: Track; sound: Track | undefined }> => {
  const tracks = await readTracks(file)
  const picture = tracks?.find(({ kind }) => kind === 'picture')
  if (!picture) throw notWhole('the copy has no picture')
  return { picture, sound: tracks?.find(({ kind }) => kind === 'sound') }
}
