import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { inRoot, must } from './exec.mjs'

const STAMP = inRoot('node_modules/.hoi-tu-lock')

export const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex')

const installed = () => existsSync(STAMP) && readFileSync(STAMP, 'utf8').trim() === lockHash()

/** The npm that runs us, else the one on PATH. */
const npm = () => {
  const given = process.env.npm_execpath
  return given?.endsWith('npm-cli.js') ? [process.execPath, given] : ['npm']
}

/** `npm ci`, unless node_modules already is what package-lock.json says. */
export const packages = async () => {
  if (installed()) return 'already there'
  const [program, ...before] = npm()
  await must(
    'npm ci',
    program,
    [...before, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'],
    {
      log: inRoot('.data/log/npm-ci.log'),
    },
  )
  writeFileSync(STAMP, `${lockHash()}\n`)
  return 'installed'
}
