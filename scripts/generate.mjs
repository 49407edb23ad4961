import { existsSync } from 'node:fs'
import { inRoot, must, pinnedNode } from './lib/exec.mjs'
import { sayFailure, step, Stop } from './lib/say.mjs'
import { makeEnvFile, rawSettings } from './lib/settings.mjs'

/**
 * npm run generate                    types and the admin's import map, after a collection or a component changed
 * npm run generate -- migration NAME  a SQLite migration from the difference to the last one; read it before you commit it
 */
const [what, name] = process.argv.slice(2)

const payload = async (...args) => {
  if (!existsSync(inRoot('node_modules/payload')))
    throw new Stop('Run `npm start` or `npm ci` first.')
  const env = {
    ...rawSettings(),
    NODE_ENV: 'production',
    PAYLOAD_CONFIG_PATH: inRoot('payload.config.ts'),
  }
  await must(
    `payload ${args[0]}`,
    pinnedNode(),
    ['-C', 'production', '--no-warnings', inRoot('node_modules/payload/bin.js'), ...args],
    {
      env,
      log: inRoot(`.data/log/${args[0].replace(':', '-')}.log`),
    },
  )
}

const main = async () => {
  makeEnvFile()
  if (what === 'migration') {
    if (!name) throw new Stop('Name it: npm run generate -- migration add-holds', 64)
    await step(`Migration ${name}`, () => payload('migrate:create', name))
    return 0
  }
  await step('Types', () => payload('generate:types'))
  await step('Import map', () => payload('generate:importmap'))
  return 0
}

process.exitCode = await main().catch(sayFailure)
