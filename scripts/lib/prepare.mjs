import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { hasBuild } from './build.mjs'
import { pinnedNode, ROOT, tethered } from './exec.mjs'
import { installed, packages } from './packages.mjs'
import { diskRoom, folders, freeBytes, roomNeeded } from './place.mjs'
import { step, Stop } from './say.mjs'
import { systemPackages } from './system.mjs'

const PREPARED = 'HOI_TU_PREPARED'

const OLDEST_NODE = 20

export const nodeIsNewEnough = (version = process.versions.node) => {
  if (Number(version.split('.')[0]) >= OLDEST_NODE) return
  throw new Stop(
    `This is Node ${version}; Node ${OLDEST_NODE} or newer is needed: https://nodejs.org`,
  )
}

/** May we write here at all? Before anything is begun. */
export const place = async (settings) => {
  nodeIsNewEnough()
  await step('The folder', async () => folders(settings))
}

/** Everything that any Node ≥ 20 can do; after it the pinned Node goes on. */
export const prepare = async (programs, settings) => {
  const needed = roomNeeded({ installed: installed(), built: hasBuild() })
  await step('Room on the disk', async () => diskRoom(freeBytes(), needed))
  await step('System packages', (tell) => systemPackages(programs, settings, tell))
  await step('Packages', packages)
}

/** True in the process that an older Node handed over to. */
export const isPrepared = () => process.env[PREPARED] === '1'

const isPinned = (node) => realpathSync(node) === realpathSync(process.execPath)

/**
 * Goes on in the pinned Node. Gives back its exit status, or `undefined` when this already is it.
 * Signals are passed on: they reach only us when they do not come from a terminal.
 */
export const handOver = (script, args = process.argv.slice(2)) => {
  const node = pinnedNode()
  if (isPinned(node)) return undefined
  const [command, list] = tethered(node, ['--no-warnings', script, ...args])
  const child = spawn(command, list, {
    cwd: ROOT,
    env: { ...process.env, [PREPARED]: '1' },
    stdio: 'inherit',
  })
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 130)))
}
