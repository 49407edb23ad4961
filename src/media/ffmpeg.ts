import { spawn } from 'node:child_process'
import { statfs } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import ffmpeg from 'fluent-ffmpeg'
import { env } from '../env'
import { lineOf, NewsroomError } from '../errors'
import { nowMs } from '../clock'
import { guardFor, guardLimits } from './guard'
import type { Command } from './command-parts'

/**
 * The one file that starts ffmpeg and ffprobe. fluent-ffmpeg 2.1.3 (archived 2025-05) only runs what `command.ts` built:
 * its own percent is wrong with `-t`, its option strings split at blanks and its ffprobe has no time limit.
 */
export type Run = {
  command: Command
  /** Seconds that will come out, for the progress and the wall-clock cap. */
  durationSeconds: number
  onProgress?: (fraction: number) => void
  signal?: AbortSignal
  cpuSeconds?: number
  fsizeBytes?: number
  /** Without progress for so long, or running for so long in all, it is ended. Long by default. */
  stuckAfterMs?: number
  wallMs?: number
  /** Where the bytes of an output named `PIPED` go. It must not close by itself: that would count as a failure. */
  sink?: Writable
}

/** An output that is no file: its bytes flow into the run's sink, so that hours of sound need no disk. */
export const PIPED = 'piped'

const KEPT_LINES = 100
const STUCK_AFTER_MS = 120_000
const GiB = 1024 ** 3

const help = {
  vi: 'Không chuyển mã được tệp này. Hãy thử lại; nếu vẫn lỗi, xuất lại MP4 rồi gửi lại.',
  en: 'This file could not be transcoded. Try again; if it fails again, export it as MP4 and send it again.',
}
const failure = (code: string, line: string) => new NewsroomError({ code, message: line, help })

/** ffmpeg's own word; a tag of the sender's file may say the same, and is printed behind blanks. */
const NO_SPACE = /^\S.*: (No space left on device|Disk quota exceeded)$/
/** Less than this is full: the HLS muxer cuts its files short on a full disk, says nothing and ends with 0. */
const FULL_BYTES = 1024 ** 2

const isFull = async (folder: string): Promise<boolean> => {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize < FULL_BYTES
}

