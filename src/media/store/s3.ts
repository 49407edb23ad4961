import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { nowMs } from '../../clock'
import { lineOf } from '../../errors'
import { hashFile, readAs } from '../digest'
import { bytesChanged, checkKey, checkPrefix, keyAbsent, keyTaken } from './keys'
import { awayOr } from './s3-away'
import type { Store } from './store'

export type S3Place = {
  endpoint: string
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
  /** `ready` makes the bucket when it is missing: for tests and a first start, never needed later. */
  createBucket?: boolean
}

const MiB = 1024 * 1024
const WHOLE_UP_TO = 16 * MiB
const PART = 8 * MiB
const PARTS_AT_MOST = 9_000
const SILENT_MS = 120_000

const shaOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const statusOf = (error: unknown) =>
  error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? 0) : 0

const clientFor = (place: S3Place): S3Client => {
  const client = new S3Client({
    endpoint: place.endpoint,
    region: place.region,
    forcePathStyle: true,
    credentials: { accessKeyId: place.accessKeyId, secretAccessKey: place.secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 5,
    // A bucket that took the connection and says nothing more is away as well.
    requestHandler: { connectionTimeout: 5_000, socketTimeout: SILENT_MS },
  })
  // Outermost, so after the client's own tries.
  client.middlewareStack.add(
    (next) => async (args) =>
      next(args).catch((error: unknown) => {
        throw awayOr(error)
      }),
    { step: 'initialize', name: 'away', priority: 'high' },
  )
  return client
}

/**
 * Any S3-compatible bucket. Checksums "when required" only: several compatible servers refuse the newer
 * trailing ones (SDK default since 2025-01). The hash lies beside each object as metadata, so that a second put of
 * the same bytes is recognised without reading them back.
 */
export const s3Store = (place: S3Place): Store => {
  const client = clientFor(place)
  const Bucket = place.bucket

  const head = async (key: string) => {
    try {
      const found = await client.send(new HeadObjectCommand({ Bucket, Key: checkKey(key) }))
      return { bytes: found.ContentLength ?? 0, sha256: found.Metadata?.sha256 }
    } catch (error) {
      if (statusOf(error) === 404) return null
      throw error
    }
  }

  /** True when the key already holds these bytes; throws when it holds others. */
  const there = async (key: string, sha256: string): Promise<boolean> => {
    const found = await head(key)
    if (found && found.sha256 !== sha256) throw keyTaken(key)
    return found !== null
  }

  /** Writes unless somebody was first; then only the same bytes are no error. */
  const once = async (key: string, sha256: string, write: () => Promise<unknown>) => {
    if (await there(key, sha256)) return
    try {
      await write()
    } catch (error) {
      if (statusOf(error) !== 412 && statusOf(error) !== 409) throw error
      if (!(await there(key, sha256))) throw error
    }
  }

  // Hashed as it goes out: the hash beside an object must never be that of other bytes.
  const putFile: Store['putFile'] = async (key, file, options) => {
    const { mime, move = false } = options
    const { sha256, bytes } = options.sha256
      ? { sha256: options.sha256, bytes: (await stat(file)).size }
      : await hashFile(file)
    const params = {
      Bucket,
      Key: checkKey(key),
      ContentType: mime,
      Metadata: { sha256 },
      IfNoneMatch: '*',
    }
    const inParts = () =>
      new Upload({
        client,
        params: { ...params, Body: readAs(file, sha256, () => bytesChanged(key)) },
        partSize: Math.max(PART, Math.ceil(bytes / PARTS_AT_MOST)),
        queueSize: 3,
      }).done()
    const whole = async () => {
      const Body = await readFile(file)
      if (shaOf(Body) !== sha256) throw bytesChanged(key)
      await client.send(new PutObjectCommand({ ...params, Body }))
    }
    await once(key, sha256, bytes > WHOLE_UP_TO ? inParts : whole)
    if (move) await rm(file, { force: true })
  }

  const openRead: Store['open'] = async (key, { start = 0, end } = {}) => {
    const ranged = start > 0 || end !== undefined
    try {
      const got = await client.send(
        new GetObjectCommand({
          Bucket,
          Key: checkKey(key),
          ...(ranged ? { Range: `bytes=${start}-${end ?? ''}` } : {}),
        }),
      )
      return got.Body instanceof Readable ? got.Body : Readable.from([])
    } catch (error) {
      if (statusOf(error) === 404) return null
      if (statusOf(error) === 416) return Readable.from([])
      throw error
    }
  }

  return {
    name: 's3',
    putFile,
    putBytes: async (key, bytes, { mime }) => {
      const sha256 = shaOf(bytes)
      const params = {
        Bucket,
        Key: checkKey(key),
        Body: bytes,
        ContentType: mime,
        Metadata: { sha256 },
        IfNoneMatch: '*',
      }
      await once(key, sha256, () => client.send(new PutObjectCommand(params)))
    },
    open: openRead,
    stat: async (key) => {
      const found = await head(key)
      return found ? { bytes: found.bytes } : null
    },
    copy: async (from, to) => {
      checkKey(to)
      const source = await head(from)
      if (!source) return false
      const CopySource = `${Bucket}/${checkKey(from)}`
      await once(to, source.sha256 ?? '', () =>
        client.send(new CopyObjectCommand({ Bucket, Key: to, CopySource })),
      )
      return true
    },
    remove: async (keyOrPrefix) => {
      if (keyOrPrefix.endsWith('/')) return removeBelow({ client, Bucket, prefix: keyOrPrefix })
      await client.send(new DeleteObjectCommand({ Bucket, Key: checkKey(keyOrPrefix) }))
    },
    list: (prefix) => listBelow({ client, Bucket, prefix }),
    localCopy: async (key, folder) => {
      const found = await head(key)
      const body = found && (await openRead(key))
      if (!body) throw keyAbsent(key)
      return download(body, { folder, bytes: found.bytes, sha256: found.sha256 })
    },
    tidy: (olderThanMs) => tidyBucket(client, Bucket, olderThanMs),
    ready: () => ready(client, place),
  }
}

type Below = { client: S3Client; Bucket: string; prefix: string }

const listBelow = async ({ client, Bucket, prefix }: Below): Promise<string[]> => {
  checkPrefix(prefix)
  const keys: string[] = []
  let token: string | undefined
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken: token }),
    )
    for (const { Key } of page.Contents ?? []) if (Key && !Key.endsWith('/')) keys.push(Key)
    token = page.IsTruncated ? page.NextContinuationToken : undefined
  } while (token)
  return keys.sort()
}

