import { appendFile, mkdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Payload } from 'payload'
import { nowIso, nowMs } from '@/clock'
import { headOf } from './chain'
import type { Anchor } from './verify'

/** Lets the chain's head leave the database: one JSON line appended to `file`. Null when there is no chain yet. */
export const dropAnchor = async (payload: Payload, file: string): Promise<Anchor | null> => {
  const head = await headOf(payload)
  if (!head) return null
  const anchor = { seq: head.seq, hash: head.hash, at: nowIso() }
  await mkdir(path.dirname(file), { recursive: true })
  await appendFile(file, `${JSON.stringify(anchor)}\n`, { mode: 0o600 })
  return anchor
}

/** Drops an anchor when the file is not there yet or its last one is older than `everyMs`; asked often, it costs a stat. */
export const dropAnchorIfDue = async (args: {
  payload: Payload
  file: string
  everyMs: number
}): Promise<Anchor | null> => {
  const last = await stat(args.file).then(
    (found) => found.mtimeMs,
    () => 0,
  )
  return nowMs() - last >= args.everyMs ? dropAnchor(args.payload, args.file) : null
}

/** Reads a file of anchors; a line that is none is an error that names its number. */
export const readAnchors = async (file: string): Promise<Anchor[]> => {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '')
  return lines.map((line, index) => {
    const anchor = JSON.parse(line) as Partial<Anchor> // checked below
    if (typeof anchor.seq !== 'number' || typeof anchor.hash !== 'string')
      throw new Error(`line ${index + 1} of ${file} is no anchor`)
    return { seq: anchor.seq, hash: anchor.hash, at: anchor.at ?? '' }
  })
}
