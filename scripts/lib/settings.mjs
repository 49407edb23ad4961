import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import * as util from 'node:util'
import { bundleScript } from './bundle.mjs'
import { capture, inRoot, pinnedNode } from './exec.mjs'
import { writeWhole } from './files.mjs'
import { nameWarnings } from './names.mjs'
import { say, Stop } from './say.mjs'

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
    .map(
      ({ number }) =>
        `.env dòng ${number}: không phải TÊN=giá trị · line ${number}: not NAME=value`,
    )

const SECRETS = ['PAYLOAD_SECRET', 'VAULT_KEY']
const secretLine = (name) => `${name}=${randomBytes(32).toString('hex')}`

/** A newsroom that has data knows its secrets already: new ones would lock it out of its own sessions and tokens. */
const hasData = (given) => {
  const own = `file:${inRoot(given.DATA_DIR || '.data', 'hoi-tu.db')}`
  const file = /^file:(.*)$/.exec(given.DATABASE_URL || own)?.[1]
  return file === undefined || existsSync(inRoot(file))
}

const LOST = [
  'Có dữ liệu mà thiếu .env: hãy đặt lại .env cũ. Khóa mới không mở được phiên và token đã lưu.',
  'There is data but no .env: put the old .env back. New secrets could not open what the old ones sealed.',
  'Tòa soạn mới trên máy chủ dữ liệu: tự đặt PAYLOAD_SECRET và VAULT_KEY · A new newsroom on a database server: set PAYLOAD_SECRET and VAULT_KEY yourself (.env.example)',
]

/** Which secrets a hand-made `.env` leaves out. */
const lacking = (text) => {
  const given = { ...util.parseEnv?.(text), ...process.env }
  return hasData(given) ? [] : SECRETS.filter((name) => !given[name])
}

/**
 * `.env` is made once, with secrets of this install's own; one that a person made is given the secrets it lacks. What
 * the shell gives is not written down, nor another in its place, which would open nothing in the next shell. Whole or not
 * at all: half a file would be kept for ever.
 */
export const makeEnvFile = (file = FILE) => {
  if (!existsSync(file)) {
    const first = '# Made once by the start script. Every other setting: see .env.example.'
    const due = SECRETS.filter((name) => !process.env[name])
    if (due.length > 0 && hasData(process.env)) throw new Stop(LOST, 78)
    writeWhole(file, `${[first, ...due.map(secretLine)].join('\n')}\n`, 0o600)
    return due.length > 0 ? 'made, with new secrets' : 'made, with the secrets left to the shell'
  }
  const text = readFileSync(file, 'utf8')
  const missing = lacking(text)
  if (missing.length === 0) return 'kept as it is'
  writeWhole(file, `${text.trimEnd()}\n${missing.map(secretLine).join('\n')}\n`, 0o600)
  return `.env kept, ${missing.join(' and ')} added`
}

/** Every name that `.env.example` documents; a test holds it against src/env.ts. */
const knownNames = () =>
  [...readFileSync(inRoot('.env.example'), 'utf8').matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(
    (match) => match[1],
  )

/**
 * What the text of `.env` alone shows, before there are packages to read the settings with: lines that are none are
 * refused, names that are no settings of ours and look as if they were meant to be are warned of, all at once.
 */
export const checkEnvFile = (file = FILE) => {
  if (!existsSync(file)) return
  const text = readFileSync(file, 'utf8')
  for (const line of nameWarnings(text, knownNames())) say(`! ${line}`)
  const broken = brokenLines(text)
  if (broken.length === 0) return
  throw new Stop(['The settings are not usable:', ...broken.map((line) => `- ${line}`)], 78)
}

/** Checks the settings by the rules of src/env.ts and gives them back as the newsroom will read them. */
export const checkedSettings = async (env = rawSettings()) => {
  const file = await bundleScript('scripts/settings.ts')
  const { code, out, err } = await capture(pinnedNode(), ['-C', 'production', file], { env })
  if (code !== 0) throw new Stop(err.trimEnd().split('\n').slice(0, 40), 78)
  return JSON.parse(out)
}