/** What stands after the reason, when more than errors was asked for. */
const SAYS_NOTHING = /^(\s*|Conversion failed!|\[(libx264|aac) @ .*)$/

/** What the last word of the guard, the kernel or ffmpeg means. */
const codeOf = (line: string) => {
  if (/SIGXFSZ|File size limit|File too large/i.test(line)) return 'ffmpeg-output-too-big'
  if (/SIGKILL|SIGXCPU|code 137/.test(line)) return 'ffmpeg-killed'
  if (/Invalid data found|moov atom not found/i.test(line)) return 'ffmpeg-bad-input'
  return 'ffmpeg-failed'
}

/** Runs one command to its end. Returns the last lines it said; throws a NewsroomError with a stable code. */
export const runFfmpeg = async (run: Run): Promise<{ lines: string[] }> => {
  if (run.signal?.aborted) throw failure('cancelled', 'cancelled before ffmpeg was started')
  const { wallMs = (60 + 20 * run.durationSeconds) * 1000, stuckAfterMs = STUCK_AFTER_MS } = run
  ffmpeg.setFfmpegPath(await guardFor(env.FFMPEG_PATH))
  return new Promise((resolve, reject) => {
    const watch = watcher({ ...run, wallMs, stuckAfterMs, kill: () => job.kill('SIGKILL') })
    const job = build(run)
      .on('start', watch.started)
      .on('stderr', watch.line)
      .on('end', () => {
        watch.stop()
        // On a full disk ffmpeg may end with 0 all the same.
        fullOf(run, watch.lines).then((full) => {
          if (full) reject(full)
          else resolve({ lines: watch.lines })
        }, reject)
      })
      .on('error', (error: unknown) => {
        watch.stop()
        const verdict = watch.verdict()
        if (verdict) return reject(verdict)
        fullOf(run, watch.lines).then((full) => {
          reject(full ?? failureOf(error, watch.lines))
        }, reject)
      })
    job.run()
  })
}

const fullOf = async ({ command }: Run, lines: string[]): Promise<NewsroomError | null> => {
  const said = lines.find((line) => NO_SPACE.test(line))
  if (said) return failure('disk-full', said.slice(0, 500))
  return (await isFull(command.cwd)) ? failure('disk-full', 'no room where ffmpeg writes') : null
}

const failureOf = (error: unknown, lines: string[]) => {
  const said = lines.filter((line) => !SAYS_NOTHING.test(line)).at(-1) ?? ''
  const line = `${lineOf(error).split(':')[0]}: ${said}`.slice(0, 500)
  return failure(codeOf(`${lineOf(error)} ${said}`), line)
}

const build = ({ command, durationSeconds, cpuSeconds, fsizeBytes, sink }: Run) => {
  const limits = guardLimits({
    cpuSeconds: cpuSeconds ?? 300 + 60 * durationSeconds,
    fsizeBytes: fsizeBytes ?? GiB + durationSeconds * 4 * 1024 ** 2,
  })
  const job = ffmpeg({ cwd: command.cwd })
  command.inputs.forEach((input, index) => {
    const first = index === 0 ? [limits, ...command.first, '-progress', 'pipe:2', '-nostats'] : []
    // Spread, not an array: fluent-ffmpeg splits the words of an array at a blank.
    job.input(`file:${input.file}`).inputOptions(...first, ...input.options)
  })
  for (const { file, options } of command.outputs)
    job.output(file === PIPED && sink ? sink : file).outputOptions(...options)
  return job
}

const watcher = (watched: Run & { wallMs: number; stuckAfterMs: number; kill: () => void }) => {
  const { signal, durationSeconds, onProgress, kill, wallMs, stuckAfterMs } = watched
  const lines: string[] = []
  const began = nowMs()
  let verdict: NewsroomError | undefined
  let movedAt = nowMs()
  let last = -1
  const end = (code: string, line: string) => {
    verdict ??= failure(code, line)
    kill()
  }
  const abort = () => end('cancelled', 'cancelled while ffmpeg ran')
  const timer = setInterval(() => {
    if (nowMs() - movedAt > stuckAfterMs)
      end('ffmpeg-stuck', `no progress for ${stuckAfterMs / 1000} seconds`)
    if (nowMs() - began > wallMs) end('ffmpeg-too-slow', `not done after ${wallMs / 1000} seconds`)
  }, 1_000)
  signal?.addEventListener('abort', abort, { once: true })

  const progress = (micros: number) => {
    if (!Number.isFinite(micros) || micros <= last) return
    last = micros
    movedAt = nowMs()
    onProgress?.(Math.min(1, Math.max(0, micros / 1e6 / Math.max(durationSeconds, 0.001))))
  }
  return {
    lines,
    verdict: () => verdict,
    // An abort between our check and the spawn has nothing to kill yet; it is done here.
    started: () => (verdict || signal?.aborted ? abort() : undefined),
    line: (line: string) => {
      const [key = '', value = ''] = line.split('=')
      if (key === 'out_time_us' || key === 'out_time_ms') return progress(Number(value))
      if (
        /^(frame|fps|stream_\S+|bitrate|total_size|out_time|dup_frames|drop_frames|speed|progress)=/.test(
          line,
        )
      )
        return
      lines.push(line)
      if (lines.length > KEPT_LINES) lines.shift()
    },
    stop: () => {
      clearInterval(timer)
      signal?.removeEventListener('abort', abort)
    },
  }
}

export type Probed = {
  code: number | null
  stdout: string
  /** All it complained of, and the last line of that. */
  said: string
  line: string
  timedOut: boolean
}

/** ffprobe through the same guard, with a clock and a cap on what it may say. Never throws for a bad file. */
export const runFfprobe = async (args: {
  argv: readonly string[]
  timeoutMs?: number
  signal?: AbortSignal
}): Promise<Probed> => {
  const { argv, timeoutMs = 20_000, signal } = args
  // A URL as its input would let a playlist fetch others (measured): a file, or nothing.
  if (!argv.at(-1)?.startsWith('file:')) throw failure('not-a-file', 'ffprobe is given files only')
  const guard = await guardFor(env.FFPROBE_PATH)
  const limits = guardLimits({ cpuSeconds: timeoutMs / 1000, fsizeBytes: 1024 ** 2 })
  return new Promise((resolve, reject) => {
    const child = spawn(guard, [limits, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] })
    const out: Buffer[] = []
    let size = 0
    let said = ''
    let timedOut = false
    const stop = () => child.kill('SIGKILL')
    const timer = setTimeout(() => {
      timedOut = true
      stop()
    }, timeoutMs)
    signal?.addEventListener('abort', stop, { once: true })
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > 1024 ** 2) stop()
      else out.push(chunk)
    })
    child.stderr.on(
      'data',
      (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-2000)),
    )
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
      if (signal?.aborted) return reject(failure('cancelled', 'cancelled while ffprobe ran'))
      const line = said.trim().split('\n').at(-1) ?? ''
      resolve({ code, stdout: Buffer.concat(out).toString('utf8'), said, line, timedOut })
    })
  })
}
