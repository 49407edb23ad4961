import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { inRoot, pinnedNode, ROOT, tethered } from './lib/exec.mjs'
import { Stop, sayFailure } from './lib/say.mjs'

/**
 * node scripts/run.mjs FILE.ts [arguments]: runs a TypeScript script of ours on the pinned Node with the settings of
 * `.env`. The script's exit status is ours.
 */
const [file, ...args] = process.argv.slice(2)

const main = async () => {
  if (!file || !existsSync(path.resolve(ROOT, file))) {
    throw new Stop(
      [
        `No such script: ${file ?? '(none named)'}`,
        'Usage: node scripts/run.mjs scripts/NAME.ts [arguments]',
      ],
      64,
    )
  }
  if (!existsSync(inRoot('node_modules/esbuild'))) {
    throw new Stop('The packages are not installed yet. Run `npm start` once (or `npm ci`).')
  }
  const { bundleScript } = await import('./lib/bundle.mjs')
  const bundled = await bundleScript(file)
  const node = pinnedNode()
  const settings = existsSync(inRoot('.env')) ? [`--env-file=${inRoot('.env')}`] : []
  const flags = ['-C', 'production', '--enable-source-maps', '--no-warnings', ...settings]
  const env = { ...process.env, NODE_ENV: process.env.NODE_ENV || 'production' }
  const [command, list] = tethered(node, [...flags, bundled, ...args])
  const child = spawn(command, list, { cwd: ROOT, env, stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 130)))
}

process.exitCode = await main().catch(sayFailure)
