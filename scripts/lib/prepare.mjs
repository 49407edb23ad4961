import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { pinnedNode, ROOT } from './exec.mjs'
import { packages } from './packages.mjs'
import { step } from './say.mjs'
import { diskRoom, systemPackages } from './system.mjs'

const PREPARED = 'HOI_TU_PREPARED'

/** Everything that any Node ≥ 20 can do; after it the pinned Node goes on. */
export const prepare = async (programs, settings) => {
  await step('Room on the disk', () => diskRoom())
  await step('System packages', () => systemPackages(programs, settings))
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
  const child = spawn(node, ['--no-warnings', script, ...args], {
    cwd: ROOT,
    env: { ...process.env, [PREPARED]: '1' },
    stdio: 'inherit',
  })
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 130)))
}
