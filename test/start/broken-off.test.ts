import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { lock } from '../../scripts/lib/lock.mjs'
import { writeWhole } from '../../scripts/lib/files.mjs'
import { beginAnewIfBrokenOff, keepCopy, restoreIfBrokenOff } from '../../scripts/lib/stage.mjs'

/** What a start finds that was killed, and what it makes of it. */
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'hoi-tu-broken-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string) => path.join(folder, name)
const text = (name: string) => readFileSync(at(name), 'utf8')
const settings = () => ({ DATA_DIR: folder, DATABASE_URL: `file:${at('hoi-tu.db')}` })
const database = (main: string, wal: string) => {
  writeFileSync(at('hoi-tu.db'), main)
  writeFileSync(at('hoi-tu.db-wal'), wal)
}

describe('a start that was killed', () => {
  it('while it made the first newsroom: half a newsroom is begun anew', () => {
    database('half', 'half')
    writeFileSync(at('demo-logins.json'), '[]')
    writeFileSync(at('beginning'), settings().DATABASE_URL)
    beginAnewIfBrokenOff(settings(), at('hoi-tu.db'))
    expect(readdirSync(folder)).toEqual(['beginning'])
  })

  it('at any later time: the newsroom is not touched', () => {
    database('whole', 'rest')
    writeFileSync(at('demo-logins.json'), '[]')
    beginAnewIfBrokenOff(settings(), at('hoi-tu.db'))
    restoreIfBrokenOff(settings(), at('hoi-tu.db'))
    expect([text('hoi-tu.db'), text('hoi-tu.db-wal')]).toEqual(['whole', 'rest'])
    expect(existsSync(at('demo-logins.json'))).toBe(true)
  })

  it('while it made another newsroom’s database: this one is not touched', () => {
    database('whole', 'rest')
    for (const name of ['beginning', 'migrating']) writeFileSync(at(name), 'file:/elsewhere.db')
    beginAnewIfBrokenOff(settings(), at('hoi-tu.db'))
    restoreIfBrokenOff(settings(), at('hoi-tu.db'))
    expect([text('hoi-tu.db'), text('hoi-tu.db-wal')]).toEqual(['whole', 'rest'])
  })

  it('in a migration: the database is again what it was before it', () => {
    database('before', 'rest')
    keepCopy(settings(), at('hoi-tu.db'))
    database('half', 'half')
    writeFileSync(at('hoi-tu.db-shm'), 'of a dead process')
    restoreIfBrokenOff(settings(), at('hoi-tu.db'))
    expect([text('hoi-tu.db'), text('hoi-tu.db-wal')]).toEqual(['before', 'rest'])
    expect(existsSync(at('hoi-tu.db-shm'))).toBe(false)
  })

  it('leaves a note that stops nobody; a living one’s is respected, even in the same instant', async () => {
    writeFileSync(at('start.pid'), '999999')
    const unlock = lock(folder)
    expect(text('start.pid')).toBe(String(process.pid))
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'start.mjs'])
    writeFileSync(at('start.pid'), String(other.pid))
    expect(() => lock(folder)).toThrow(`process ${other.pid}`)
    unlock()
    expect(text('start.pid')).toBe(String(other.pid))
    other.kill('SIGKILL')
    await once(other, 'exit')
    lock(folder)()
    expect(readdirSync(folder)).toEqual([])
  })
})

it('what npm was doing ends with a killed start, though npm would rather tidy up first', async () => {
  const deaf = `trap : TERM; echo $$ > ${at('pid')}; while :; do sleep 0.1; done`
  const program = `import { run } from '${path.resolve('scripts/lib/exec.mjs')}'
    await run('/bin/sh', ['-c', ${JSON.stringify(deaf)}], { tether: 'KILL' })`
  const start = spawn(process.execPath, ['--input-type=module', '-e', program])
  const poll = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await poll(() => existsSync(at('pid')) && text('pid').trim() !== '')
  const pid = text('pid').trim()
  // A process that nobody waited for yet is gone all the same.
  const stateOf = () => {
    const file = `/proc/${pid}/stat`
    return existsSync(file) ? readFileSync(file, 'utf8').split(' ')[2] : 'Z'
  }
  expect(stateOf()).not.toBe('Z')
  start.kill('SIGKILL')
  await poll(() => stateOf() === 'Z')
}, 10_000)

it('a file that cannot be written whole is not written at all', () => {
  writeFileSync(at('kept'), 'old')
  expect(() => writeWhole(at('kept'), Symbol('no text') as unknown as string)).toThrow()
  expect(readdirSync(folder).map((name) => [name, text(name)])).toEqual([['kept', 'old']])
  writeWhole(at('kept'), 'new')
  expect(text('kept')).toBe('new')
})
