import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Store } from '@/media/store/store'
import { openProxy, type Proxy } from '../support/proxy'

const MiB = 1024 * 1024
const mime = 'application/octet-stream'
const { S3_TEST_ENDPOINT, S3_TEST_REGION, S3_TEST_ACCESS_KEY_ID, S3_TEST_SECRET_ACCESS_KEY } =
  process.env
const bucket = S3_TEST_ENDPOINT && S3_TEST_REGION && S3_TEST_ACCESS_KEY_ID && S3_TEST_SECRET_ACCESS_KEY // prettier-ignore
if (!bucket)
  process.stderr.write('skipped: a bucket that goes away; no S3 server here (S3_TEST_ENDPOINT)\n')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'store-away-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const storeAt = async (endpoint: string, name: string): Promise<Store> => {
  const { s3Store } = await import('@/media/store/s3')
  const store = s3Store({
    endpoint,
    region: S3_TEST_REGION ?? 'us-east-1',
    bucket: name,
    accessKeyId: S3_TEST_ACCESS_KEY_ID ?? 'none',
    secretAccessKey: S3_TEST_SECRET_ACCESS_KEY ?? 'none',
    createBucket: true,
  })
  return store
}

/** Two ways to one bucket: straight, and over a line that can be cut after so many bytes. */
const twoWays = async () => {
  const server = new URL(S3_TEST_ENDPOINT ?? '')
  const line: Proxy = await openProxy({ host: server.hostname, port: Number(server.port) })
  const name = `t-${randomUUID()}`
  const straight = await storeAt(S3_TEST_ENDPOINT ?? '', name)
  await straight.ready()
  const over = await storeAt(`http://127.0.0.1:${line.port}`, name)
  return { line, straight, over }
}

const bigFile = async () => {
  const file = path.join(folder, randomUUID())
  await writeFile(file, randomBytes(64 * MiB))
  return file
}

describe('a bucket that goes away', () => {
  it('is told from one that refuses: nobody listens, and the error says so in a stable word', async () => {
    const nowhere = await storeAt('http://127.0.0.1:9', 'any')
    await expect(nowhere.stat('a/b')).rejects.toMatchObject({ code: 'store-away' })
    await expect(nowhere.putBytes('a/b', Buffer.from('x'), { mime })).rejects.toMatchObject({ code: 'store-away' }) // prettier-ignore
  }, 60_000)

  const whole = bucket
    ? 'in the middle of a big file leaves no file, and the parts that it left are ended by tidying'
    : 'is a case for a machine with an S3 server'
  it(
    whole,
    async () => {
      if (!bucket) return expect(S3_TEST_ENDPOINT ?? 'none').toBe('none')
      const { line, straight, over } = await twoWays()
      const file = await bigFile()
      const putting = over.putFile('big/one', file, { mime })
      const failed = putting.then(
        () => null,
        (error: unknown) => error,
      )
      await line.passed(20 * MiB)
      line.cut()
      expect(await failed).toMatchObject({ code: 'store-away' })
      expect(await straight.stat('big/one')).toBeNull()
      expect(await straight.tidy(3_600_000)).toBe(0)
      expect(await straight.tidy(0)).toBe(1)
      expect(await straight.tidy(0)).toBe(0)
      line.mend()
      await over.putFile('big/one', file, { mime })
      expect(await straight.stat('big/one')).toEqual({ bytes: 64 * MiB })
      await line.close()
    },
    120_000,
  )

  const reading = bucket
    ? 'in the middle of fetching a source leaves no half of it here'
    : 'has a second case for such a machine'
  it(
    reading,
    async () => {
      if (!bucket) return expect(S3_TEST_ENDPOINT ?? 'none').toBe('none')
      const { line, straight, over } = await twoWays()
      await straight.putFile('big/two', await bigFile(), { mime })
      const into = path.join(folder, 'copies')
      const already = line.bytes()
      const failed = over.localCopy('big/two', into).then(
        () => null,
        (error: unknown) => error,
      )
      await line.passed(already + 10 * MiB)
      line.cut()
      expect(await failed).toMatchObject({ code: 'store-away' })
      expect(await readdir(into)).toEqual([])
      line.mend()
      const copy = await over.localCopy('big/two', into)
      await copy.release()
      expect(await readdir(into)).toEqual([])
      await line.close()
    },
    120_000,
  )
})
