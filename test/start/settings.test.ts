import { afterEach, describe, expect, it } from '@jest/globals'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { nameWarnings } from '../../scripts/lib/names.mjs'
import { portLine, portOf } from '../../scripts/lib/port.mjs'
import { brokenLines, makeEnvFile, rawSettings } from '../../scripts/lib/settings.mjs'

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
  const problems = (given: Record<string, string>) => {
    const read = readEnv({ ...secrets, ...given })
    return read.ok ? [] : read.problems
  }

  it('is told line by line, all at once', () => {
    const lines = problems({ PORT: 'many', VAULT_KEY: 'short', S3_ENDPOINT: 'http://127.0.0.1:1' })
    expect(lines.map((line) => line.split(':')[0])).toEqual(['PORT', 'VAULT_KEY', 'S3'])
  })

  it.each([
    [
      { PORT: 'abc' },
      'PORT: đang là "abc", cần số nguyên từ 1 đến 65535 · holds "abc", expected a whole number from 1 to 65535',
    ],
    [
      { DEMO_PLATFORMS: 'true' },
      'DEMO_PLATFORMS: đang là "true", cần 0 hoặc 1 · holds "true", expected 0 or 1',
    ],
    [
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL: đang là "loud", cần một trong: debug, info, warn, error, silent · holds "loud", expected one of: debug, info, warn, error, silent',
    ],
    [
      { PUBLIC_URL: 'toasoan.vn' },
      'PUBLIC_URL: đang là "toasoan.vn", cần địa chỉ bắt đầu bằng http:// hoặc https:// · holds "toasoan.vn", expected an address that starts with http:// or https://',
    ],
    [
      { PAYLOAD_SECRET: '' },
      'PAYLOAD_SECRET: chưa đặt, cần ít nhất 32 ký tự · is not set, expected at least 32 characters',
    ],
  ])('says which variable, what it holds and what is expected: %o', (given, line) => {
    expect(problems(given as Record<string, string>)).toEqual([line])
  })

  it('is told in the same words before there are packages to read it with', () => {
    expect([portLine('abc')]).toEqual(problems({ PORT: 'abc' }))
    expect(() => portOf({ PORT: 'abc' })).toThrow('not usable')
    expect(portOf({ PORT: '' })).toBe(3000)
  })

  it('shows no secret, and no password inside an address', () => {
    const lines = problems({
      PAYLOAD_SECRET: 'hunter2hunter2',
      VAULT_KEY: 'HUNTER2',
      DATABASE_URL: 'postgres://desk:hunter2@db/x',
      REDIS_URL: 'hunter2',
      PUBLIC_URL: 'desk:hunter2@toasoan',
    })
    expect(lines).toHaveLength(5)
    expect(lines.join('\n')).not.toMatch(/hunter2/i)
    expect(lines.join('\n')).toContain('DATABASE_URL: đang là "postgres://…"')
    expect(lines.join('\n')).toContain('REDIS_URL: đang có 7 ký tự')
  })

  it('with an empty value means that it is not set', () => {
    expect(readEnv({ ...secrets, PORT: '', HOST: '', DEMO_PLATFORMS: '' })).toEqual(
      readEnv(secrets),
    )
  })

  it('names what looks misspelled or like ours, all at once, and leaves other programs’ names in peace', () => {
    const lines = nameWarnings(
      [
        'PROT=3001',
        'port=3001',
        'DATABSE_URL=mongodb://desk:hunter2@db',
        'S3_SECRET_KEY=hunter2',
        'UPLOAD_LIMIT=5',
        'LEASE_OF_THE_HOUSE_AND_ITS_GARDEN=5',
        'TZ=Asia/Ho_Chi_Minh',
        'HTTPS_PROXY=http://proxy:3128',
        'S3_TEST_ENDPOINT=http://127.0.0.1:1',
        'HOST=::1',
        '# PROT=1',
      ].join('\n'),
      [...SETTING_NAMES],
    )
    expect(lines.map((line: string) => line.split(':')[0])).toEqual([
      'PROT',
      'port',
      'DATABSE_URL',
      'S3_SECRET_KEY',
      'UPLOAD_LIMIT',
      'LEASE_OF_THE_HOUSE_AND_ITS_GARDEN',
    ])
    expect(lines[0]).toBe(
      'PROT: không có biến này, có phải PORT? · is no setting and is not read; did you mean PORT?',
    )
    expect(lines[1]).toContain('did you mean PORT?')
    expect(lines[2]).toContain('did you mean DATABASE_URL?')
    expect(lines[3]).toContain('did you mean S3_SECRET_ACCESS_KEY?')
    expect(lines[5]).toContain('see .env.example')
    expect(lines.join()).not.toContain('hunter2')
  })

  it('with a line that is no setting is refused, not skipped', () => {
    expect(brokenLines('# fine\n\nPORT=3000\nPAYLOAD_SECRET\nexport HOST=::1\n= 5')).toEqual([
      '.env dòng 4: không phải TÊN=giá trị · line 4: not NAME=value',
      '.env dòng 6: không phải TÊN=giá trị · line 6: not NAME=value',
    ])
  })
})

