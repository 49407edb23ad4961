import { open, type FileHandle } from 'node:fs/promises'

/**
 * Where the samples of an MP4 lie, by its own index. Read without ffmpeg, so that asking costs nothing beside a copy.
 * It reads senders' files too: every count is held against the box that it stands in, and what is not plain (fragments,
 * several descriptions, an edit that hides something) is null, which means encoded anew.
 */
export type Track = {
  kind: 'picture' | 'sound'
  /** As the sample entry says: `avc1`, `mp4a`. */
  codec: string
  width: number
  height: number
  seconds: number
  sizes: readonly number[]
  /** Byte of the file at which each sample begins. */
  offsets: readonly number[]
  /** When each key picture is shown, from the first; one entry for every sample where all are keys. */
  keys: readonly { sample: number; at: number }[]
  /** True when every sample lasts as long as the next. */
  steady: boolean
  /** Bytes of the number before each NAL unit; 0 in what is no H.264. */
  nalBytes: number
}

const MOST_INDEX = 32 * 1024 ** 2
/** Five hours of pictures; and whatever is longer is encoded anew. */
const MOST_SAMPLES = 600_000
/** A sender's file may be all empty boxes. */
const MOST_BOXES = 1000
/** What an encoder of sound puts before its first sample, and what a last one is longer than its picture. */
const SLACK_SECONDS = 0.1

type Box = { kind: string; body: Buffer }
class NotPlain extends Error {}
const must = (right: boolean) => {
  if (!right) throw new NotPlain('not a plain MP4')
}

const boxesIn = (data: Buffer): Box[] => {
  const found: Box[] = []
  for (let at = 0; at + 8 <= data.length;) {
    const size = data.readUInt32BE(at)
    must(size >= 8 && at + size <= data.length && found.length < MOST_BOXES)
    found.push({ kind: data.toString('latin1', at + 4, at + 8), body: data.subarray(at + 8, at + size) }) // prettier-ignore
    at += size
  }
  return found
}
const inside = (data: Buffer, ...way: string[]): Buffer => {
  let body = data
  for (const kind of way) {
    const box = boxesIn(body).find((one) => one.kind === kind)
    if (!box) throw new NotPlain(`no ${kind}`)
    body = box.body
  }
  return body
}
const optional = (data: Buffer, kind: string) => boxesIn(data).find((box) => box.kind === kind)?.body // prettier-ignore

/** Rows of a table box: version and flags, a count, then so many rows of so many numbers. */
const rowsOf = (box: Buffer, numbers: number, wide = false): number[][] => {
  const count = box.readUInt32BE(4)
  const width = numbers * (wide ? 8 : 4)
  must(count <= MOST_SAMPLES && 8 + count * width <= box.length)
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: numbers }, (__, n) => {
      const at = 8 + row * width + n * (wide ? 8 : 4)
      return wide ? Number(box.readBigUInt64BE(at)) : box.readUInt32BE(at)
    }),
  )
}

const sizesOf = (box: Buffer): number[] => {
  const same = box.readUInt32BE(4)
  const count = box.readUInt32BE(8)
  must(count > 0 && count <= MOST_SAMPLES)
  if (same > 0) return Array.from({ length: count }, () => same)
  must(12 + count * 4 <= box.length)
  return Array.from({ length: count }, (_, n) => box.readUInt32BE(12 + n * 4))
}

const offsetsOf = (stbl: Buffer, sizes: readonly number[]): number[] => {
  const short = optional(stbl, 'stco')
  const chunks = short ? rowsOf(short, 1) : rowsOf(inside(stbl, 'co64'), 1, true)
  const plan = rowsOf(inside(stbl, 'stsc'), 3)
  const offsets: number[] = []
  let step = 0
  chunks.forEach(([start = 0], chunk) => {
    while ((plan[step + 1]?.[0] ?? Infinity) <= chunk + 1) step += 1
    let at = start
    const most = plan[step]?.[1] ?? 0
    for (let n = 0; n < most && offsets.length < sizes.length; n += 1) {
      offsets.push(at)
      at += sizes[offsets.length - 1] ?? 0
    }
  })
  must(offsets.length === sizes.length)
  return offsets
}

/** Runs of a table, spread out to one value a sample. */
const spread = (runs: readonly number[][], samples: number): number[] => {
  const values: number[] = []
  for (const [count = 0, value = 0] of runs) {
    must(values.length + count <= samples)
    for (let n = 0; n < count; n += 1) values.push(value)
  }
  return values
}

