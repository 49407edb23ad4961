import path from 'node:path'
import { NewsroomError } from '../errors'
import { logOf } from '../log'
import { soundEncodeCommand, soundMeasureCommand, verifySoundCommand } from './command-sound'
import type { Sized } from './command-parts'
import { runFfmpeg } from './ffmpeg'
import { SOUNDS, type Chain, type SoundTarget } from './profiles-sound'

const TARGET_LUFS = SOUNDS.web.lufs
const PEAK_CEILING = -1
const TOLERANCE_LU = 0.5
const MOST_GAIN = 20
// Under this a track is room noise or silence; lifting it would publish noise.
const AS_GOOD_AS_SILENT = -55

/** Integrated loudness in LUFS and true peak in dBTP; null where the track is silent or too short to tell. */
export type Measured = { integrated: number | null; truePeak: number | null }
export type Loudness = Measured & { gainDb: number; onTarget: boolean }

/** Reads the summary that ebur128 says last. What a clip's own tags say comes before it. */
export const parseLoudness = (lines: readonly string[]): Measured => {
  const from = lines.findLastIndex((line) => line.includes('Summary:'))
  if (from < 0) return { integrated: null, truePeak: null }
  const said = lines.slice(from).join('\n')
  const read = (pattern: RegExp) => {
    const value = Number(pattern.exec(said)?.[1] ?? Number.NaN)
    return Number.isFinite(value) ? value : null
  }
  const integrated = read(/\bI:\s+(-?[\d.]+) LUFS/)
  return {
    // -70 is the gate's floor, said when nothing passed it.
    integrated: integrated !== null && integrated > -70 ? integrated : null,
    truePeak: read(/Peak:\s+(-?[\d.]+) dBFS/),
  }
}

/** How much to lift or lower; `reachable` is false when the target is not to be had without publishing noise. */
export const gainFor = (
  { integrated }: Measured,
  lufs: number = TARGET_LUFS,
): { gainDb: number; reachable: boolean } => {
  if (integrated === null || integrated < AS_GOOD_AS_SILENT) return { gainDb: 0, reachable: false }
  const wanted = lufs - integrated
  return { gainDb: Math.min(MOST_GAIN, wanted), reachable: wanted <= MOST_GAIN }
}

const quietEnough = ({ truePeak }: Measured) => truePeak === null || truePeak <= PEAK_CEILING
const loudAsWanted = ({ integrated }: Measured, lufs: number) =>
  integrated !== null && Math.abs(integrated - lufs) <= TOLERANCE_LU

/** Sound that is right as it came: nothing of it is encoded anew. */
export const isRight = (heard: Measured, lufs: number = TARGET_LUFS): boolean =>
  loudAsWanted(heard, lufs) && quietEnough(heard)

/** What to change after hearing the encoded file, or null when it is right. */
export const correctionFor = (
  heard: Measured,
  used: { gainDb: number; limitDb: number; reachable: boolean },
  lufs: number = TARGET_LUFS,
): { gainDb: number; limitDb: number } | null => {
  const loud = !used.reachable || loudAsWanted(heard, lufs)
  if (loud && quietEnough(heard)) return null
  const short = loud || heard.integrated === null ? 0 : lufs - heard.integrated
  const over = quietEnough(heard) ? 0 : (heard.truePeak ?? 0) - PEAK_CEILING + 0.3
  return { gainDb: used.gainDb + short, limitDb: used.limitDb - over }
}

type Job = Sized & {
  durationSeconds: number
  signal?: AbortSignal
  onProgress?: (fraction: number) => void
}

/** What a chain leaves of the sound, heard once whatever is then made of it. */
export const measureSound = async (job: Job, chain: Chain): Promise<Measured> => {
  const { durationSeconds, signal } = job
  const command = soundMeasureCommand(job, chain)
  return parseLoudness((await runFfmpeg({ durationSeconds, signal, command })).lines)
}

/** Corrects and encodes the sound once; listens to the result, and tries once more when it is off. */
export const makeSound = async (
  job: Job,
  target: SoundTarget,
  before: Measured,
): Promise<Loudness> => {
  const { durationSeconds, signal, onProgress } = job
  const run = { durationSeconds, signal }
  const { gainDb, reachable } = gainFor(before, target.lufs)
  let used = { gainDb: gainDb + (reachable ? target.encoderDb : 0), limitDb: target.limitDb }
  await runFfmpeg({ ...run, command: soundEncodeCommand(job, used, target), onProgress })
  let heard = await listen(job, target)
  const correction = correctionFor(heard, { ...used, reachable }, target.lufs)
  if (correction) {
    used = correction
    await runFfmpeg({ ...run, command: soundEncodeCommand(job, used, target) })
    heard = await listen(job, target)
  }
  if (!quietEnough(heard)) throw tooLoud(heard)
  const onTarget = loudAsWanted(heard, target.lufs)
  // Heavily limited or near-silent sound can't reach the target; it goes on, and the desk sees the figure.
  if (!onTarget) logOf('media').info({ heard, used, reachable }, 'sound is off the loudness target')
  return { ...heard, gainDb: used.gainDb, onTarget }
}

const listen = async (
  { cwd, durationSeconds, signal }: Job,
  { file }: SoundTarget,
): Promise<Measured> => {
  const command = verifySoundCommand({ file: path.join(cwd, file), cwd })
  return parseLoudness((await runFfmpeg({ command, durationSeconds, signal })).lines)
}

const tooLoud = (heard: Measured) =>
  new NewsroomError({
    code: 'sound-too-loud',
    message: `true peak ${heard.truePeak} dBTP after correction`,
    help: {
      vi: 'Không hạ được đỉnh âm thanh của clip. Hãy kiểm tra tiếng rồi gửi lại.',
      en: "The peaks of the clip's sound could not be brought down. Check the sound and send it again.",
    },
  })
