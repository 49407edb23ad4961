import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** SHA-256 of a file as it flows, never the whole file in memory. */
export const hashFile = async (
  file: string,
  options: { signal?: AbortSignal } = {},
): Promise<{ sha256: string; bytes: number }> => {
  const hash = createHash('sha256')
  let bytes = 0
  const count = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      bytes += chunk.length
      hash.update(chunk)
    }
  }
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), count, {
    signal: options.signal,
  })
  return { sha256: hash.digest('hex'), bytes }
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
