import type { Facts } from '@/media/facts'

const base: Facts = {
  container: 'mov',
  bytes: 1,
  durationSeconds: 10,
  bitrate: 1,
  hasPicture: true,
  width: 1920,
  height: 1080,
  rotation: 0,
  fps: 29.97,
  vfr: false,
  videoCodec: 'h264',
  pixelFormat: 'yuv420p',
  hdr: null,
  interlaced: false,
  videoIndex: 0,
  pictureSeconds: 10,
  hasSound: true,
  audioCodec: 'aac',
  audioChannels: 2,
  audioIndex: 1,
  soundSeconds: 10,
}

/** The facts of an everyday clip from a phone, and what is other about this one. */
export const clipFacts = (over: Partial<Facts> = {}): Facts => ({ ...base, ...over })
