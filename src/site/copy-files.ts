import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { env } from '@/env'
import { refuse, type Outcome } from '@/errors'
import type { Store } from '@/media/store'
import { newMediaRoot } from './media-root'
import { fileKey, type SnapshotFile } from './snapshot'
import type { EditionWork, SealedFile } from './work'

/** Copies that a process was making when it died lie here; the sweep clears the old ones. */
export const copyingDir = () => path.join(env.DATA_DIR, 'editions')

const bytesDiffer = (file: string) =>
  refuse(
    'bytes-differ',
    {
      vi: 'Tệp không còn đúng như lúc ký duyệt. Không đăng. Hãy làm lại bản chuyển mã và ký lại.',
      en: 'A file is no longer what was signed. Nothing was published. Remake the rendition and sign again.',
    },
    { file },
  )

export type Bound = { recipe: string; file: SealedFile }

/** A chosen thumbnail that is one of the posters anyway is not copied twice. */
export const boundFiles = (work: EditionWork): Bound[] => {
  const bound = Object.entries(work.renditions).flatMap(([recipe, files]) =>
    files.map((file) => ({ recipe, file })),
  )
  const { thumbnail } = work
  if (!thumbnail || bound.some(({ file }) => file.sha256 === thumbnail.sha256)) return bound
  return [...bound, { recipe: 'thumbnail', file: thumbnail }]
}

/**
 * Copies one bound file into the edition's public folder. What is hashed is what is copied: the bytes pass through one
 * stream into a file of our own, and that file is what the store takes.
 */
export const copyFile = async (args: {
  store: Store
  bound: Bound
  mediaRoot: string
}): Promise<Outcome<{ file: SnapshotFile }>> => {
  const { recipe, file } = args.bound
  // A folder of this attempt: a process that lost the work may still be writing beside us.
  const dir = path.join(copyingDir(), newMediaRoot())
  await mkdir(dir, { recursive: true })
  try {
    const copy = path.join(dir, 'copy')
    const got = await copyHashed(file, copy)
    if (got.sha256 !== file.sha256 || got.bytes !== file.bytes) {
      return bytesDiffer(`${recipe}/${file.path}`)
    }
    const kept = { recipe, path: file.path, mime: file.mime, ...got }
    await args.store.putFile(fileKey(args.mediaRoot, kept), copy, { mime: file.mime, move: true })
    return { ok: true, file: kept }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

const copyHashed = async (file: SealedFile, to: string) => {
  const hash = createHash('sha256')
  let bytes = 0
  const count = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      bytes += chunk.length
      hash.update(chunk)
      yield chunk
    }
  }
  await pipeline(await file.open(), count, createWriteStream(to))
  return { sha256: hash.digest('hex'), bytes }
}
