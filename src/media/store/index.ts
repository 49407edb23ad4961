import { env } from '../../env'
import { diskStore } from './disk'
import { s3Store } from './s3'
import type { Store } from './store'

export type { Store } from './store'

/** The store that the settings name: the bucket when there is one, else the folder. */
export const openStore = (): Store => {
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env
  if (!S3_ENDPOINT || !S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) {
    return diskStore({ root: env.MEDIA_DIR })
  }
  return s3Store({
    endpoint: S3_ENDPOINT,
    region: env.S3_REGION,
    bucket: S3_BUCKET,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
    createBucket: true,
  })
}
