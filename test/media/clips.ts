import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { probe } from '@/media/probe'
import type { Facts } from '@/media/facts'

export const run = promisify(execFile)

/** ffmpeg as anybody would start it: no guard, no whitelist. Only for making clips and for showing what leaks. */
export const bareFfmpeg = (...argv: string[]) =>
  run('ffmpeg', ['-nostdin', '-loglevel', 'error', '-y', ...argv], { maxBuffer: 1e7 })

export const workshop = async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'clips-'))
  return {
    dir,
    at: (name: string) => path.join(dir, name),
    text: async (name: string, content: string | Uint8Array) => {
      await writeFile(path.join(dir, name), content)
      return path.join(dir, name)
    },
    close: () => rm(dir, { recursive: true, force: true }),
  }
}

const picture = (size: string, seconds: number, rate = 30) => [
  '-f',
  'lavfi',
  '-i',
  `testsrc2=s=${size}:r=${rate}:d=${seconds}`,
]
const tone = (seconds: number, volume = 0.3) => [
  '-f',
  'lavfi',
  '-i',
  `sine=frequency=440:d=${seconds},volume=${volume}`,
]
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']

/** Generated clips, each the smallest that shows its kind. */
export const makeClip = {
  landscape: (file: string, seconds = 3) =>
    bareFfmpeg(
      ...picture('1280x720', seconds),
      ...tone(seconds),
      ...H264,
      '-c:a',
      'aac',
      '-metadata',
      'title=mật',
      '-metadata',
      'location=+21.3+105.4/',
      file,
    ),
  silent: (file: string) => bareFfmpeg(...picture('640x360', 2), ...H264, file),
  vertical: (file: string) =>
    bareFfmpeg(...picture('720x1280', 2), ...tone(2), ...H264, '-c:a', 'aac', file),
  rotated: async (file: string) => {
    await bareFfmpeg(
      ...picture('854x480', 2),
      ...tone(2),
      ...H264,
      '-c:a',
      'aac',
      `${file}.flat.mp4`,
    )
    await bareFfmpeg('-i', `${file}.flat.mp4`, '-c', 'copy', '-metadata:s:v', 'rotate=90', file)
  },
  unsteady: (file: string) =>
    bareFfmpeg(
      ...picture('640x480', 4),
      '-vf',
      "select='lt(n,30)+not(mod(n,3))'",
      '-vsync',
      'vfr',
      ...H264,
      file,
    ),
  hevc: (file: string) =>
    bareFfmpeg(
      ...picture('640x360', 2),
      ...tone(2),
      '-c:v',
      'libx265',
      '-preset',
      'ultrafast',
      '-x265-params',
      'log-level=none',
      '-tag:v',
      'hvc1',
      '-pix_fmt',
      'yuv420p10le',
      '-c:a',
      'aac',
      file,
    ),
  soundOnly: (file: string) => bareFfmpeg(...tone(2), '-c:a', 'aac', file),
}

export const factsOf = async (file: string): Promise<Facts> => {
  const asked = await probe(file)
  if (!asked.ok) throw new Error(`${file}: ${asked.reason} ${JSON.stringify(asked.detail)}`)
  return asked.facts
}

/** What ffprobe says of a file that we made, as one flat list of streams. */
export const streamsOf = async (file: string): Promise<Record<string, string | number>[]> => {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_streams', '-of', 'json', file])
  return JSON.parse(stdout).streams
}

export const keyTimes = async (file: string): Promise<number[]> => {
  const argv = [
    '-v',
    'error',
    '-select_streams',
    'v:0',
    '-show_entries',
    'packet=pts_time,flags',
    '-of',
    'csv=p=0',
    file,
  ]
  const { stdout } = await run('ffprobe', argv, { maxBuffer: 1e7 })
  return stdout
    .split('\n')
    .filter((line) => line.includes('K'))
    .map((line) => Number.parseFloat(line))
}

/** Polls a state until it holds. Fails after the time given, naming what was awaited. */
export const until = async (
  what: string,
  holds: () => Promise<boolean> | boolean,
  withinMs = 15_000,
) => {
  const end = Date.now() + withinMs
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`never happened: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
