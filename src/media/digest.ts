import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'

const PIECE = 1024 * 1024

/** SHA-256 of a file as it flows, never the whole file in memory. One buffer for all of it: a stream costs half as much again. */
export const hashFile = async (
  file: string,
  options: { signal?: AbortSignal } = {},
): Promise<{ sha256: string; bytes: number }> => {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(PIECE)
  const handle = await open(file, 'r')
  try {
    for (let bytes = 0; ;) {
      options.signal?.throwIfAborted()
      const { bytesRead } = await handle.read(buffer, 0, PIECE, bytes)
      if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes }
      hash.update(buffer.subarray(0, bytesRead))
      bytes += bytesRead
    }
  } finally {
    await handle.close()
  }
}

/** A file as a stream that breaks at its end, before who reads takes it for whole, when its bytes were not these. */
export const readAs = (file: string, sha256: string, otherwise: () => Error): Readable => {
  const flow = async function* () {
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(file, { highWaterMark: PIECE })) {
      hash.update(chunk)
      yield chunk
    }
    if (hash.digest('hex') !== sha256) throw otherwise()
  }
  return Readable.from(flow())
}

/**
 * One hash for a set of files: SHA-256 over the lines `path NUL bytes NUL sha256 LF`, sorted by path in
 * code-unit order. It names an HLS rendition as one thing, so that a seal can bind it.
 */
export const digestOf = (
  files: readonly { path: string; bytes: number; sha256: string }[],
): string => {
  const hash = createHash('sha256')
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  for (const file of sorted) hash.update(`${file.path}\0${file.bytes}\0${file.sha256}\n`)
  return hash.digest('hex')
}
