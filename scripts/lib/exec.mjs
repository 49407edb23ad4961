import { spawn } from 'node:child_process'
import {
  accessSync,
  constants,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  statfsSync,
  statSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Stop } from './say.mjs'

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

export const inRoot = (...parts) => path.resolve(ROOT, ...parts)

/** Where a program lies: an absolute path is taken as it is, a name is looked for on PATH. */
export const findProgram = (name, searchPath = process.env.PATH ?? '') => {
  const places = name.includes('/')
    ? [path.resolve(ROOT, name)]
    : searchPath.split(path.delimiter).map((folder) => path.join(folder, name))
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK)
      return statSync(place).isFile()
    } catch {
      return false
    }
  })
}

/** Node 24: the pinned package where npm put one, else the running Node if it is new enough. */
export const pinnedNode = (
  platform = process.platform,
  arch = process.arch,
  running = process.versions.node,
) => {
  const pinned = findProgram(inRoot('node_modules', `node-${platform}-${arch}`, 'bin', 'node'))
  if (pinned) return pinned
  if (Number(running.split('.')[0]) >= 24) return process.execPath
  throw new Stop([
    `Node 24 is needed and no pinned build exists for ${platform} ${arch} (this is Node ${running}).`,
    'Install Node 24 from https://nodejs.org and run the same command again.',
  ])
}

/** The last lines of a log, for a failure. */
export const tailOf = (file, count = 15) => {
  try {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    // A program in trouble says the same thing a hundred times.
    return lines.filter((line, index) => line !== lines[index - 1]).slice(-count)
  } catch {
    return []
  }
}

/** On Linux the kernel ends a child whose parent was killed without a chance to say goodbye. */
export const tethered = (program, args, signal = 'TERM') => {
  const setpriv = process.platform === 'linux' ? findProgram('setpriv') : undefined
  return setpriv ? [setpriv, ['--pdeathsig', signal, '--', program, ...args]] : [program, args]
}

/** A log as text; its end only, should it have grown beyond all measure. */
const textOf = (file) => {
  try {
    return readFileSync(file, 'utf8').slice(-500_000)
  } catch {
    return ''
  }
}

/** Calls `watch` once a second with what the log holds by then. */
const watching = (log, watch) => {
  if (!log || !watch) return () => undefined
  const timer = setInterval(() => watch(textOf(log)), 1_000)
  return () => clearInterval(timer)
}

/**
 * Runs a program to its end. Output goes to `log` (a file; `watch` is told of it as it grows) or to the terminal; the
 * exit status comes back, 128 and the signal's number when a signal ended it.
 */
export const run = (
  program,
  args,
  { env = process.env, cwd = ROOT, log, watch, tether, quietOut = false } = {},
) =>
  new Promise((resolve) => {
    if (log) mkdirSync(path.dirname(log), { recursive: true })
    const out = log ? openSync(log, 'w') : 'inherit'
    const [command, list] = tethered(program, args, tether)
    const child = spawn(command, list, {
      cwd,
      env,
      stdio: ['ignore', quietOut ? 'ignore' : out, out],
    })
    const stopWatching = watching(log, watch)
    const done = (code) => {
      stopWatching()
      if (log) closeSync(out)
      resolve(code)
    }
    child.once('error', () => done(127))
    child.once('exit', (code, signal) => done(code ?? 128 + (os.constants.signals[signal] ?? 0)))
  })

/** Runs a program and gives back what it printed. */
export const capture = (program, args, { env = process.env, cwd = ROOT } = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const text = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (part) => (text.out += part))
    child.stderr.setEncoding('utf8').on('data', (part) => (text.err += part))
    child.once('error', (error) => resolve({ code: 127, out: '', err: error.message }))
    child.once('close', (code) => resolve({ code: code ?? 1, ...text }))
  })

const MIB = 1024 ** 2
const freeMib = (folder) => {
  const { bavail, bsize } = statfsSync(folder)
  return (bavail * bsize) / MIB
}

/** What the log cannot say: a full disk keeps the log itself from being written, and the killed do not speak. */
const reasonsOf = (program, code) => [
  ...(freeMib(ROOT) < 20
    ? [`The disk is full: ${freeMib(ROOT).toFixed(0)} MB free. Make room.`]
    : []),
  ...(code === 137
    ? [
        `It was killed, most often because memory ran out (this machine has ${(os.totalmem() / 1024 ** 3).toFixed(1)} GB, about 2 GB are needed).`,
      ]
    : []),
  ...(code === 127 ? [`Is ${path.basename(program)} installed, and on the PATH?`] : []),
]

/** As `run`, but a failure stops the script with the last lines of the log. */
export const must = async (what, program, args, options = {}) => {
  const code = await run(program, args, options)
  if (code === 0) return
  const reasons = reasonsOf(program, code)
  // Where the reason is plain, the last words of a dying program only hide it.
  const said = options.log && reasons.length === 0 ? tailOf(options.log) : []
  const lines = said.map((line) => `| ${line}`)
  const where = options.log ? [`The whole log: ${path.relative(ROOT, options.log)}`] : []
  const all = [`${what} failed (exit ${code}).`, ...reasons, ...lines, ...where]
  throw new Stop(all, code === 78 ? 78 : 1)
}
