import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { hashOf } from './build.mjs'
import { inRoot, must, tailOf } from './exec.mjs'

const SQLITE_FILE = /^file:(.*)$/

/** A script of ours, run to its end with the newsroom's settings. */
export const script = (what, file, { env, dataDir, args = [] }) =>
  must(what, process.execPath, [inRoot('scripts/run.mjs'), file, ...args], {
    env,
    log: path.join(dataDir, 'log', `${path.basename(file, '.ts')}.log`),
  })

const stampOf = (settings, name) => path.join(settings.DATA_DIR, name)

const isStamped = (settings, name, value) => {
  const file = stampOf(settings, name)
  return existsSync(file) && readFileSync(file, 'utf8') === value
}

const stamp = (settings, name, value) => {
  mkdirSync(settings.DATA_DIR, { recursive: true, mode: 0o700 })
  writeFileSync(stampOf(settings, name), value)
}

/** Which database the stamps speak of; a deleted file makes them void. */
const databaseOf = (settings) => {
  const file = SQLITE_FILE.exec(settings.DATABASE_URL)?.[1]
  return { embedded: file !== undefined, gone: file !== undefined && !existsSync(file) }
}

/** Brings the database to the shape of this build; asks again only when the migrations changed. */
export const migrate = async (settings, env) => {
  const { embedded, gone } = databaseOf(settings)
  if (gone)
    for (const name of ['migrated', 'seeded']) rmSync(stampOf(settings, name), { force: true })
  const shape = `${settings.DATABASE_URL.replace(/\/\/[^@/]*@/, '//')} ${hashOf(['src/migrations'])}`
  if (embedded && isStamped(settings, 'migrated', shape)) return 'up to date'
  await script('The migrations', 'scripts/migrate.ts', { env, dataDir: settings.DATA_DIR })
  stamp(settings, 'migrated', shape)
  return 'done'
}

/** The demo newsroom goes only into an empty embedded database; scripts/seed.ts looks again before it writes. */
export const seed = async (settings, env) => {
  if (!databaseOf(settings).embedded) return 'not into a database server'
  if (isStamped(settings, 'seeded', settings.DATABASE_URL)) return 'already there'
  await script('The demo newsroom', 'scripts/seed.ts', { env, dataDir: settings.DATA_DIR })
  stamp(settings, 'seeded', settings.DATABASE_URL)
  return tailOf(path.join(settings.DATA_DIR, 'log/seed.log'), 1)[0]?.slice(0, 100) ?? 'done'
}
