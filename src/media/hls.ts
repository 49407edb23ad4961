import { open, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { NewsroomError } from '../errors'
import type { Rung } from './ladder'

type Segment = { seconds: number; bytes: number; offset: number }
export type MediaPlaylist = {
  seconds: number
  segments: Segment[]
  init: { bytes: number; offset: number }
  file: string
}

const bad = (line: string) =>
  new NewsroomError({
    code: 'hls-not-whole',
    message: line,
    help: {
      vi: 'Bản phát trực tuyến làm ra không đủ. Hãy thử lại.',
      en: 'The streaming rendition came out incomplete. Try again.',
    },
  })

/** Reads a media playlist of ours: one file, byte ranges, an end. Throws when it is not that. */
export const parsePlaylist = (text: string): MediaPlaylist => {
  if (!text.startsWith('#EXTM3U') || !text.includes('#EXT-X-ENDLIST'))
    throw bad('a playlist without an end')
  const map = /#EXT-X-MAP:URI="([^"]+)",BYTERANGE="(\d+)@(\d+)"/.exec(text)
  if (!map) throw bad('a playlist without its first bytes')
  const pattern = /#EXTINF:([\d.]+),[^\n]*\n#EXT-X-BYTERANGE:(\d+)@(\d+)\n([^#\n]+)/g
  const found = [...text.matchAll(pattern)]
  const segments = found.map(([, seconds, bytes, offset]) => ({
    seconds: Number(seconds),
    bytes: Number(bytes),
    offset: Number(offset),
  }))
  if (segments.length === 0) throw bad('a playlist without segments')
  if (found.some(([, , , , uri]) => uri?.trim() !== map[1]))
    throw bad('a playlist of several files')
  return {
    file: map[1] ?? '',
    seconds: segments.reduce((sum, { seconds }) => sum + seconds, 0),
    segments,
    init: { bytes: Number(map[2]), offset: Number(map[3]) },
  }
}

/** Bits a second: the mean over the whole, and the worst of a segment. */
export const bandwidthOf = ({ segments, seconds }: MediaPlaylist) => ({
  average: Math.ceil((segments.reduce((sum, { bytes }) => sum + bytes, 0) * 8) / seconds),
  peak: Math.ceil(
    Math.max(...segments.map(({ bytes, seconds: s }) => (bytes * 8) / Math.max(s, 0.1))),
  ),
})

/** RFC 6381 name of the H.264 inside, out of its real configuration box: avc1, profile, constraints, level. */
export const avcCodec = (init: Buffer): string => {
  const at = init.indexOf('avcC', 0, 'latin1')
  if (at < 0 || init.length < at + 8) throw bad('no avcC box in the first bytes')
  return `avc1.${init.toString('hex', at + 5, at + 8)}`
}

const AAC_LC = 'mp4a.40.2'

export type Variant = {
  name: string
  width: number
  height: number
  fps: number
  codec: string
  average: number
  peak: number
}

/** The master playlist, written by us: ffmpeg 5.1 leaves CODECS out when it copies.. */
export const masterPlaylist = ({
  variants,
  sound,
}: {
  variants: readonly Variant[]
  sound: { average: number; peak: number } | null
}): string => {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS']
  if (sound) {
    lines.push(
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aud",NAME="Tiếng gốc",LANGUAGE="vi",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="aud.m3u8"',
    )
  }
  for (const variant of startFirst(variants)) {
    const fields = [
      `BANDWIDTH=${variant.peak + (sound?.peak ?? 0)}`,
      `AVERAGE-BANDWIDTH=${variant.average + (sound?.average ?? 0)}`,
      `CODECS="${variant.codec}${sound ? `,${AAC_LC}` : ''}"`,
      `RESOLUTION=${variant.width}x${variant.height}`,
      `FRAME-RATE=${variant.fps.toFixed(3)}`,
      ...(sound ? ['AUDIO="aud"'] : []),
    ]
    lines.push(`#EXT-X-STREAM-INF:${fields.join(',')}`, `${variant.name}.m3u8`)
  }
  return `${lines.join('\n')}\n`
}

/** Players begin with the variant that stands first: 480p on a phone's line starts at once, 1080p would stall. */
const startFirst = (variants: readonly Variant[]) => {
  const start = variants.find(({ name }) => name === '480') ?? variants.at(-1)
  return [...variants].sort((a, b) => Number(b === start) - Number(a === start))
}

/** Checks what ffmpeg wrote in the folder, writes `master.m3u8`, and says how long each rung runs. */
export const finishHls = async (args: {
  dir: string
  rungs: readonly Rung[]
  fps: number
  hasSound: boolean
}): Promise<{ seconds: number[] }> => {
  const { dir, rungs, fps, hasSound } = args
  const variants: Variant[] = []
  const seconds: number[] = []
  for (const { name, width, height } of rungs) {
    const playlist = await readWhole(dir, name)
    const codec = avcCodec(await firstBytes(path.join(dir, playlist.file), playlist.init.bytes))
    variants.push({ name, width, height, fps, codec, ...bandwidthOf(playlist) })
    seconds.push(playlist.seconds)
  }
  const sound = hasSound ? bandwidthOf(await readWhole(dir, 'aud')) : null
  await writeFile(path.join(dir, 'master.m3u8'), masterPlaylist({ variants, sound }))
  return { seconds }
}

const readWhole = async (dir: string, name: string): Promise<MediaPlaylist> => {
  const playlist = parsePlaylist(await readFile(path.join(dir, `${name}.m3u8`), 'utf8'))
  const { size } = await stat(path.join(dir, playlist.file))
  const last = playlist.segments.at(-1)
  if (!last || last.offset + last.bytes > size)
    throw bad(`${name}: the playlist names more bytes than the file has`)
  return playlist
}

const firstBytes = async (file: string, bytes: number): Promise<Buffer> => {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
