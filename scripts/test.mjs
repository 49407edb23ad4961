import { fileURLToPath } from 'node:url'
import { build } from './lib/build.mjs'
import { jest } from './lib/jest.mjs'
import { journey } from './lib/journey.mjs'
import { handOver, isPrepared, place, prepare } from './lib/prepare.mjs'
import { say, sayFailure, seconds, step } from './lib/say.mjs'
import { productionServers, productionSettings } from './lib/servers.mjs'
import { makeEnvFile, rawSettings } from './lib/settings.mjs'
import { configuredSpecs } from './lib/specs.mjs'

/**
 * npm test [-- PATH…]: the whole suite in both configurations, then the journey in both; with a path only those specs.
 * Its last line is `N passed, N failed`.
 */
const given = process.argv.slice(2)
const phases = []

const phase = async (name, work) => {
  const since = Date.now()
  say(`\n── ${name}`)
  const sum = await work().catch((error) => {
    sayFailure(error)
    return { passed: 0, failed: 1 }
  })
  phases.push({ name, ms: Date.now() - since, ...sum })
}

const journeyPhase = (configuration, settings) =>
  phase(`journey, ${configuration}`, async () =>
    (await journey(configuration, settings)) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 },
  )

const specs = (configuration, env, paths) =>
  phase(`specs, ${configuration}`, () =>
    jest(configuration, paths, { ...process.env, ...env, HT_TEST_CONFIG: configuration }),
  )

/** The chosen specs that the other configuration says something new about. */
const inProduction = (chosen) => {
  const all = configuredSpecs()
  if (chosen.length === 0) return all
  return all.filter((file) => chosen.some((part) => file.includes(part.replace(/^\.\//, ''))))
}

const production = async (whole) => {
  const servers = await productionServers()
  if (servers.skipped) {
    say(`\nThe production half (MongoDB protocol, S3) was not run: ${servers.skipped}`)
    return
  }
  const env = { ...process.env, ...servers.env }
  try {
    const paths = inProduction(given)
    if (paths.length > 0) await specs('production', env, paths)
    if (whole) await journeyPhase('production', await productionSettings(env))
  } finally {
    await servers.stop()
  }
}

const summary = () => {
  say('\nPhases:')
  for (const { name, ms, passed, failed } of phases) {
    say(
      `  ${failed === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed (${seconds(ms)})`,
    )
  }
  const passed = phases.reduce((sum, one) => sum + one.passed, 0)
  const failed = phases.reduce((sum, one) => sum + one.failed, 0)
  say(`\n${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

const main = async () => {
  if (!isPrepared()) {
    const settings = rawSettings()
    await place(settings)
    await prepare(['ffmpeg', 'ffprobe', 'redis-server', 'chromium', 'clamd'], settings)
  }
  const elsewhere = handOver(fileURLToPath(import.meta.url))
  if (elsewhere) return elsewhere
  await step('Settings', async () => makeEnvFile())
  const whole = given.length === 0
  // Specs in a browser and the journey use the real build; a single spec is not made to wait for it.
  if (whole) await step('Production build', build)
  await specs('embedded', {}, given)
  if (whole) await journeyPhase('embedded', {})
  await production(whole)
  return summary()
}

process.exitCode = await main().catch(sayFailure)
process.exit(process.exitCode)
