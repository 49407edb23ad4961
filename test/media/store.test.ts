import { afterAll, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { diskStore } from '@/media/store/disk'
import { s3Store } from '@/media/store/s3'
import { storeSuite } from './store-suite'

const roots: string[] = []
afterAll(() => Promise.all(roots.map((root) => rm(root, { recursive: true, force: true }))))

storeSuite('disk', async () => {
  const root = await mkdtemp(path.join(os.tmpdir(), 'disk-'))
  roots.push(root)
  return diskStore({ root })
})

const { S3_TEST_ENDPOINT, S3_TEST_REGION, S3_TEST_ACCESS_KEY_ID, S3_TEST_SECRET_ACCESS_KEY } =
  process.env

if (S3_TEST_ENDPOINT && S3_TEST_REGION && S3_TEST_ACCESS_KEY_ID && S3_TEST_SECRET_ACCESS_KEY) {
  const place = (bucket: string) => ({
    endpoint: S3_TEST_ENDPOINT,
    region: S3_TEST_REGION,
    bucket,
    accessKeyId: S3_TEST_ACCESS_KEY_ID,
    secretAccessKey: S3_TEST_SECRET_ACCESS_KEY,
  })
  storeSuite('S3', async () => {
    const store = s3Store({ ...place(`t-${randomUUID()}`), createBucket: true })
    await store.ready()
    return store
  })
  it('says plainly which bucket is missing', async () => {
    const answer = await s3Store(place('never-made')).ready()
    expect(answer).toMatchObject({ ok: false, line: expect.stringContaining('never-made') })
  })
} else {
  process.stdout.write(
    'The S3 half of the store suite is skipped: S3_TEST_ENDPOINT and its keys are not set.\n',
  )
}

it('says plainly which folder can not be written', async () => {
  const answer = await diskStore({ root: '/dev/null/media' }).ready()
  expect(answer).toMatchObject({ ok: false, line: expect.stringContaining('/dev/null/media') })
})
