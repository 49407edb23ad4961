import { createHash } from 'node:crypto'
import type { Store } from '@/media/store'
import type { PlacedFile } from './material'

/** Reads one file whole and hashes it as it flows. */
const hashOf = async (
  store: Store,
  key: string,
): Promise<{ sha256: string; bytes: number } | null> => {
  const stream = await store.open(key)
  if (!stream) return null
  const hash = createHash('sha256')
  let bytes = 0
  const chunks: AsyncIterable<Buffer> = stream
  for await (const chunk of chunks) {
    bytes += chunk.length
    hash.update(chunk)
  }
  return { sha256: hash.digest('hex'), bytes }
}

/** The first file whose bytes are not what was bound; null when all are. */
export const bytesProblem = async (
  store: Store,
  files: readonly PlacedFile[],
): Promise<{ path: string; found: 'absent' | 'other' } | null> => {
  for (const file of files) {
    const found = await hashOf(store, file.key)
    if (!found) return { path: file.path, found: 'absent' }
    if (found.bytes !== file.bytes || found.sha256 !== file.sha256)
      return { path: file.path, found: 'other' }
  }
  return null
}
