import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { SealedFile } from '../publisher'

export type Chunk = { bytes: Buffer; last: boolean }

/** Cuts a stream into pieces of `size`, knowing of each whether it is the last: the file may be too long. */
export const chunksOf = async function* (stream: Readable, size: number): AsyncGenerator<Chunk> {
  let parts: Buffer[] = []
  let held = 0
  for await (const piece of stream) {
    const bytes = Buffer.from(piece)
    parts.push(bytes)
    held += bytes.length
    if (held <= size) continue
    const all = Buffer.concat(parts)
    let from = 0
    for (; all.length - from > size; from += size) {
      yield { bytes: all.subarray(from, from + size), last: false }
    }
    parts = [all.subarray(from)]
    held = all.length - from
  }
  if (held > 0) yield { bytes: Buffer.concat(parts), last: true }
}

/**
 * Reads again what an earlier call sent. Gives the running hash at `offset`, or null when the file is no
 * longer what was sent then: the platform holds other bytes than the file now has.
 */
export const hashOfPrefix = async (
  file: SealedFile,
  offset: number,
  sent: { upTo: number; sha: string },
): Promise<Hash | null> => {
  const start = createHash('sha256')
  if (offset === 0) return start
  if (offset > sent.upTo) return null
  let at = 0
  let atOffset: Hash | null = null
  const stream = await file.open(0)
  for await (const piece of stream) {
    const bytes = Buffer.from(piece).subarray(0, sent.upTo - at)
    if (atOffset === null && at + bytes.length >= offset) {
      atOffset = start.copy().update(bytes.subarray(0, offset - at))
    }
    start.update(bytes)
    at += bytes.length
    if (at === sent.upTo) break
  }
  stream.destroy()
  return at === sent.upTo && start.digest('hex') === sent.sha ? atOffset : null
}

/** A small sealed file whole, or null when its bytes are not the sealed ones. */
export const readSealed = async (file: SealedFile): Promise<Buffer | null> => {
  const parts: Buffer[] = []
  let length = 0
  for await (const piece of await file.open(0)) {
    const bytes = Buffer.from(piece)
    length += bytes.length
    if (length > file.bytes) return null
    parts.push(bytes)
  }
  const all = Buffer.concat(parts)
  return createHash('sha256').update(all).digest('hex') === file.sha256 ? all : null
}
