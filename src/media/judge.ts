import type { Outcome, Refusal } from '../errors'
import { LONGEST_SECONDS, type Facts } from './facts'
import {
  AUDIO_CODECS,
  MOST_PIXELS,
  MOST_STREAMS,
  SHORTEST_SECONDS,
  SOUND_CONTAINERS,
  VIDEO_CODECS,
} from './limits'
import { lateness, type Picked, type Said, type Stream } from './probe-shape'
import { refuseMedia } from './refusals'

/** Which of the streams are the picture and the sound; or why there is none to use. */
export const pick = (streams: Stream[], container: string): Outcome<Picked> => {
  if (streams.length === 0) return refuseMedia('broken', { line: 'nothing in it' })
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
  if (streams.some((s) => s.codec_type === 'attachment')) return refuseMedia('attachments')
  const [video] = videos
  if (!video && (audios.length === 0 || !SOUND_CONTAINERS.includes(container))) {
    return refuseMedia('no-picture')
  }
  if (video && !VIDEO_CODECS.includes(video.codec_name ?? '')) {
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

/** Where every stream says how long it is: the end of the last. A film that says more than that lies. */
const lastEnd = (streams: Stream[], start: number | undefined): number | null =>
  streams.reduce<number | null>(
    (last, s) =>
      last === null || s.duration === undefined
        ? null
        : Math.max(last, s.duration + lateness(s, start)),
    0,
  )

/** The limits on what a file says of itself. Whether it is true is measured afterwards. */
export const judge = (facts: Facts, { video, audio }: Picked, said: Said): Refusal | null => {
  const seconds = facts.durationSeconds
  if (!(seconds > 0)) return refuseMedia('broken', { line: 'no duration' })
  if (seconds > LONGEST_SECONDS) return refuseMedia('too-long', { seconds })
  if (seconds < SHORTEST_SECONDS) return refuseMedia('too-short', { seconds })
  const end = lastEnd(said.streams, said.format.start_time)
  if (end !== null && seconds - end > Math.max(1, end * 0.05)) {
    return refuseMedia('broken', {
      line: `says ${seconds.toFixed(1)} s, its streams ${end.toFixed(1)} s`,
    })
  }
  return (video ? judgePicture(facts, video) : null) ?? (audio ? judgeSound(audio) : null)
}

const judgePicture = (facts: Facts, video: Stream): Refusal | null => {
  const { width, height, fps, durationSeconds } = facts
  const stored = (video.width ?? 0) * (video.height ?? 0)
  if (Math.max(stored, width * height) > MOST_PIXELS)
    return refuseMedia('too-large', { width, height })
  const sides = [width, height, video.width ?? 0, video.height ?? 0]
  if (sides.some((side) => side < 16 || side > 7680))
    return refuseMedia('bad-dimensions', { width, height })
  const crowd = (video.nb_frames ?? 0) / durationSeconds
  if (fps < 1 || fps > 240 || crowd > 250) return refuseMedia('bad-frame-rate', { fps, crowd })
  return null
}

const judgeSound = ({ channels = 0, sample_rate: rate = 0 }: Stream): Refusal | null =>
  channels > 8 || rate < 8_000 || rate > 192_000
    ? refuseMedia('bad-sound', { channels, rate })
    : null
