import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { first, own, type Command } from './command-parts'
import { frameRateOf, type Facts } from './facts'
import { runFfmpeg } from './ffmpeg'
import { fitInside } from './ladder'
import type { Worked } from './pass'

const COLUMNS = 10
const MOST_FRAMES = 100
const BOX = { width: 192, height: 192 }
const LEAST_STEP = 1
/** How far apart the key pictures of everything that we encode stand. */
const KEY_SECONDS = 2

/** Frame `n` shows what runs at `n * stepSeconds`; it lies in the sheet from left to right, then down. */
export type Sprite = {
  version: 1
  file: string
  columns: number
  count: number
  stepSeconds: number
  width: number
  height: number
}

/** A still every second, at most a hundred: a long programme gets them further apart. */
export const spritePlan = (facts: Facts): Sprite & { keysOnly: boolean } => {
  const seconds = facts.pictureSeconds
  const stepSeconds = Math.max(LEAST_STEP, Math.ceil((seconds / MOST_FRAMES) * 1000) / 1000)
  // Where they stand that far apart anyway, nothing between two key pictures need be decoded.
  const keysOnly = stepSeconds >= KEY_SECONDS
  const lastFrame = Math.max(0, seconds - 1.5 / frameRateOf(facts))
  const last = keysOnly ? Math.floor(lastFrame / KEY_SECONDS) * KEY_SECONDS : lastFrame
  const count = Math.min(MOST_FRAMES, Math.floor(last / stepSeconds) + 1)
  const { width, height } = fitInside(facts, BOX)
  const columns = Math.min(COLUMNS, count)
  return { version: 1, file: SHEET, columns, count, stepSeconds, width, height, keysOnly }
}

const SHEET = 'sprite.jpg'

/** Out of the desk's own small copy: fifty times cheaper than out of what a camera wrote (measured). */
const spriteCommand = (proxy: string, facts: Facts, cwd: string): Command => {
  const { columns, count, stepSeconds, width, height, keysOnly } = spritePlan(facts)
  const rows = Math.ceil(count / columns)
  const { file, options } = own(proxy)
  return {
    cwd,
    first: first('error'),
    inputs: [{ file, options: [...options, ...(keysOnly ? ['-skip_frame', 'nokey'] : [])] }],
    outputs: [
      {
        file: SHEET,
        options: [
          ...['-map', '0:v:0', '-an', '-vf'],
          // A hair early, or a time that binary numbers can not hold would wait for the next frame.
          `select=gte(t+0.001\\,selected_n*${stepSeconds}),scale=${width}:${height},` +
            `tile=${columns}x${rows}`,
          ...[
            '-frames:v',
            '1',
            '-vsync',
            'vfr',
            '-q:v',
            '5',
            '-pix_fmt',
            'yuvj420p',
            '-f',
            'image2',
          ],
        ],
      },
    ],
  }
}

/** One sheet of stills to scrub over, and beside it where each lies. */
export const makeSprite = async (job: {
  proxy: string
  facts: Facts
  cwd: string
  signal?: AbortSignal
}): Promise<Worked> => {
  const { proxy, facts, cwd, signal } = job
  const { keysOnly: _keysOnly, ...sprite } = spritePlan(facts)
  const command = spriteCommand(proxy, facts, cwd)
  await runFfmpeg({ command, durationSeconds: facts.pictureSeconds, signal })
  await writeFile(path.join(cwd, 'sprite.json'), JSON.stringify(sprite))
  const { width, height, columns, count } = sprite
  const rows = Math.ceil(count / columns)
  return { width: width * columns, height: height * rows, durationSeconds: facts.pictureSeconds }
}
