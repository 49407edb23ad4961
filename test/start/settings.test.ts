import { describe, expect, it } from '@jest/globals'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { brokenLines, makeEnvFile } from '../../scripts/lib/settings.mjs'

process.env.PAYLOAD_SECRET ??= 's'.repeat(40)
process.env.VAULT_KEY ??= '0'.repeat(64)
const { readEnv, SETTING_NAMES } = await import('@/env')

const ROOT = path.resolve(import.meta.dirname, '../..')
const secrets = { PAYLOAD_SECRET: 's'.repeat(32), VAULT_KEY: '0'.repeat(64) }

const example = () => readFileSync(path.join(ROOT, '.env.example'), 'utf8')
const namesIn = (text: string) =>
  [...text.matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1] ?? '')
const valuesIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)].map((match) => [match[1], match[2]]),
  )

describe('.env.example', () => {
  it('documents every setting and none that does not exist', () => {
    expect(namesIn(example()).sort()).toEqual([...SETTING_NAMES].sort())
  })

  it('shows the real defaults: read as it stands it changes nothing', () => {
    const shown = readEnv({ ...valuesIn(example()), ...secrets })
    const bare = readEnv(secrets)
    expect(shown).toEqual(bare)
    expect(bare.ok).toBe(true)
  })

  it('says a word about each setting before naming it', () => {
    const lines = example().split('\n')
    const bare = lines.filter((line, index) => {
      const before = lines[index - 1] ?? ''
      return namesIn(line).length > 0 && !before.startsWith('#') && !before.startsWith('S3_')
    })
    expect(bare).toEqual([])
  })
})

describe('a broken .env', () => {
  it('is told line by line, all at once', () => {
    const read = readEnv({
      ...secrets,
      PORT: 'many',
      VAULT_KEY: 'short',
      S3_ENDPOINT: 'http://127.0.0.1:1',
    })
    expect(read.ok ? [] : read.problems.map((line) => line.split(':')[0])).toEqual([
      'PORT',
      'VAULT_KEY',
      'S3',
    ])
  })

  it('with a line that is no setting is refused, not skipped', () => {
    expect(brokenLines('# fine\n\nPORT=3000\nPAYLOAD_SECRET\nexport HOST=::1\n= 5')).toEqual([
      '.env line 4: not NAME=value',
      '.env line 6: not NAME=value',
    ])
  })
})

describe('the first .env', () => {
  const fresh = () => path.join(mkdtempSync(path.join(os.tmpdir(), 'hoi-tu-env-')), '.env')

  it('holds new secrets, is for this user alone, and is never made twice', () => {
    const [one, two] = [fresh(), fresh()]
    makeEnvFile(one)
    makeEnvFile(two)
    const first = readFileSync(one, 'utf8')
    makeEnvFile(one)
    expect(statSync(one).mode & 0o777).toBe(0o600)
    expect(readEnv(valuesIn(first)).ok).toBe(true)
    expect(readFileSync(one, 'utf8')).toBe(first)
    expect(readFileSync(two, 'utf8')).not.toBe(first)
    for (const file of [one, two]) rmSync(path.dirname(file), { recursive: true })
  })
})
