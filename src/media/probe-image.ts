import type { Outcome } from '../errors'
import type { Facts } from './facts'
import { IMAGE_MOST_BYTES } from './limits'
import { NO_SOUND } from './probe-shape'
import { refuseMedia } from './refusals'
import { inspectImage } from './stills'

/** Degrees clockwise that each of EXIF's orientations means; mirrored ones count as what they turn. */
const TURNS = [0, 0, 0, 180, 180, 90, 90, 270, 270]

/** Facts of a photograph: its head under limits, then all of it decoded once, so that half a file is told apart. */
export const probeImage = async (args: {
  file: string
  container: string
  bytes: number
}): Promise<Outcome<{ facts: Facts }>> => {
  const { file, container, bytes } = args
  if (bytes > IMAGE_MOST_BYTES) return refuseMedia('image-too-heavy', { bytes })
  const seen = await inspectImage(file)
  if (!seen.ok) {
    return refuseMedia(/pixel limit/i.test(seen.line) ? 'image-too-large' : 'broken', {
      line: seen.line,
    })
  }
  const { width, height, pages, orientation, format, depth } = seen
  if (pages > 1) return refuseMedia('animated', { pages })
  if (Math.min(width, height) < 16) return refuseMedia('bad-dimensions', { width, height })
  const facts: Facts = {
    container,
    bytes,
    durationSeconds: 0,
    bitrate: 0,
    hasPicture: true,
    width,
    height,
    rotation: TURNS[orientation] ?? 0,
    fps: 0,
    vfr: false,
    videoCodec: format,
    pixelFormat: depth,
    hdr: null,
    interlaced: false,
    videoIndex: 0,
    pictureSeconds: 0,
    ...NO_SOUND,
  }
  return { ok: true, facts }
}
