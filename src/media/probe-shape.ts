import { z } from 'zod'
import type { Facts, Look } from './facts'

const number = z.preprocess(
  (v) => (v === undefined || v === 'N/A' ? undefined : Number(v)),
  z.number().optional(),
)
const streamShape = z.object({
  index: z.number(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  sample_aspect_ratio: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  r_frame_rate: z.string().optional(),
  pix_fmt: z.string().optional(),
  field_order: z.string().optional(),
  color_transfer: z.string().optional(),
  channels: z.number().optional(),
  sample_rate: number,
  profile: z.string().optional(),
  level: z.number().optional(),
  bit_rate: number,
  color_space: z.string().optional(),
  color_primaries: z.string().optional(),
  duration: number,
  start_time: number,
  nb_frames: number,
  disposition: z.object({ attached_pic: z.number().optional() }).optional(),
  tags: z.object({ rotate: z.string().optional() }).optional(),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
})
const shape = z.object({
  streams: z.array(streamShape).default([]),
  format: z.object({
    format_name: z.string(),
    duration: number,
    start_time: number,
    bit_rate: number,
  }),
})
export type Stream = z.infer<typeof streamShape>
export type Said = z.infer<typeof shape>

/** Only what is read here is asked for: a sender's tags may be a million letters long. */
export const ENTRIES =
  'format=format_name,duration,start_time,bit_rate:' +
  `stream=${Object.keys(streamShape.shape)
    .filter((name) => !['disposition', 'tags', 'side_data_list'].includes(name))
    .join(',')}:` +
  'stream_disposition=attached_pic:stream_tags=rotate:stream_side_data=rotation'

/** What ffprobe said, or null when it is nothing usable. */
export const readSaid = (json: string): Said | null => {
  try {
    return shape.safeParse(JSON.parse(json)).data ?? null
  } catch {
    return null
  }
}

const ratio = (text: string | undefined) => {
  const [up = 0, down = 0] = (text ?? '').split(/[/:]/).map(Number)
  return down > 0 && Number.isFinite(up / down) ? up / down : 0
}

const rotationOf = (video: Stream) => {
  const turned = video.side_data_list?.find((s) => s.rotation !== undefined)?.rotation
  // The display matrix counts anticlockwise, the old `rotate` tag clockwise.
  const clockwise = turned === undefined ? Number(video.tags?.rotate ?? 0) : -turned
  return Number.isFinite(clockwise) ? (((Math.round(clockwise / 90) * 90) % 360) + 360) % 360 : 0
}

/** What starts late is padded in front, so that picture and sound keep step. */
export const lateness = (stream: Stream, start = 0) =>
  Math.max(0, (stream.start_time ?? start) - start)

const TRANSFERS: Record<string, 'pq' | 'hlg'> = { smpte2084: 'pq', 'arib-std-b67': 'hlg' }

export type Picked = { video: Stream | undefined; audio: Stream | undefined }

/** How the picture and its sound were encoded. */
export const lookOf = ({ video, audio }: Picked, format: Said['format']): Look | undefined =>
  video && {
    profile: video.profile ?? '',
    level: video.level ?? 0,
    pictureK: (video.bit_rate ?? format.bit_rate ?? 0) / 1000,
    lateSeconds: (video.start_time ?? 0) - (format.start_time ?? 0),
    colours: `${video.color_space ?? ''} ${video.color_primaries ?? ''}`,
    soundProfile: audio?.profile ?? '',
    soundRate: audio?.sample_rate ?? 0,
  }

export const factsOf = (
  found: Picked & { format: Said['format']; container: string; bytes: number },
): Facts => {
  const { video, audio, format } = found
  const durationSeconds = format.duration ?? video?.duration ?? audio?.duration ?? 0
  const look = lookOf(found, format)
  return {
    container: found.container,
    bytes: found.bytes,
    durationSeconds,
    bitrate: format.bit_rate ?? 0,
    ...(video ? pictureOf(video, durationSeconds) : NO_PICTURE),
    hasSound: audio !== undefined,
    audioCodec: audio?.codec_name ?? null,
    audioChannels: audio?.channels ?? 0,
    audioIndex: audio?.index ?? -1,
    soundSeconds: audio?.duration ? audio.duration + lateness(audio, format.start_time) : 0,
    ...(look ? { look } : {}),
  }
}

export const NO_SOUND = {
  hasSound: false,
  audioCodec: null,
  audioChannels: 0,
  audioIndex: -1,
  soundSeconds: 0,
} as const

const NO_PICTURE = {
  hasPicture: false,
  width: 0,
  height: 0,
  rotation: 0,
  fps: 0,
  vfr: false,
  videoCodec: null,
  pixelFormat: null,
  hdr: null,
  interlaced: false,
  videoIndex: -1,
  pictureSeconds: 0,
} as const

const pictureOf = (video: Stream, durationSeconds: number) => {
  const rotation = rotationOf(video)
  const wide = Math.round((video.width ?? 0) * (ratio(video.sample_aspect_ratio) || 1))
  const [width, height] =
    rotation % 180 === 0 ? [wide, video.height ?? 0] : [video.height ?? 0, wide]
  const nominal = ratio(video.r_frame_rate)
  const average = ratio(video.avg_frame_rate) || nominal
  return {
    hasPicture: true,
    width,
    height,
    rotation,
    fps: average,
    vfr: nominal > 0 && Math.abs(nominal - average) / nominal > 0.01,
    videoCodec: video.codec_name ?? null,
    pixelFormat: video.pix_fmt ?? null,
    hdr: TRANSFERS[video.color_transfer ?? ''] ?? null,
    interlaced: ['tt', 'bb', 'tb', 'bt'].includes(video.field_order ?? ''),
    videoIndex: video.index,
    pictureSeconds: video.duration ?? durationSeconds,
  }
}
