import { rawExif } from './stills'

const MOST = 64 * 1024
const TEXT = 2
const NAMES: Record<number, string> = { 0x010f: 'make', 0x0110: 'model', 0x9003: 'creation_time' }
const MORE = 0x8769
const WHERE = 0x8825
const MOST_ENTRIES = 200

type Reading = { data: Buffer; u16: (at: number) => number; u32: (at: number) => number }

const reading = (data: Buffer): Reading => {
  const little = data.toString('latin1', 0, 2) === 'II'
  return {
    data,
    u16: (at) => (little ? data.readUInt16LE(at) : data.readUInt16BE(at)),
    u32: (at) => (little ? data.readUInt32LE(at) : data.readUInt32BE(at)),
  }
}

type Entry = { tag: number; type: number; count: number; value: number; at: number }

const entriesAt = ({ u16, u32 }: Reading, at: number): Entry[] =>
  Array.from({ length: Math.min(u16(at), MOST_ENTRIES) }, (_, n) => {
    const from = at + 2 + n * 12
    return { tag: u16(from), type: u16(from + 2), count: u32(from + 4), value: u32(from + 8), at: from + 8 } // prettier-ignore
  })

const textOf = ({ data }: Reading, { count, value, at }: Entry): string => {
  const from = count > 4 ? value : at
  return data.toString('utf8', from, Math.min(from + count, data.length)).split('\0')[0] ?? ''
}

/** Maker, model and hour of a photograph, and whether it says where; of no more of it is anything read. */
export const exifIn = (raw: Buffer): Record<string, string> => {
  const data =
    raw.toString('latin1', 0, 4) === 'Exif' ? raw.subarray(6, MOST) : raw.subarray(0, MOST)
  const tags: Record<string, string> = {}
  try {
    const read = reading(data)
    const main = entriesAt(read, read.u32(4))
    const more = main.find(({ tag }) => tag === MORE)
    const all = [...main, ...(more ? entriesAt(read, more.value) : [])]
    for (const entry of all.filter(({ type }) => type === TEXT)) {
      const name = NAMES[entry.tag]
      if (name) tags[name] = textOf(read, entry)
    }
    if (all.some(({ tag }) => tag === WHERE)) tags.location = 'said'
  } catch {
    // It points outside of itself; what was read up to there is kept.
  }
  return tags
}

export const exifOf = async (file: string): Promise<Record<string, string>> => {
  const raw = await rawExif(file)
  return raw ? exifIn(raw) : {}
}
