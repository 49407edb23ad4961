import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import type { Track } from './mp4-table'
import { notWhole } from './pass'

const PIECE = 1024 ** 2
/** Kinds of a NAL unit: what a device notes beside the picture, filler, and the slices; a clip may begin with one alone. */
const NOTES = 6
const FILLER = 12
const LAST_SLICE = 5
const FRESH_START = 5
const FILL = 0xff
const END = 0x80

/** Where the reading stands: in which sample, how much is left of it and of its NAL unit, and what comes next. */
type Place = {
  track: Track
  sample: number
  left: number
  unit: number
  /** Bytes still to come of the number that says how long the unit is. */
  length: number
  part: 'number' | 'kind' | 'body'
  blank: boolean
  started: boolean
  /** Where the next byte to look at lies in the file. */
  at: number
}

const sampleAt = (track: Track, sample: number) => ({
  sample,
  left: track.sizes[sample] ?? 0,
  unit: 0,
  length: track.nalBytes,
  part: 'number' as const,
  at: track.offsets[sample] ?? Infinity,
})

const step = (place: Place, count: number) => {
  place.at += count
  place.left -= count
  if (place.part === 'body' && place.unit === 0) {
    place.part = 'number'
    place.length = place.track.nalBytes
  }
  if (place.left > 0) return
  if (place.part !== 'number' || place.length < place.track.nalBytes)
    throw notWhole('a picture shorter than it says')
  Object.assign(place, sampleAt(place.track, place.sample + 1))
}

const readNumber = (place: Place, byte: number) => {
  place.unit = place.unit * 256 + byte
  place.length -= 1
  if (place.length > 0) return
  if (place.unit < 1 || place.unit >= place.left) throw notWhole('a picture longer than its place')
  place.part = 'kind'
}

const readKind = (place: Place, byte: number) => {
  const kind = byte & 31
  if (!place.started && kind >= 1 && kind <= LAST_SLICE) {
    if (kind !== FRESH_START) throw notWhole('the first picture needs one before it')
    place.started = true
  }
  place.blank = kind === NOTES
  place.part = 'body'
  place.unit -= 1
}

const fill = (piece: Buffer, from: number, to: number, ends: boolean) => {
  piece.fill(FILL, from, to)
  if (ends) piece[to - 1] = END
}

/** Looks through one piece of the file that begins at `from`; what it blanked is said as a range of the piece. */
const lookThrough = (place: Place, piece: Buffer, from: number) => {
  const blanked = { first: -1, last: -1 }
  while (place.at < from + piece.length) {
    const at = place.at - from
    if (at < 0) throw notWhole('pictures out of their order')
    const inBody = place.part === 'body'
    const count = inBody ? Math.min(place.unit, piece.length - at) : 1
    if (inBody && place.blank) fill(piece, at, at + count, count === place.unit)
    if (inBody) place.unit -= count
    else if (place.part === 'number') readNumber(place, piece[at] ?? 0)
    else {
      readKind(place, piece[at] ?? 0)
      if (place.blank) piece[at] = FILLER
    }
    if (place.part === 'body' && place.blank) {
      if (blanked.first < 0) blanked.first = at
      blanked.last = at + count
    }
    step(place, count)
  }
  return blanked
}

/**
 * Overwrites what a device wrote into the picture's own stream (SEI: some cameras say there where they stood) with
 * filler of the same length, and hashes the file in the same reading: ffmpeg's filter for it costs more than the copy.
 * On its way it steps over every unit of every picture, so that one that does not fit its place is found.
 */
export const blankNotes = async (
  file: string,
  track: Track,
): Promise<{ sha256: string; bytes: number }> => {
  const handle = await open(file, 'r+')
  try {
    return await through(handle, track)
  } finally {
    await handle.close()
  }
}

const through = async (handle: FileHandle, track: Track) => {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(PIECE)
  const place: Place = { track, blank: false, started: false, ...sampleAt(track, 0) }
  let bytes = 0
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, PIECE, bytes)
    if (bytesRead === 0) break
    const piece = buffer.subarray(0, bytesRead)
    const done = lookThrough(place, piece, bytes)
    if (done.last > 0)
      await handle.write(piece, done.first, done.last - done.first, bytes + done.first)
    hash.update(piece)
    bytes += bytesRead
  }
  if (place.sample < track.sizes.length) throw notWhole('pictures are missing at the end')
  return { sha256: hash.digest('hex'), bytes }
}
