import { stat } from 'node:fs/promises'
import { z } from 'zod'
import type { Outcome, Refusal } from '../errors'
import { LONGEST_SECONDS, type Facts } from './facts'
import { runFfprobe } from './ffmpeg'
import { AUDIO_CODECS, MOST_PIXELS, MOST_STREAMS, READING, VIDEO_CODECS } from './limits'
import { refuseMedia } from './refusals'
import { sniff } from './sniff'

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
  duration: number,
  start_time: number,
  nb_frames: number,
  disposition: z.object({ attached_pic: z.number().optional() }).optional(),
  tags: z.object({ rotate: z.string().optional() }).optional(),
  side_data_list: z.array(z.object({ rotation: number })).optional(),
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
type Stream = z.infer<typeof streamShape>

/** Says what a file is, or refuses it with a reason; under the limits of `limits.ts`, before anything else opens it. */
export const probe = async (
  file: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Outcome<{ facts: Facts }>> => {
  const sniffed = await sniff(file)
  if (!sniffed.ok) return sniffed
  const asked = await runFfprobe({
    argv: [...ASK, '-show_streams', '-show_format', '-of', 'json', `file:${file}`],
    signal,
  })
  if (asked.timedOut) return refuseMedia('too-slow')
  if (asked.code !== 0) return refuseMedia(reasonOf(asked.said), { line: asked.line })
  const parsed = shape.safeParse(JSON.parse(asked.stdout))
  if (!parsed.success) return refuseMedia('broken', { line: 'ffprobe said nothing usable' })
  const { streams, format } = parsed.data
  if (!format.format_name.split(',').includes(sniffed.container)) {
    return refuseMedia('not-media', { sniffed: sniffed.container, found: format.format_name })
  }
  const picked = pick(streams)
  if (!picked.ok) return picked
  const facts = factsOf({
    ...picked,
    format,
    container: sniffed.container,
    bytes: (await stat(file)).size,
  })
  const refusal = judge(facts, picked.video)
  if (refusal) return refusal
  return measured({ file, facts, video: picked.video, start: format.start_time ?? 0, signal })
}

const ASK = ['-v', 'error', ...READING, '-probesize', '20M', '-analyzeduration', '20M']

const reasonOf = (said: string) => {
  if (/exceeds max_streams/i.test(said)) return 'too-many-streams'
  if (/whitelist/i.test(said)) return 'playlist'
  return 'broken'
}

const pick = (streams: Stream[]): Outcome<{ video: Stream; audio: Stream | undefined }> => {
  const videos = streams.filter(
    (s) => s.codec_type === 'video' && s.disposition?.attached_pic !== 1,
  )
  const audios = streams.filter((s) => s.codec_type === 'audio')
  if (videos.length > 1 || audios.length > 4 || streams.length > MOST_STREAMS) {
    return refuseMedia('too-many-streams', {
      video: videos.length,
      audio: audios.length,
      all: streams.length,
    })
  }
  const [video] = videos
  if (!video) return refuseMedia('no-picture')
  if (!VIDEO_CODECS.includes(video.codec_name ?? '')) {
    return refuseMedia('unknown-codec', { codec: video.codec_name ?? 'unknown' })
  }
  // An iPhone's spatial track (APAC) is unknown to ffmpeg and stands beside an AAC one that is not.
  const audio = audios.find(
    (s) => AUDIO_CODECS.includes(s.codec_name ?? '') && (s.channels ?? 0) > 0,
  )
  if (audios.length > 0 && !audio) {
    return refuseMedia('unknown-codec', { codec: audios[0]?.codec_name ?? 'unknown' })
  }
  return { ok: true, video, audio }
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
const lateness = (stream: Stream, start = 0) => Math.max(0, (stream.start_time ?? start) - start)

const TRANSFERS: Record<string, 'pq' | 'hlg'> = { smpte2084: 'pq', 'arib-std-b67': 'hlg' }

const factsOf = (found: {
  video: Stream
  audio: Stream | undefined
  format: z.infer<typeof shape>['format']
  container: string
  bytes: number
}): Facts => {
  const { video, audio, format } = found
  const rotation = rotationOf(video)
  const wide = Math.round((video.width ?? 0) * (ratio(video.sample_aspect_ratio) || 1))
  const [width, height] =
    rotation % 180 === 0 ? [wide, video.height ?? 0] : [video.height ?? 0, wide]
  const average = ratio(video.avg_frame_rate) || ratio(video.r_frame_rate)
  const nominal = ratio(video.r_frame_rate)
  const durationSeconds = format.duration ?? video.duration ?? 0
  return {
    container: found.container,
    bytes: found.bytes,
    durationSeconds,
    bitrate: format.bit_rate ?? 0,
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
    hasSound: audio !== undefined,
    audioCodec: audio?.codec_name ?? null,
    audioChannels: audio?.channels ?? 0,
    audioIndex: audio?.index ?? -1,
    soundSeconds: audio?.duration ? audio.duration + lateness(audio, format.start_time) : 0,
  }
}

const judge = (facts: Facts, video: Stream): Refusal | null => {
  const { width, height, fps, durationSeconds: seconds } = facts
  if (!(seconds > 0)) return refuseMedia('broken', { line: 'no duration' })
  if (seconds > LONGEST_SECONDS) return refuseMedia('too-long', { seconds })
  if (seconds < 0.2) return refuseMedia('too-short', { seconds })
  const stored = (video.width ?? 0) * (video.height ?? 0)
  if (Math.max(stored, width * height) > MOST_PIXELS)
    return refuseMedia('too-large', { width, height })
  const sides = [width, height, video.width ?? 0, video.height ?? 0]
  if (sides.some((side) => side < 16 || side > 7680))
    return refuseMedia('bad-dimensions', { width, height })
  const crowd = (video.nb_frames ?? 0) / seconds
  if (fps < 1 || fps > 240 || crowd > 250) return refuseMedia('bad-frame-rate', { fps, crowd })
  return null
}

/**
 * Reads the last packets of the picture. A file cut short still promises its full length in its head; ffmpeg
 * transcodes what is there and exits 0, so this is where a half-copied clip is caught.
 */
const measured = async (found: {
  file: string
  facts: Facts
  video: Stream
  start: number
  signal: AbortSignal | undefined
}): Promise<Outcome<{ facts: Facts }>> => {
  const { file, facts, video, start, signal } = found
  const promised = video.duration ? video.duration + lateness(video, start) : facts.durationSeconds
  const from = Math.max(0, start + promised * 0.97 - 1)
  const tail = await runFfprobe({
    argv: [
      ...ASK,
      '-select_streams',
      String(facts.videoIndex),
      '-read_intervals',
      `${from.toFixed(3)}%`,
      '-show_entries',
      'packet=pts_time',
      '-of',
      'csv=p=0',
      `file:${file}`,
    ],
    signal,
  })
  if (tail.timedOut) return refuseMedia('too-slow')
  const times = tail.stdout.split('\n').map(Number.parseFloat).filter(Number.isFinite)
  const end = Math.max(...times, Number.NEGATIVE_INFINITY) + 1 / facts.fps - start
  if (!(end > 0)) return refuseMedia('broken', { line: 'the end of the file is missing' })
  if (promised - end > Math.max(0.5, promised * 0.05)) {
    return refuseMedia('broken', {
      line: `promises ${promised.toFixed(1)} s, holds ${end.toFixed(1)} s`,
    })
  }
  return { ok: true, facts: { ...facts, pictureSeconds: Math.min(end, facts.durationSeconds) } }
}

/** Seconds that a file of our own making runs; it is no sender's file, so only its clock is asked. */
export const lengthOf = async (file: string, signal?: AbortSignal): Promise<number> => {
  const asked = await runFfprobe({
    argv: [...ASK, '-show_entries', 'format=duration', '-of', 'csv=p=0', `file:${file}`],
    signal,
  })
  return Number.parseFloat(asked.stdout) || 0
}
