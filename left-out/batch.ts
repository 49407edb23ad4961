import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { makeClip } from '../lib/clip'
import { byHand, notedIn, recorder, type Noted } from './batch-hand'

/**
 * Twenty short clips on two workers, each with one encode at a time, beside the very same ffmpeg commands run by hand two
 * clips at a time: what rows, leases, the guard, checks and the store cost. With S3_TEST_ENDPOINT and its keys set, the
 * same batch once more over a bucket.
 */
const CLIPS = 20
const SECONDS = 6
const WORKERS = 2
const ROUNDS = 3
const MIDDLE = Math.floor(ROUNDS / 2)

type Figure = {
  name: string
  ratio: number | null
  limit: number | null
  atLeast?: boolean
  detail: string
}

const settingsFor = (folder: string, more: Record<string, string>): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_ENV: 'production',
  DATA_DIR: path.join(folder, 'data'),
  MEDIA_DIR: path.join(folder, 'media'),
  SPOOL_DIR: path.join(folder, 'data', 'spool'),
  DATABASE_URL: `file:${path.join(folder, 'batch.db')}`,
  PAYLOAD_SECRET: 's'.repeat(40),
  VAULT_KEY: '0'.repeat(64),
  TRANSCODE_CONCURRENCY: '1',
  SWEEP_MS: '500',
  LOG_LEVEL: 'error',
  ...more,
})

const overS3 = (): Record<string, string> | null => {
  const { S3_TEST_ENDPOINT, S3_TEST_ACCESS_KEY_ID, S3_TEST_SECRET_ACCESS_KEY } = process.env
  if (!S3_TEST_ENDPOINT || !S3_TEST_ACCESS_KEY_ID || !S3_TEST_SECRET_ACCESS_KEY) return null
  return {
    S3_ENDPOINT: S3_TEST_ENDPOINT,
    S3_BUCKET: `batch-${randomBytes(6).toString('hex')}`,
    S3_ACCESS_KEY_ID: S3_TEST_ACCESS_KEY_ID,
    S3_SECRET_ACCESS_KEY: S3_TEST_SECRET_ACCESS_KEY,
  }
}

const start = (args: readonly string[], env: NodeJS.ProcessEnv) =>
  spawn(process.execPath, [...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })

/** What a child says of itself in a line that starts with this word; throws when it ends without. */
const saysOf = (child: ChildProcess) => {
  let said = ''
  const waiting = new Set<() => void>()
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
    for (const look of waiting) look()
  })
  return (word: string) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const line = said.split('\n').find((one) => one.startsWith(word))
        if (line !== undefined) resolve(line.slice(word.length).trim())
      }
      waiting.add(look)
      look()
      child.once('exit', (code) => reject(new Error(`ended with ${code} before «${word}»`)))
    })
}

/** Fills a newsroom of its own, lets two workers make everything; seconds from the first claim to the last ready. */
const onWorkers = async (folder: string, clips: string, more: Record<string, string>) => {
  const env = settingsFor(folder, more)
  await mkdir(path.join(folder, 'data'), { recursive: true })
  const desk = start(['scripts/run.mjs', 'scripts/bench/batch-desk.ts', clips], env)
  const says = saysOf(desk)
  await says('filled')
  const worker = ['-C', 'production', '--no-warnings', 'dist/worker.mjs']
  const workers = Array.from({ length: WORKERS }, () => start(worker, env))
  try {
    return Number(await says('took'))
  } finally {
    for (const child of workers) child.kill('SIGTERM')
  }
}

type Rounds = { worker: number[]; hand: number[]; s3: number[] }

const round = async (dir: string, n: number, noted: readonly Noted[], into: Rounds) => {
  const clips = path.join(dir, 'clips')
  const sides = {
    worker: () => onWorkers(path.join(dir, `worker-${n}`), clips, {}),
    hand: () =>
      byHand({
        noted,
        from: path.join(dir, 'first', 'data'),
        to: path.join(dir, `hand-${n}`),
        source: (at) => path.join(clips, nameOf(at)),
        atOnce: WORKERS,
      }),
    s3: async () => {
      const bucket = overS3()
      return bucket ? onWorkers(path.join(dir, `s3-${n}`), clips, bucket) : Number.NaN
    },
  }
  // Another one goes first in each round, so that none always meets the warm cache.
  const order = (['worker', 'hand', 's3'] as const).map((_, at, all) => all[(at + n) % 3] ?? 'hand')
  for (const side of order) into[side].push(await sides[side]())
  for (const side of order)
    await rm(path.join(dir, `${side}-${n}`), { recursive: true, force: true })
}

const nameOf = (at: number) => `${String(at).padStart(2, '0')}.mp4`

const middle = (a: readonly number[], b: readonly number[]) =>
  a.map((one, n) => one / (b[n] ?? Number.NaN)).sort((x, y) => x - y)[MIDDLE] ?? Number.NaN

export const benchBatch = async (): Promise<Figure[]> => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'bench-batch-'))
  try {
    const clips = path.join(dir, 'clips')
    await mkdir(clips)
    for (let n = 0; n < CLIPS; n += 1)
      await makeClip({
        file: path.join(clips, nameOf(n)),
        palette: 'rain',
        seed: n,
        seconds: SECONDS,
      })
    const notes = path.join(dir, 'notes')
    await onWorkers(path.join(dir, 'first'), clips, { FFMPEG_PATH: await recorder(notes) })
    const noted = await notedIn(notes)
    const into: Rounds = { worker: [], hand: [], s3: [] }
    for (let n = 0; n < ROUNDS; n += 1) await round(dir, n, noted, into)
    return figures(into, noted.length)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

const said = (name: string, seconds: readonly number[]) =>
  `${name} ${[...seconds].sort((a, b) => a - b)[MIDDLE]?.toFixed(1)} s`

const figures = ({ worker, hand, s3 }: Rounds, commands: number): Figure[] => {
  const of = `${CLIPS} clips of ${SECONDS} s, ${WORKERS} workers, ${ROUNDS} rounds, ${commands} commands`
  return [
    {
      name: 'throughput of the batch over the same commands by hand',
      ratio: middle(hand, worker),
      limit: 0.95,
      atLeast: true,
      detail: `${of}; ${said('workers', worker)}; ${said('by hand', hand)}`,
    },
    ...(s3.some(Number.isNaN)
      ? []
      : [
          {
            name: 'throughput over S3 over that on disk',
            ratio: middle(worker, s3),
            limit: null,
            detail: `${of}; ${said('S3', s3)}; ${said('disk', worker)}`,
          },
        ]),
  ]
}