describe('the first .env', () => {
  const fresh = () => path.join(mkdtempSync(path.join(os.tmpdir(), 'hoi-tu-env-')), '.env')
  const given = { ...process.env }
  // Another folder than the checkout's, and a shell that gives nothing.
  const shellOf = (file: string, more: Record<string, string> = {}) => {
    for (const name of ['PAYLOAD_SECRET', 'VAULT_KEY', 'DATABASE_URL']) delete process.env[name]
    Object.assign(process.env, { DATA_DIR: path.dirname(file), ...more })
  }
  afterEach(() => {
    delete process.env.DATA_DIR
    delete process.env.DATABASE_URL
    Object.assign(process.env, given)
  })

  it('holds new secrets, is for this user alone, and is never made twice', () => {
    const [one, two] = [fresh(), fresh()]
    shellOf(one)
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

  it.each([
    ['its database file', 'hoi-tu.db', {}],
    ['one of another name', 'other.db', { DATABASE_URL: 'file:FOLDER/other.db' }],
    ['a database server', '', { DATABASE_URL: 'mongodb://db/x' }],
    ['only one of the two secrets', 'hoi-tu.db', { VAULT_KEY: '0'.repeat(64) }],
  ])('lost beside data is not made anew: new secrets open nothing (%s)', (_, name, more) => {
    const file = fresh()
    const folder = path.dirname(file)
    const shell = Object.entries(more).map(([key, value]) => [key, value.replace('FOLDER', folder)])
    shellOf(file, Object.fromEntries(shell))
    if (name) writeFileSync(path.join(folder, name), '')
    const lost = expect(() => makeEnvFile(file))
    lost.toThrow(
      expect.objectContaining({
        code: 78,
        lines: expect.arrayContaining([
          expect.stringContaining('đặt lại .env cũ'),
          expect.stringContaining('put the old .env back'),
        ]),
      }),
    )
    expect(existsSync(file)).toBe(false)
    rmSync(folder, { recursive: true })
  })

  it('holds no secret in place of one that the shell gives', () => {
    const file = fresh()
    shellOf(file, { ...secrets, DATABASE_URL: 'mongodb://db/x' })
    makeEnvFile(file)
    expect(namesIn(readFileSync(file, 'utf8'))).toEqual([])
    rmSync(path.dirname(file), { recursive: true })
  })

  it('made by hand is given the secrets it lacks and keeps every line of its own', () => {
    const file = fresh()
    shellOf(file)
    const own = `DATA_DIR=${path.dirname(file)}\nPORT=3456\nVAULT_KEY=`
    writeFileSync(file, own)
    expect(makeEnvFile(file)).toBe('.env kept, PAYLOAD_SECRET and VAULT_KEY added')
    const values = rawSettings(file)
    expect(readFileSync(file, 'utf8').startsWith(own)).toBe(true)
    expect(values).toMatchObject({ PORT: '3456' })
    expect(readEnv(values).ok).toBe(true)
    expect(makeEnvFile(file)).toBe('kept as it is')
    writeFileSync(file, own)
    writeFileSync(path.join(path.dirname(file), 'hoi-tu.db'), '')
    expect(makeEnvFile(file)).toBe('kept as it is')
    rmSync(path.dirname(file), { recursive: true })
  })
})
