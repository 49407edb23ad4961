import { sha256 } from '@noble/hashes/sha2.js'

const STEP = 1024 * 1024

/** SHA-256 of a file, a piece at a time: the page stays quick and the memory small, whatever the clip's length. */
export const hashOf = async (
  file: File,
  hands: { onProgress: (fraction: number) => void; stopped: () => boolean },
): Promise<string | null> => {
  const hash = sha256.create()
  for (let from = 0; from < file.size; from += STEP) {
    if (hands.stopped()) return null
    hash.update(new Uint8Array(await file.slice(from, from + STEP).arrayBuffer()))
    if (!hands.stopped()) hands.onProgress(Math.min(1, (from + STEP) / file.size))
  }
  return [...hash.digest()].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
