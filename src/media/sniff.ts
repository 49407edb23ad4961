import { open } from 'node:fs/promises'
import type { Outcome } from '../errors'
import { refuseMedia } from './refusals'

const HEAD = 64 * 1024

/**
 * Our own look at the first 64 KiB, before any parser of others sees the file. It exists because ffmpeg
 * follows playlists: a 100-byte HLS playlist named .mp4 made it read another story's clip (measured on 5.1.9).
 * The name and the declared type are not looked at.
 */
export const sniff = async (file: string): Promise<Outcome<{ container: string }>> => {
  const head = await headOf(file)
  const container = containerOf(head)
  if (container) return { ok: true, container }
  return refuseMedia(isPlaylist(head) ? 'playlist' : 'not-media')
}

const headOf = async (file: string): Promise<Buffer> => {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

const isPlaylist = (head: Buffer) => {
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  return /^(#EXTM3U|#EXTINF|ffconcat|<\?xml|<MPD|<smil|<asx|v=0|\[playlist\])/i.test(text)
}

const text = (head: Buffer, from: number, to: number) => head.toString('latin1', from, to)
const MOV_FIRST_BOXES = ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot']

const looks: Record<string, (head: Buffer) => boolean> = {
  mov: (head) => MOV_FIRST_BOXES.includes(text(head, 4, 8)),
  matroska: (head) => head.readUInt32BE(0) === 0x1a45dfa3,
  avi: (head) => text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'AVI ',
  wav: (head) => text(head, 0, 4) === 'RIFF' && text(head, 8, 12) === 'WAVE',
  aiff: (head) => text(head, 0, 4) === 'FORM' && /^AIF[FC]$/.test(text(head, 8, 12)),
  flac: (head) => text(head, 0, 4) === 'fLaC',
  ogg: (head) => text(head, 0, 4) === 'OggS',
  flv: (head) => text(head, 0, 4) === 'FLV\x01',
  asf: (head) => head.toString('hex', 0, 8) === '3026b2758e66cf11',
  mpegts: (head) => isTransport(head, 0, 188) || isTransport(head, 4, 192),
  mp3: (head) => text(head, 0, 3) === 'ID3' || isMpegAudio(head),
  aac: (head) => head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0,
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