const removeBelow = async ({ client, Bucket, prefix }: Below) => {
  const keys = await listBelow({ client, Bucket, prefix })
  for (let from = 0; from < keys.length; from += 1000) {
    const Objects = keys.slice(from, from + 1000).map((Key) => ({ Key }))
    const gone = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    )
    const failed = gone.Errors?.[0]
    if (failed) throw new Error(`could not remove ${failed.Key}: ${failed.Code}`)
  }
}

type Begun = { Key: string; UploadId: string; at: number }

const unfinished = async (client: S3Client, Bucket: string): Promise<Begun[]> => {
  const found: Begun[] = []
  let from: { KeyMarker?: string; UploadIdMarker?: string } = {}
  for (;;) {
    const page = await client.send(new ListMultipartUploadsCommand({ Bucket, ...from }))
    for (const { Key, UploadId, Initiated } of page.Uploads ?? [])
      if (Key && UploadId) found.push({ Key, UploadId, at: Initiated?.getTime() ?? 0 })
    if (!page.IsTruncated || !page.NextKeyMarker) return found
    from = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker ?? '' }
  }
}

/** Parts of a file whose writer died lie in the bucket unseen and are paid for until somebody ends the upload. */
const tidyBucket = async (
  client: S3Client,
  Bucket: string,
  olderThanMs: number,
): Promise<number> => {
  const old = (await unfinished(client, Bucket)).filter(({ at }) => nowMs() - at >= olderThanMs)
  for (const { Key, UploadId } of old)
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))
  return old.length
}

/** The bytes get their name when whole and equal to the hash kept beside them. */
const download = async (
  body: Readable,
  { folder, bytes, sha256 }: { folder: string; bytes: number; sha256: string | undefined },
) => {
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, randomUUID())
  const partial = `${file}.partial`
  try {
    await pipeline(body, createWriteStream(partial))
    const got = await hashFile(partial)
    if (got.bytes !== bytes || (sha256 && got.sha256 !== sha256)) {
      throw new Error('the bucket handed over other bytes than were put')
    }
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    throw awayOr(error)
  }
  return { file, release: () => rm(file, { force: true }) }
}

const ready = async (client: S3Client, place: S3Place): ReturnType<Store['ready']> => {
  const Bucket = place.bucket
  try {
    await client.send(new HeadBucketCommand({ Bucket }))
    return { ok: true }
  } catch (error) {
    if (!place.createBucket || statusOf(error) !== 404) {
      return { ok: false, line: `the bucket ${Bucket} at ${place.endpoint}: ${lineOf(error)}` }
    }
  }
  try {
    await client.send(new CreateBucketCommand({ Bucket }))
    return { ok: true }
  } catch (error) {
    return { ok: false, line: `the bucket ${Bucket} could not be made: ${lineOf(error)}` }
  }
}
