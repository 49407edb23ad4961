import { randomBytes } from 'node:crypto'
import { findProgram } from './exec.mjs'

const BRING_IT = 'docker compose run --rm test'

/** A mongod of this machine, or one that can be fetched within seconds. */
const ownMongo = async () => {
  const binary = process.env.MONGODB_BINARY || findProgram('mongod')
  if (!binary && !(await canDownload())) return undefined
  const { MongoMemoryServer } = await import('mongodb-memory-server-core')
  const options = binary ? { binary: { systemBinary: binary, checkMD5: false } } : {}
  try {
    return await MongoMemoryServer.create(options)
  } catch {
    return undefined
  }
}

const canDownload = async () => {
  try {
    const answer = await fetch('https://fastdl.mongodb.org/', {
      method: 'HEAD',
      signal: AbortSignal.timeout(4_000),
    })
    return answer.status < 500
  } catch {
    return false
  }
}

const S3_NAMES = ['S3_TEST_ENDPOINT', 'S3_TEST_ACCESS_KEY_ID', 'S3_TEST_SECRET_ACCESS_KEY']

/**
 * What the production configuration runs against, or the one line that says why it cannot.
 * Gives back `{ env, stop }` or `{ skipped }`.
 */
export const productionServers = async () => {
  const s3Missing = S3_NAMES.filter((name) => !process.env[name])
  if (s3Missing.length > 0) {
    return { skipped: `no S3 server (${s3Missing.join(', ')} not set). To run it too: ${BRING_IT}` }
  }
  if (process.env.MONGODB_TEST_URL) return { env: {}, stop: async () => undefined }
  const mongo = await ownMongo()
  if (!mongo) {
    return {
      skipped: `no server of MongoDB's protocol (MONGODB_TEST_URL and MONGODB_BINARY not set, no mongod on PATH, no download). To run it too: ${BRING_IT}`,
    }
  }
  return { env: { MONGODB_TEST_URL: mongo.getUri() }, stop: () => mongo.stop() }
}

/** Settings of a newsroom on the test servers: a fresh database and a fresh bucket. */
export const productionSettings = async (env) => {
  const name = `ht-journey-${randomBytes(4).toString('hex')}`
  const settings = {
    DATABASE_URL: `${env.MONGODB_TEST_URL.replace(/\/$/, '')}/${name}`,
    S3_ENDPOINT: env.S3_TEST_ENDPOINT,
    S3_REGION: env.S3_TEST_REGION ?? 'us-east-1',
    S3_BUCKET: name,
    S3_ACCESS_KEY_ID: env.S3_TEST_ACCESS_KEY_ID,
    S3_SECRET_ACCESS_KEY: env.S3_TEST_SECRET_ACCESS_KEY,
  }
  const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3')
  const client = new S3Client({
    endpoint: settings.S3_ENDPOINT,
    region: settings.S3_REGION,
    forcePathStyle: true,
    credentials: {
      accessKeyId: settings.S3_ACCESS_KEY_ID,
      secretAccessKey: settings.S3_SECRET_ACCESS_KEY,
    },
  })
  await client.send(new CreateBucketCommand({ Bucket: name }))
  client.destroy()
  return settings
}
