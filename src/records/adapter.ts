import { mongooseAdapter } from '@payloadcms/db-mongodb'
import { sqliteAdapter } from '@payloadcms/db-sqlite'
import path from 'node:path'
import { env } from '@/env'
import { migrations } from '@/migrations/sqlite'

/**
 * SQLite by default, MongoDB by `DATABASE_URL`. No transactions on either: on SQLite they answer SQLITE_BUSY under
 * load (measured 2026-11-21), so every change is one compare-and-set. Ids are opaque strings on both.
 */
export const databaseAdapter = () =>
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
