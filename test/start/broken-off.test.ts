import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { hashOf } from '../../scripts/lib/build.mjs'
import { lock } from '../../scripts/lib/lock.mjs'
import { writeWhole } from '../../scripts/lib/files.mjs'
import {
  beginAnewIfBrokenOff,
  keepCopy,
  migrate,
  restoreIfBrokenOff,
} from '../../scripts/lib/stage.mjs'
import { insist } from '../support/drive'
import { anotherStart } from './another'

/** What a start finds that was killed, and what it makes of it. */
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'hoi-tu-broken-'))
})
afterEach(() => {
  jest.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const at = (name: string) => path.join(folder, name)
const text = (name: string) => readFileSync(at(name), 'utf8')
const settings = () => ({ DATA_DIR: folder, DATABASE_URL: `file:${at('hoi-tu.db')}` })
const database = (main: string, wal: string) => {
  writeFileSync(at('hoi-tu.db'), main)
  writeFileSync(at('hoi-tu.db-wal'), wal)
}

/** What the start says meanwhile. */
const saidWhile = (work: () => void) => {
  const written = jest.spyOn(process.stdout, 'write').mockReturnValue(true)
  work()
  const said = written.mock.calls.map(([text]) => String(text)).join('')
  written.mockRestore()
  return said
}
/** The files that were renamed aside: what each holds, under the end of its name. */
const aside = () =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.includes('.broken-off-'))
      .map((name) => [name.replace(/\.broken-off-[\dT-]+Z/, ''), text(name)]),
  )

describe('a start that was killed', () => {
  it('while it made the first newsroom: it is begun anew, and no database is lost, whoever put it there', () => {
    database('a person’s own', 'rest')
    writeFileSync(at('hoi-tu.db-shm'), 'shm')
    writeFileSync(at('demo-logins.json'), '[]')
    writeFileSync(at('beginning'), settings().DATABASE_URL)
    const said = saidWhile(() => beginAnewIfBrokenOff(settings(), at('hoi-tu.db')))
    expect(existsSync(at('hoi-tu.db'))).toBe(false)
    expect(aside()).toEqual({
      'hoi-tu.db': 'a person’s own',
      'hoi-tu.db-wal': 'rest',
      'hoi-tu.db-shm': 'shm',
      'demo-logins.json': '[]',
    })
    const kept = readdirSync(folder).find((name) => /^hoi-tu\.db\.broken-off-[\dT-]+Z$/.test(name))
    expect(said).toContain(kept ?? 'the name it was kept under')
    expect(said).toContain('đã được đổi tên')
    expect(saidWhile(() => beginAnewIfBrokenOff(settings(), at('hoi-tu.db')))).toBe('')
  })

  it('when the demo was in and only its note was left: the newsroom is not touched', () => {
    database('whole', 'rest')
    for (const name of ['beginning', 'seeded']) writeFileSync(at(name), settings().DATABASE_URL)
    beginAnewIfBrokenOff(settings(), at('hoi-tu.db'))
    expect([text('hoi-tu.db'), text('hoi-tu.db-wal')]).toEqual(['whole', 'rest'])
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
    const said = saidWhile(() => restoreIfBrokenOff(settings(), at('hoi-tu.db')))
    expect([text('hoi-tu.db'), text('hoi-tu.db-wal')]).toEqual(['before', 'rest'])
    expect(existsSync(at('hoi-tu.db-shm'))).toBe(false)
    expect(aside()).toMatchObject({ 'hoi-tu.db': 'half', 'hoi-tu.db-wal': 'half' })
    expect(said).toContain('hoi-tu.db.broken-off-')
  })

  it('in a migration, and nobody kept the copy: what is there stays', () => {
    database('whole', 'rest')
    writeFileSync(at('migrating'), settings().DATABASE_URL)
    restoreIfBrokenOff(settings(), at('hoi-tu.db'))
    expect([text('hoi-tu.db'), text('hoi-tu.db-wal')]).toEqual(['whole', 'rest'])
  })

  it('between the last migration and its note: the newer database stays, now and at the next update', async () => {
    database('before', 'rest')
    keepCopy(settings(), at('hoi-tu.db'))
    database('migrated', 'rest')
    const shape = `${settings().DATABASE_URL} ${hashOf(['src/migrations'])}`
    writeFileSync(at('migrated'), shape)
    expect(await migrate(settings(), {})).toBe('up to date')
    expect([text('hoi-tu.db'), existsSync(at('migrating'))]).toEqual(['migrated', false])
  })

  it('by the power: the copy is on the disk before the note that vouches for it', () => {
    database('before', 'rest')
    const program = `import fs from 'node:fs'
      import { syncBuiltinESMExports } from 'node:module'
      const [opened, seen, { openSync, fsyncSync, renameSync }] = [new Map(), [], { ...fs }]
      fs.openSync = (file, ...more) => {
        const handle = openSync(file, ...more)
        opened.set(handle, String(file).split('/').pop())
        return handle
      }
      fs.fsyncSync = (handle) => (seen.push(opened.get(handle)), fsyncSync(handle))
      fs.renameSync = (from, to) => (seen.push('named ' + to.split('/').pop()), renameSync(from, to))
      syncBuiltinESMExports()
      const { keepCopy } = await import('${path.resolve('scripts/lib/stage.mjs')}')
      keepCopy(${JSON.stringify(settings())}, ${JSON.stringify(at('hoi-tu.db'))})
      console.log(JSON.stringify(seen))`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program])
    const order: string[] = JSON.parse(String(stdout))
    const note = order.indexOf('named migrating')
    expect(order.slice(0, note)).toEqual(
      expect.arrayContaining(['copy', 'copy-wal', 'before-migration']),
    )
  })

  it('leaves a note that stops nobody; a living one’s is respected, even in the same instant', async () => {
    writeFileSync(at('start.pid'), '999999')
    const unlock = lock(folder)
    expect(text('start.pid')).toBe(String(process.pid))
    const other = await anotherStart()
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
  await insist('the work has begun', 5, async () =>
    existsSync(at('pid')) && text('pid').trim() !== '' ? true : null,
  )
  const pid = text('pid').trim()
  // A process that nobody waited for yet is gone all the same.
  const stateOf = () => {
    const file = `/proc/${pid}/stat`
    return existsSync(file) ? readFileSync(file, 'utf8').split(' ')[2] : 'Z'
  }
  expect(stateOf()).not.toBe('Z')
  start.kill('SIGKILL')
  await insist('the work has ended', 5, async () => (stateOf() === 'Z' ? true : null))
}, 10_000)

it('a file that cannot be written whole is not written at all', () => {
  writeFileSync(at('kept'), 'old')
  expect(() => writeWhole(at('kept'), Symbol('no text') as unknown as string)).toThrow()
  expect(readdirSync(folder).map((name) => [name, text(name)])).toEqual([['kept', 'old']])
  writeWhole(at('kept'), 'new')
  expect(text('kept')).toBe('new')
})
