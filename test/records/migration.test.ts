import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import os from 'node:os'
import path from 'node:path'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'hoi-tu-shape-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Opens the house once on a fresh SQLite file: migrated as in production, or pushed from the collections as in tests. */
const open = (how: 'production' | 'test'): string => {
  const home = path.join(folder, how)
  mkdirSync(path.join(home, 'data'), { recursive: true })
  const file = path.join(home, 'house.db')
  const env = {
    PATH: process.env.PATH ?? '',
    NODE_ENV: how,
    PAYLOAD_SECRET: 's'.repeat(40),
    VAULT_KEY: '0'.repeat(64),
    DATA_DIR: path.join(home, 'data'),
    MEDIA_DIR: path.join(home, 'media'),
    DATABASE_URL: `file:${file}`,
    LOG_LEVEL: 'error',
  }
  execFileSync(process.execPath, ['scripts/run.mjs', 'scripts/migrate.ts'], { env, stdio: 'pipe' })
  return file
}

const shapeOf = (file: string): string[] => {
  const database = new DatabaseSync(file, { readOnly: true })
  const tables = database
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> 'payload_migrations'",
    )
    .all()
  const columns = tables.flatMap(({ name }) =>
    database
      .prepare('select name, type, "notnull" as must from pragma_table_info(?)')
      .all(String(name))
      .map(
        (column) =>
          `${String(name)}.${String(column.name)} ${String(column.type)} ${String(column.must)}`,
      ),
  )
  const unique = database
    .prepare("select name from sqlite_master where type = 'index' and sql like 'CREATE UNIQUE%'")
    .all()
    .map(({ name }) => `unique ${String(name)}`)
  database.close()
  return [...columns, ...unique].sort()
}

it('gives a new newsroom by its migrations the very tables that the collections ask for', () => {
  const [migrated, asked] = [shapeOf(open('production')), shapeOf(open('test'))]
  expect(asked.length).toBeGreaterThan(100)
  expect(migrated).toEqual(asked)
}, 120_000)
