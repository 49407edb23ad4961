import { lstat, open } from 'node:fs/promises'
import type { Outcome } from '../errors'
import { isDisguised } from './disguise'
import { refuseMedia, type MediaReason } from './refusals'

const HEAD = 64 * 1024

export const IMAGES = ['jpeg', 'png', 'webp', 'avif']

/**
 * Our own look at the first and the last 64 KiB, before any parser of others sees the file. It exists because ffmpeg
 * follows playlists: a 100-byte HLS playlist named .mp4 made it read another story's clip (measured on 5.1.9).
 * The name and the declared type are not looked at.
 */
export const sniff = async (file: string): Promise<Outcome<{ container: string }>> => {
  // A pipe or a link is nobody's upload, and reading a pipe would wait for ever.
  if (!(await lstat(file)).isFile()) return refuseMedia('not-media')
  const { head, tail } = await endsOf(file)
  const container = containerOf(head)
  if (!container) return refuseMedia(textReason(head))
  if (container === 'heic') return refuseMedia('heic')
  if (isDisguised({ head, tail })) return refuseMedia('polyglot', { container })
  return { ok: true, container }
}

const endsOf = async (file: string) => {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const read = async (from: number) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, from)
      return buffer.subarray(0, bytesRead)
    }
    return { head: await read(0), tail: await read(Math.max(0, size - HEAD)) }
  } finally {
    await handle.close()
  }
}

const PLAYLIST =
  /^(#EXTM3U|#EXTINF|#EXT-X-|ffconcat|<\?xml|<MPD|<smil|<asx|v=0|\[playlist\]|FILE "|REM (GENRE|DATE|DISCID|COMMENT) )/i

const textReason = (head: Buffer): MediaReason => {
  const words = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (/^<(\?xml|!doctype|!--|svg)/i.test(words) && /<svg[\s>]/i.test(words)) return 'svg'
  return PLAYLIST.test(words) ? 'playlist' : 'not-media'
}

const text = (head: Buffer, from: number, to: number) => head.toString('latin1', from, to)
// What a whole file begins with, and a piece of a stream too: ffprobe finds that it has no index.
const MOV_FIRST_BOXES = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot']
const MOV_PIECES = ['styp', 'moof', 'sidx']

const brands = (head: Buffer): string[] => {
  if (text(head, 4, 8) !== 'ftyp') return []
  const end = Math.min(head.readUInt32BE(0), 256, head.length)
  const found: string[] = []
  for (let at = 8; at + 4 <= end; at += 4) if (at !== 12) found.push(text(head, at, at + 4))
  return found
}
const HEIC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx']
/** A still picture in the box format says so in its first brand; what codes it, in the others. */
const isStill = (head: Buffer, codes: string[]) => {
  const [first = '', ...others] = brands(head)
  if (codes.includes(first)) return true
  return ['mif1', 'msf1', 'miaf'].includes(first) && others.some((one) => codes.includes(one))
}

const looks: Record<string, (head: Buffer) => boolean> = {
  avif: (head) => isStill(head, ['avif', 'avis']),
  heic: (head) => isStill(head, HEIC) || isStill(head, ['mif1', 'msf1', 'miaf']),
  jpeg: (head) => head.toString('hex', 0, 3) === 'ffd8ff',
  png: (head) => head.toString('hex', 0, 8) === '89504e470d0a1a0a',
  webp: (head) => text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WEBP',
  mov: (head) => [...MOV_FIRST_BOXES, ...MOV_PIECES].includes(text(head, 4, 8)),
  matroska: (head) => head.readUInt32BE(0) === 0x1a45dfa3,
  avi: (head) => text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'AVI ',
  wav: (head) => text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WAVE',
  flac: (head) => text(head, 0, 4) === 'fLaC',
  ogg: (head) => text(head, 0, 4) === 'OggS',
  flv: (head) => text(head, 0, 4) === 'FLV\x01',
  asf: (head) => head.toString('hex', 0, 8) === '3026b2758e66cf11',
  mpegts: (head) => isTransport(head, 0, 188) || isTransport(head, 4, 192),
  mp3: (head) => text(head, 0, 3) === 'ID3' || isMpegAudio(head),
}

const isTransport = (head: Buffer, at: number, step: number) =>
  [0, 1, 2, 3, 4].every((n) => head[at + n * step] === 0x47)

const isMpegAudio = (head: Buffer) => {
  const [sync = 0, kind = 0, rate = 0] = head
  const layer = (kind >> 1) & 3
  return (
    sync === 0xff && (kind & 0xe0) === 0xe0 && layer !== 0 && rate >> 4 !== 15 && rate >> 4 !== 0
  )
}

const containerOf = (head: Buffer): string | null => {
  if (head.length < 16) return null
  return Object.entries(looks).find(([, looksLike]) => looksLike(head))?.[0] ?? null
}
