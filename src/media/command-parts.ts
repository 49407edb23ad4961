import type { Dress } from './dress'
import { capOf, type Facts } from './facts'
import { MOST_PIXELS, READING } from './limits'

/**
 * A run of ffmpeg as plain data: made here without ffmpeg, run by `ffmpeg.ts`. Outputs are names inside `cwd`,
 * never a name that somebody typed; no word is one that a shell or fluent-ffmpeg would split.
 */
export type Command = {
  cwd: string
  first: readonly string[]
  inputs: readonly { file: string; options: readonly string[] }[]
  outputs: readonly { file: string; options: readonly string[] }[]
}

/** `dress` belongs to whatever is made of the source: who reads the source without it lets out what was taken away. */
export type Sized = { source: string; facts: Facts; cwd: string; dress?: Dress | null }

export const first = (loglevel: 'error' | 'info') => [
  '-nostdin',
  '-hide_banner',
  '-loglevel',
  loglevel,
  '-y',
]
const LIMITED = [...READING, '-max_pixels', String(MOST_PIXELS)]
export const STRIPPED = [
  '-sn',
  '-dn',
  '-map_metadata',
  '-1',
  '-map_chapters',
  '-1',
  '-fflags',
  '+bitexact',
]
export const AAC = ['-c:a', 'aac', '-ar', '48000', '-ac', '2']
// Without edit lists: YouTube and Instagram refuse or ignore them. Negative offsets then keep the picture at 0.
export const FASTSTART = [
  '-movflags',
  '+faststart+negative_cts_offsets',
  '-use_editlist',
  '0',
  '-f',
  'mp4',
]
/** The index first without moving everything behind it: a place of this size is kept free, and what is not used stays empty. */
export const indexFirst = (bytes: number) => [
  ...['-movflags', '+negative_cts_offsets', '-moov_size', String(bytes)],
  ...['-use_editlist', '0', '-f', 'mp4'],
]
export const source = (file: string, facts: Facts) => ({
  file,
  options: [...LIMITED, '-t', capOf(facts).toFixed(3)],
})
export const own = (file: string) => ({ file, options: ['-protocol_whitelist', 'file'] })
