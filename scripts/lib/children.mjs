import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { ROOT, tethered } from './exec.mjs'

const LOG_MAX_BYTES = 20 * 1024 ** 2
const WINDOW_MS = 60_000
const RESTARTS_IN_WINDOW = 3

const openLog = (file) => {
  mkdirSync(path.dirname(file), { recursive: true })
  if (existsSync(file) && statSync(file).size > LOG_MAX_BYTES) renameSync(file, `${file}.1`)
  return openSync(file, 'a')
}

/** May it be started again? Three times a minute; then something is broken that a restart does not mend. */
export const mayRestart = (deaths, at) =>
  deaths.filter((time) => at - time < WINDOW_MS).length <= RESTARTS_IN_WINDOW

const signalGroup = (pid, signal) => {
  try {
    process.kill(-pid, signal)
  } catch {
    // Already gone.
  }
}

/**
 * Starts a program in a process group of its own (Ctrl-C reaches only the start script, which ends things in order),
 * and starts it again when it dies. `onDeath({ name, how, again })` is told of each death.
 */
export const supervise = ({ name, program, args, env, logFile, onDeath }) => {
  const state = { child: undefined, stopping: false, deaths: [], gone: Promise.resolve() }

  const launch = () => {
    const log = openLog(logFile)
    const [command, list] = tethered(program, args)
    const child = spawn(command, list, {
      cwd: ROOT,
      env,
      detached: true,
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    state.child = child
    state.gone = new Promise((resolve) => {
      child.once('error', () => resolve('could not be started'))
      child.once('exit', (code, signal) =>
        resolve(signal ? `ended by ${signal}` : `ended with ${code}`),
      )
    })
    state.gone.then(died)
  }

  const died = (how) => {
    if (state.stopping) return
    if (state.child?.pid) signalGroup(state.child.pid, 'SIGKILL')
    const at = Date.now()
    state.deaths.push(at)
    const again = mayRestart(state.deaths, at)
    if (again) launch()
    onDeath({ name, how, again, logFile })
  }

  /** Asks it to end, waits, then ends what is left of its group, so that no helper of it lives on. */
  const stop = async ({ ask, graceMs = 15_000 } = {}) => {
    state.stopping = true
    const pid = state.child?.pid
    if (!pid) return
    if (ask) await ask()
    else state.child.kill('SIGTERM')
    const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs)
    await state.gone
    clearTimeout(timer)
    signalGroup(pid, 'SIGKILL')
  }

  launch()
  return { name, stop, pid: () => state.child?.pid, deaths: () => state.deaths.length, logFile }
}
