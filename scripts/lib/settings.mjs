import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import * as util from 'node:util'
import { bundleScript } from './bundle.mjs'
import { capture, inRoot, pinnedNode } from './exec.mjs'
import { Stop } from './say.mjs'

const FILE = inRoot('.env')

/** The lines of `.env` under what the shell gives. Node before 20.12 cannot parse; then only the shell counts. */
export const rawSettings = (file = FILE) => {
  const given = existsSync(file) ? (util.parseEnv?.(readFileSync(file, 'utf8')) ?? {}) : {}
  return { ...given, ...process.env }
}

/** Lines that are neither `NAME=value`, a comment nor empty: Node would skip them in silence. */
export const brokenLines = (text) =>
  text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '' && !line.startsWith('#'))
    .filter(({ line }) => !/^(export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=/.test(line))
    .map(({ number }) => `.env line ${number}: not NAME=value`)

/** `.env` is made once, with secrets of this install's own; what is in the shell is never written down. */
export const makeEnvFile = (file = FILE) => {
  if (existsSync(file)) return 'kept as it is'
  const lines = [
    '# Made once by the start script. Every other setting: see .env.example.',
    `PAYLOAD_SECRET=${randomBytes(32).toString('hex')}`,
    `VAULT_KEY=${randomBytes(32).toString('hex')}`,
  ]
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' })
  return 'made, with new secrets'
}

/** Checks the settings by the rules of src/env.ts and gives them back as the newsroom will read them. */
export const checkedSettings = async (env = rawSettings()) => {
  const broken = existsSync(FILE) ? brokenLines(readFileSync(FILE, 'utf8')) : []
  if (broken.length > 0)
    throw new Stop(['The settings are not usable:', ...broken.map((l) => `- ${l}`)], 78)
  const file = await bundleScript('scripts/settings.ts')
  const { code, out, err } = await capture(pinnedNode(), ['-C', 'production', file], { env })
  if (code !== 0) throw new Stop(err.trimEnd().split('\n').slice(0, 40), 78)
  return JSON.parse(out)
}
