import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { alone } from '../../scripts/lib/lock.mjs'
import { anotherStart } from './another'

/** Two commands in one checkout: node_modules and .next are written by one of them at a time. */
const ROOT = path.resolve(import.meta.dirname, '../..')
let checkout = ''
let other: ChildProcess
const at = (...names: string[]) => path.join(checkout, ...names)

/** A checkout without packages or build, whose npm leaves a note where it ran, and another command of ours. */
beforeEach(async () => {
  checkout = mkdtempSync(path.join(os.tmpdir(), 'hoi-tu-two-'))
  cpSync(path.join(ROOT, 'scripts'), at('scripts'), { recursive: true })
  cpSync(path.join(ROOT, 'package-lock.json'), at('package-lock.json'))
  writeFileSync(at('package.json'), '{"type":"module"}')
  mkdirSync(at('bin'))
  writeFileSync(at('bin/npm'), `#!/bin/sh\ntouch '${at('npm-ran')}'\nexit 1\n`)
  chmodSync(at('bin/npm'), 0o755)
  mkdirSync(at('.data'))
  other = await anotherStart()
})
afterEach(async () => {
  other.kill('SIGKILL')
  await once(other, 'exit')
  rmSync(checkout, { recursive: true, force: true })
})

const command = (name: string) => {
  // As a person calls it: the suite itself runs in a Node that was prepared already.
  const { npm_execpath: _npm, HOI_TU_PREPARED: _prepared, ...env } = process.env
  const { status, stderr } = spawnSync(process.execPath, [at('scripts', name)], {
    env: { ...env, PATH: `${at('bin')}:${env.PATH ?? ''}` },
    encoding: 'utf8',
  })
  return { status, stderr }
}

it.each(['check.mjs', 'build.mjs'])('%s waits for its turn beside another set-up', (name) => {
  writeFileSync(at('.data/set-up.pid'), String(other.pid))
  const { status, stderr } = command(name)
  expect(stderr).toContain(
    `installing packages or building in this checkout (process ${other.pid})`,
  )
  expect(status).toBe(1)
  expect(existsSync(at('npm-ran'))).toBe(false)
  expect(readFileSync(at('.data/set-up.pid'), 'utf8')).toBe(String(other.pid))
})

it('a set-up that was killed stops nobody, and one that failed leaves the place free', () => {
  writeFileSync(at('.data/set-up.pid'), '999999')
  expect(command('check.mjs').stderr).toContain('npm ci failed')
  expect(existsSync(at('npm-ran'))).toBe(true)
  expect(readdirSync(at('.data'))).toEqual(['log'])
})

it('the place is held for as long as the work lasts', async () => {
  const during = await alone(async () => readFileSync(at('.data/set-up.pid'), 'utf8'), at('.data'))
  expect(during).toBe(String(process.pid))
  expect(readdirSync(at('.data'))).toEqual([])
})

it('three that begin in the same instant: who is too late is told so in plain words', () => {
  // Between this one's look at a dead note and its hand on it, a second stood there; then a third.
  const program = `import fs from 'node:fs'
    import { syncBuiltinESMExports } from 'node:module'
    const { renameSync, writeFileSync } = { ...fs }
    fs.renameSync = (from, to) => {
      renameSync(from, to)
      for (const file of [from, to]) writeFileSync(file, '${other.pid}')
    }
    syncBuiltinESMExports()
    const { lock } = await import('${at('scripts/lib/lock.mjs')}')
    try { lock('${at('.data')}') } catch (error) { console.log(error.constructor.name, error.message) }`
  writeFileSync(at('.data/start.pid'), '999999')
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program])
  expect(String(stdout)).toMatch(/^Stop Hội Tụ already runs/)
  expect(readdirSync(at('.data'))).toEqual(['start.pid'])
})
