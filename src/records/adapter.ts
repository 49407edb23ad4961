import { mongooseAdapter } from '@payloadcms/db-mongodb'
import { sqliteAdapter } from '@payloadcms/db-sqlite'
import path from 'node:path'
import type { UpdateOneArgs, Where } from 'payload'
import { env } from '@/env'
import { migrations } from '@/migrations/sqlite'

/**
 * Signing in, signing out and refreshing a token write the whole person as Payload read them, up to a hashed password
 * ago: a disabling, a taken role or a new password in between would be undone (3.90.1, `auth/sessions.js`). Such a
 * write, known by `updatedAt: null`, may carry its sessions only, and none to a person disabled or with another
 * password meanwhile.
 */
const sessionsAlone = (args: UpdateOneArgs): UpdateOneArgs => {
  const { id, where: _where, ...rest } = args
  const { sessions, updatedAt, hash } = args.data
  if (args.collection !== 'users' || !id || updatedAt !== null || !Array.isArray(sessions))
    return args
  const still: Where[] = [{ id: { equals: id } }, { active: { not_equals: false } }]
  if (typeof hash === 'string') still.push({ hash: { equals: hash } })
  return { ...rest, where: { and: still }, data: { sessions, updatedAt } }
}

/**
 * SQLite by default, MongoDB by `DATABASE_URL`. No transactions on either: on SQLite they answer SQLITE_BUSY under
 * load (measured 2026-11-21), so every change is one compare-and-set. Ids are opaque strings on both.
 */
const adapterOf = () =>
  env.onMongo
    ? mongooseAdapter({
        url: env.DATABASE_URL,
        transactionOptions: false,
        ensureIndexes: true,
        connectOptions: { serverSelectionTimeoutMS: 5_000 },
      })
    : sqliteAdapter({
        client: { url: env.DATABASE_URL },
        wal: true,
        busyTimeout: 10_000,
        idType: 'uuid',
        push: env.NODE_ENV === 'test',
        migrationDir: path.resolve('src/migrations/sqlite'),
        prodMigrations: migrations,
      })

export const databaseAdapter = () => {
  const adapter = adapterOf()
  return {
    ...adapter,
    init: (args: Parameters<typeof adapter.init>[0]) => {
      const db = adapter.init(args)
      const updateOne = db.updateOne.bind(db)
      return Object.assign(db, {
        updateOne: (write: UpdateOneArgs) => updateOne(sessionsAlone(write)),
      })
    },
  }
}
