import { z } from 'zod'
import type { Facts } from './facts'
import { runFfprobe } from './ffmpeg'
import type { Look } from './fits'
import { READING } from './limits'

const number = z.preprocess((v) => (v === undefined ? undefined : Number(v)), z.number().optional())
const shape = z.object({
  streams: z.array(
    z.object({
      index: z.number(),
      profile: z.string().optional(),
      level: z.number().optional(),
      has_b_frames: z.number().optional(),
      start_time: number,
      bit_rate: number,
      sample_rate: number,
      color_space: z.string().optional(),
      color_primaries: z.string().optional(),
    }),
  ),
  format: z.object({ start_time: number, bit_rate: number }),
})

/** How a file was encoded, for `fits.ts`. Null when it does not say: then it is encoded anew. */
export const lookCloser = async (
  file: string,
  facts: Facts,
  signal?: AbortSignal,
): Promise<Look | null> => {
  const asked = await runFfprobe({
    argv: [
      '-v',
      'error',
      ...READING,
      '-show_streams',
      '-show_format',
      '-of',
      'json',
      `file:${file}`,
    ],
    signal,
  })
  const parsed = asked.code === 0 ? shape.safeParse(JSON.parse(asked.stdout)) : null
  if (!parsed?.success) return null
  const { streams, format } = parsed.data
  const video = streams.find(({ index }) => index === facts.videoIndex)
  const audio = streams.find(({ index }) => index === facts.audioIndex)
  if (!video) return null
  return {
    profile: video.profile ?? '',
    level: video.level ?? 0,
    pictureK: (video.bit_rate ?? format.bit_rate ?? 0) / 1000,
    bFrames: video.has_b_frames ?? 0,
    lateSeconds: (video.start_time ?? 0) - (format.start_time ?? 0),
    longestGap: null,
    colours: `${video.color_space ?? ''} ${video.color_primaries ?? ''}`,
    soundProfile: audio?.profile ?? '',
    soundRate: audio?.sample_rate ?? 0,
  }
}
