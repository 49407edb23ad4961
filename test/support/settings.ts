import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/**
 * Sets the settings of one test file before anything of ours is imported. Two configurations, the same specs in each:
 * embedded (SQLite, disk) and production (a server of MongoDB's protocol, S3), chosen by HT_TEST_CONFIG.
 */
export const testConfiguration = (): 'embedded' | 'production' =>
  process.env.HT_TEST_CONFIG === 'production' ? 'production' : 'embedded'

export const setTestSettings = (more: Record<string, string> = {}): { folder: string } => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hoi-tu-test-'))
  const name = `ht_${randomBytes(6).toString('hex')}`
  Object.assign(process.env, {
    NODE_ENV: 'test',
    PAYLOAD_SECRET: 'a-secret-for-tests-only-0123456789abcdef',
    VAULT_KEY: '0'.repeat(64),
    DATA_DIR: path.join(folder, 'data'),
    MEDIA_DIR: path.join(folder, 'media'),
    DATABASE_URL: `file:${path.join(folder, 'test.db')}`,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    DEMO_PLATFORMS: '1',
    PAYLOAD_DROP_DATABASE: 'false',
    DISABLE_PAYLOAD_HMR: 'true',
    ...(testConfiguration() === 'production' ? productionSettings(name) : {}),
    ...more,
  })
  return { folder }
}

/** What a newsroom of whole processes is given in this configuration: nothing, or a fresh database and bucket. */
export const serverSettings = (): Record<string, string> =>
  testConfiguration() === 'production'
    ? productionSettings(`ht_${randomBytes(6).toString('hex')}`)
    : {}

const productionSettings = (name: string): Record<string, string> => ({
  DATABASE_URL: `${(process.env.MONGODB_TEST_URL ?? '').replace(/\/$/, '')}/${name}`,
  S3_ENDPOINT: process.env.S3_TEST_ENDPOINT ?? '',
  S3_REGION: process.env.S3_TEST_REGION ?? 'us-east-1',
  S3_ACCESS_KEY_ID: process.env.S3_TEST_ACCESS_KEY_ID ?? '',
  S3_SECRET_ACCESS_KEY: process.env.S3_TEST_SECRET_ACCESS_KEY ?? '',
  S3_BUCKET: name.replaceAll('_', '-'),
})
