import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { capture, inRoot, pinnedNode, run } from './lib/exec.mjs'
import { jest } from './lib/jest.mjs'
import { packages } from './lib/packages.mjs'
import { handOver, isPrepared } from './lib/prepare.mjs'
import { say, sayFailure, seconds, shown, step, Stop } from './lib/say.mjs'
import { lightSpecs } from './lib/specs.mjs'

/** npm run check: format, lint, types, known holes in packages, and the specs that boot nothing. All are run; all failures are told. */
const failed = []

const part = async (name, work) => {
  const since = Date.now()
  const fine = await shown(name, work)
  say(`${fine ? '✓' : '✗'} ${name} (${seconds(Date.now() - since)})`)
  if (!fine) failed.push(name)
}

/** What it says is shown when it has ended, so that the sign that turns meanwhile does not run through it. */
const tool =
  (file, ...args) =>
  async () => {
    const log = inRoot('.data/log', `check-${path.basename(file).replace(/\..*$/, '')}.log`)
    const code = await run(pinnedNode(), [inRoot('node_modules', file), ...args], { log })
    const text = readFileSync(log, 'utf8').trimEnd()
    if (text) say(text)
    return code === 0
  }

const audit = async () => {
  const { code, out, err } = await capture('npm', ['audit', '--audit-level=high', '--json'])
  const report = parsed(out)
  if (!report?.metadata) {
    say(`  npm audit was not answered by the registry: ${why(report, err)}`)
    return true
  }
  const { high, critical } = report.metadata.vulnerabilities
  if (code !== 0) say(`  npm audit: ${high} high, ${critical} critical. See: npm audit`)
  return code === 0
}

const why = (report, err) =>
  report?.error?.summary || report?.message || err.trim().split('\n')[0] || 'no reason given'

const parsed = (text) => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The runner reports for itself. */
const lightJest = async () => {
  const sum = await jest('check', lightSpecs(), { ...process.env, HT_TEST_CONFIG: 'embedded' })
  say(`  ${sum.passed} passed, ${sum.failed} failed`)
  return sum.failed === 0
}

const main = async () => {
  if (!isPrepared()) await step('Packages', packages)
  const elsewhere = handOver(fileURLToPath(import.meta.url))
  if (elsewhere) return elsewhere
  await part('Format', tool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'))
  await part('Types', tool('typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'))
  await part(
    'Lint',
    tool(
      'eslint/bin/eslint.js',
      '--max-warnings=0',
      '--cache',
      '--cache-location',
      '.data/eslint',
      '.',
    ),
  )
  await part('Known holes in packages', audit)
  say('… Specs that boot nothing')
  if (!(await lightJest())) failed.push('Specs that boot nothing')
  if (failed.length > 0) throw new Stop(`Failed: ${failed.join(', ')}`)
  return 0
}

process.exitCode = await main().catch(sayFailure)
