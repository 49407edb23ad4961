import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { hashOf } from './build.mjs'
import { inRoot, must, tailOf } from './exec.mjs'
import { copyToDisk, toDisk, writeWhole } from './files.mjs'
import { migratePhase, seedPhase } from './phases.mjs'
import { say } from './say.mjs'

const SQLITE_FILE = /^file:(.*)$/
/** A database is these files; the last holds nothing that outlives a process. */
const PARTS = ['', '-wal', '-shm']

/** A script of ours, run to its end with the newsroom's settings. */
export const script = (what, file, { env, dataDir, args = [], watch }) =>
  must(what, process.execPath, [inRoot('scripts/run.mjs'), file, ...args], {
    env,
    log: path.join(dataDir, 'log', `${path.basename(file, '.ts')}.log`),
    watch,
  })

const stampOf = (settings, name) => path.join(settings.DATA_DIR, name)

const isStamped = (settings, name, value) => {
  const file = stampOf(settings, name)
  return existsSync(file) && readFileSync(file, 'utf8') === value
}

const stamp = (settings, name, value) => {
  mkdirSync(settings.DATA_DIR, { recursive: true, mode: 0o700 })
  writeWhole(stampOf(settings, name), value)
}

const unstamp = (settings, ...names) => {
  for (const name of names) rmSync(stampOf(settings, name), { force: true })
}

/** The file of an embedded database; none on a database server. */
const fileOf = (settings) => SQLITE_FILE.exec(settings.DATABASE_URL)?.[1]

/**
 * A database is never removed: a person may have put his own where a broken-off start had left half of one. It is
 * renamed, the main file last, so that what a kill leaves half-renamed is taken up again; and that is said.
 */
const setAside = (file, why) => {
  const name = `${file}.broken-off-${new Date().toISOString().replace(/[:.]/g, '-')}`
  const there = PARTS.filter((part) => existsSync(file + part)).reverse()
  for (const part of there) renameSync(file + part, name + part)
  if (there.length > 0) say(`! ${why.vi} đã được đổi tên, không xóa · ${why.en}: ${name}`)
}

const BEGUN = {
  vi: 'Lần khởi động đầu đã bị ngắt giữa chừng; cơ sở dữ liệu nó để lại',
  en: 'The first start was broken off; the database it left was renamed, not removed',
}
const BEGUN_LOGINS = {
  vi: 'Tài khoản thử của nó',
  en: 'Its demo accounts were renamed, not removed',
}
const MIGRATED = {
  vi: 'Lần nâng cấp trước đã bị ngắt giữa chừng, bản trước đó được đặt lại; cơ sở dữ liệu nâng dở',
  en: 'The last update was broken off and the copy from before it is put back; the half-updated database was renamed, not removed',
}

/**
 * A start that was killed between the first table and the last demo story leaves half a newsroom: tables that the
 * migration would make again, people whose passwords nobody was told. Web comes later, so it is begun anew. `beginning`
 * stands from before the file is made until the demo is in; beside `seeded` it is only a note that a kill left behind.
 */
export const beginAnewIfBrokenOff = (settings, file) => {
  if (isStamped(settings, 'seeded', settings.DATABASE_URL)) return
  if (!isStamped(settings, 'beginning', settings.DATABASE_URL)) return
  setAside(file, BEGUN)
  setAside(path.join(settings.DATA_DIR, 'demo-logins.json'), BEGUN_LOGINS)
}

const copyFolder = (settings) => path.join(settings.DATA_DIR, 'before-migration')

/**
 * SQLite migrations run without a transaction: one that is killed is undone from this copy by the next start. The copy is
 * on the disk before the note that vouches for it: after a power cut a note without its copy would cost the database.
 */
export const keepCopy = (settings, file) => {
  unstamp(settings, 'migrating')
  const folder = copyFolder(settings)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const part of ['', '-wal']) {
    if (existsSync(file + part)) copyToDisk(file + part, path.join(folder, `copy${part}`))
  }
  toDisk(folder)
  stamp(settings, 'migrating', settings.DATABASE_URL)
}

/** From the copy to the file by way of a name beside it, so that this too may be killed. Without a copy: nothing. */
export const restoreIfBrokenOff = (settings, file) => {
  if (!isStamped(settings, 'migrating', settings.DATABASE_URL)) return
  if (!existsSync(path.join(copyFolder(settings), 'copy'))) return
  setAside(file, MIGRATED)
  for (const part of ['-wal', '']) {
    const copy = path.join(copyFolder(settings), `copy${part}`)
    if (!existsSync(copy)) continue
    copyToDisk(copy, `${file}${part}.back`)
    renameSync(`${file}${part}.back`, file + part)
  }
}

const dropCopy = (settings) => {
  unstamp(settings, 'migrating')
  rmSync(copyFolder(settings), { recursive: true, force: true })
}

const runMigrations = (settings, env, tell) =>
  script('The migrations', 'scripts/migrate.ts', {
    env,
    dataDir: settings.DATA_DIR,
    watch: (text) => tell(migratePhase(text)),
  })

/** Brings the database to the shape of this build; asks again only when the migrations changed. */
export const migrate = async (settings, env, tell = () => undefined) => {
  const file = fileOf(settings)
  if (!file) {
    await runMigrations(settings, env, tell)
    return 'done'
  }
  const shape = `${settings.DATABASE_URL} ${hashOf(['src/migrations'])}`
  beginAnewIfBrokenOff(settings, file)
  // Killed between its last migration and the end of its copy: the copy is the older one by then.
  if (isStamped(settings, 'migrated', shape)) dropCopy(settings)
  restoreIfBrokenOff(settings, file)
  const isNew = !existsSync(file)
  if (isNew) {
    unstamp(settings, 'migrated', 'seeded')
    stamp(settings, 'beginning', settings.DATABASE_URL)
  }
  if (isStamped(settings, 'migrated', shape)) return 'up to date'
  if (!isNew) keepCopy(settings, file)
  await runMigrations(settings, env, tell)
  stamp(settings, 'migrated', shape)
  dropCopy(settings)
  return 'done'
}

/**
 * The demo newsroom goes only into an embedded database, once; scripts/seed.ts looks whether there are people already
 * before it writes. The value says whether that script ran just now, not whether it added anything.
 */
export const seed = async (settings, env, tell = () => undefined) => {
  if (!fileOf(settings)) return { detail: 'not into a database server', value: false }
  if (isStamped(settings, 'seeded', settings.DATABASE_URL)) {
    unstamp(settings, 'beginning')
    return { detail: 'already there', value: false }
  }
  const watch = (text) => tell(seedPhase(text))
  const dataDir = settings.DATA_DIR
  await script('The demo newsroom', 'scripts/seed.ts', { env, dataDir, watch })
  stamp(settings, 'seeded', settings.DATABASE_URL)
  unstamp(settings, 'beginning')
  const lastLine = tailOf(path.join(dataDir, 'log/seed.log'), 1)[0]
  return { detail: lastLine?.slice(0, 100) ?? 'done', value: true }
}
