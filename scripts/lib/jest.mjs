import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { inRoot, pinnedNode, run } from './exec.mjs'

const counts = (file) => {
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'))
    // A file that does not even load counts as one failure, or it would vanish from the sum.
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
    }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

/** Runs Jest over `args` (paths or its own options) and counts. The runner's own report goes to the terminal. */
export const jest = async (name, args, env) => {
  const file = inRoot('.data/test', `${name}.json`)
  mkdirSync(path.dirname(file), { recursive: true })
  rmSync(file, { force: true })
  const node = pinnedNode()
  const code = await run(
    node,
    [
      inRoot('node_modules/jest/bin/jest.js'),
      '--forceExit',
      '--json',
      `--outputFile=${file}`,
      ...args,
    ],
    {
      env: {
        // For specs that read the settings without setting their own; never those of a real install.
        PAYLOAD_SECRET: 's'.repeat(40),
        VAULT_KEY: '0'.repeat(64),
        ...env,
        PATH: `${path.dirname(node)}${path.delimiter}${env.PATH}`,
        NODE_ENV: 'test',
        NODE_OPTIONS: '--experimental-vm-modules --no-warnings --no-deprecation',
        LOG_LEVEL: env.LOG_LEVEL ?? 'silent',
      },
      quietOut: true,
    },
  )
  const sum = counts(file)
  return code !== 0 && sum.failed === 0 ? { ...sum, failed: 1 } : sum
}
