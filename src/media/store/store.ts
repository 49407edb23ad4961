import type { Readable } from 'node:stream'

/**
 * Where bytes live. Two members keep this promise, disk and S3, and pass one suite.
 * A key is `a-z 0-9 . _ - /` parts joined by `/`, never a name that somebody typed, never `..`.
 * `put` is all or nothing: a key exists whole or not at all, and is never written twice with other bytes.
 */
export type Store = {
  name: 'disk' | 's3'
  /**
   * Puts a local file whole under the key; moves it when both lie on one disk and `move` is set. With `sha256` what was
   * copied must be that, or nothing is put (`bytes-changed`): somebody may still write to the file while it is read.
   */
  putFile: (
    key: string,
    file: string,
    options: { mime: string; move?: boolean; sha256?: string },
  ) => Promise<void>
  putBytes: (key: string, bytes: Uint8Array, options: { mime: string }) => Promise<void>
  /** Opens from byte `start` to byte `end`, both counted from 0, `end` included. Null when absent. */
  open: (key: string, range?: { start?: number; end?: number }) => Promise<Readable | null>
  stat: (key: string) => Promise<{ bytes: number } | null>
  /** Copies inside the store without passing through memory. False when the source is absent. */
  copy: (from: string, to: string) => Promise<boolean>
  /** Removes everything below the prefix (which ends in `/`), or the one key. Absent is fine. */
  remove: (keyOrPrefix: string) => Promise<void>
  /** Keys below the prefix, sorted. */
  list: (prefix: string) => Promise<string[]>
  /** Makes the object readable as a local file for ffmpeg, which never gets a URL; `release` frees it. */
  localCopy: (
    key: string,
    folder: string,
  ) => Promise<{ file: string; release: () => Promise<void> }>
  /** Removes what writers that died left half-written and untouched for so long; says how many there were. */
  tidy: (olderThanMs: number) => Promise<number>
  /** Checks that the place is there and writable; the reason otherwise. */
  ready: () => Promise<{ ok: true } | { ok: false; line: string }>
}