const keysOf = (stbl: Buffer, samples: number, scale: number) => {
  const lasts = spread(rowsOf(inside(stbl, 'stts'), 2), samples)
  const later = optional(stbl, 'ctts')
  // Signed in version 1, and by many who write version 0 too.
  const shifts = later ? spread(rowsOf(later, 2), samples).map((value) => value | 0) : []
  const marks = optional(stbl, 'stss')
  const numbers = marks
    ? rowsOf(marks, 1).map(([n = 0]) => n - 1)
    : Array.from({ length: samples }, (_, n) => n)
  const begins: number[] = []
  lasts.reduce((at, last) => (begins.push(at), at + last), 0)
  const shown = (n: number) => ((begins[n] ?? 0) + (shifts[n] ?? 0)) / scale
  const first = numbers[0] ?? 0
  must(numbers.every((n) => n >= 0 && n < samples))
  const inner = lasts.slice(0, -1)
  return {
    /** When the first sample is shown, on the track's own clock. */
    first: shown(0),
    keys: numbers.map((sample) => ({ sample, at: shown(sample) - shown(first) })),
    steady: inner.every((last) => Math.abs(last - (inner[0] ?? last)) <= scale / 1000),
  }
}

/** Ticks of a second, of a movie's or a track's head. */
const scaleIn = (head: Buffer): number => {
  const scale = head.readUInt32BE(head[0] === 1 ? 20 : 12)
  must(scale > 0)
  return scale
}

/**
 * An edit list says which part of a track is shown: where a phone cut a clip, the rest is still in the file, and a copy
 * would show it. One edit over the whole track is right, begun where the first picture is shown.
 */
const mustShowAll = (
  trak: Buffer,
  track: { seconds: number; scale: number; first: number; step: number; movie: number },
) => {
  // prettier-ignore
  const edts = optional(trak, 'edts')
  const list = edts ? optional(edts, 'elst') : undefined
  if (!list) return
  const wide = list[0] === 1
  must(list.readUInt32BE(4) === 1)
  const lasts = wide ? Number(list.readBigUInt64BE(8)) : list.readUInt32BE(8)
  const begins = wide ? Number(list.readBigInt64BE(16)) : list.readInt32BE(12)
  const rate = list.readUInt32BE(wide ? 24 : 16)
  must(rate === 0x10000 && Math.abs(begins / track.scale - track.first) <= track.step)
  must(lasts === 0 || lasts / track.movie >= track.seconds - track.first - SLACK_SECONDS)
}

const KINDS: Record<string, Track['kind']> = { vide: 'picture', soun: 'sound' }

const trackOf = (trak: Buffer, movie: number): Track | null => {
  const mdia = inside(trak, 'mdia')
  const kind = KINDS[inside(mdia, 'hdlr').toString('latin1', 8, 12)]
  if (!kind) return null
  const head = inside(mdia, 'mdhd')
  const scale = scaleIn(head)
  const lasts = head[0] === 1 ? Number(head.readBigUInt64BE(24)) : head.readUInt32BE(16)
  const stbl = inside(mdia, 'minf', 'stbl')
  const described = boxesIn(inside(stbl, 'stsd').subarray(8))
  const [entry] = described
  if (!entry || described.length !== 1) throw new NotPlain('several descriptions')
  const sizes = sizesOf(inside(stbl, 'stsz'))
  const picture = kind === 'picture'
  const { first, ...keys } = keysOf(stbl, sizes.length, scale)
  const seconds = lasts / scale
  const step = picture ? seconds / sizes.length / 2 : SLACK_SECONDS
  mustShowAll(trak, { seconds, scale, first, step, movie })
  const avcC = picture && entry.kind === 'avc1' ? inside(entry.body.subarray(78), 'avcC') : null
  return {
    kind,
    codec: entry.kind,
    width: picture ? entry.body.readUInt16BE(24) : 0,
    height: picture ? entry.body.readUInt16BE(26) : 0,
    seconds,
    sizes,
    offsets: offsetsOf(stbl, sizes),
    ...keys,
    nalBytes: avcC ? ((avcC[4] ?? 0) & 3) + 1 : 0,
  }
}

/** The index itself, found by stepping over the boxes before it. */
const indexOf = async (handle: FileHandle): Promise<Buffer | null> => {
  const { size } = await handle.stat()
  const head = Buffer.alloc(16)
  for (let at = 0, steps = 0; at + 8 <= size && steps < 1000; steps += 1) {
    await handle.read(head, 0, 16, at)
    const short = head.readUInt32BE(0)
    const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short || size - at
    if (length < 8 || at + length > size) return null
    if (head.toString('latin1', 4, 8) === 'moov') {
      if (length > MOST_INDEX) return null
      const index = Buffer.alloc(length - 8)
      await handle.read(index, 0, index.length, at + 8)
      return index
    }
    at += length
  }
  return null
}

/** Pure, so whatever it throws is a box that says more than it holds, or something that is not plain. */
const tracksIn = (index: Buffer): Track[] | null => {
  try {
    const boxes = boxesIn(index)
    if (boxes.some(({ kind }) => kind === 'mvex')) return null
    const movie = scaleIn(inside(index, 'mvhd'))
    const traks = boxes.filter(({ kind }) => kind === 'trak').slice(0, 16)
    return traks.flatMap(({ body }) => trackOf(body, movie) ?? [])
  } catch {
    return null
  }
}

/** The tracks of a plain MP4 in their order, or null. */
export const readTracks = async (file: string): Promise<Track[] | null> => {
  const handle = await open(file, 'r')
  try {
    const index = await indexOf(handle)
    return index && tracksIn(index)
  } finally {
    await handle.close()
  }
}
