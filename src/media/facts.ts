/**
 * What a probe found, as plain numbers. Width and height are as a viewer sees them: rotated, square pixels. A sound
 * file has no picture and an index of -1 for it; a photograph no seconds and no sound.
 */
export type Facts = {
  container: string
  bytes: number
  durationSeconds: number
  bitrate: number
  hasPicture: boolean
  width: number
  height: number
  /** Degrees clockwise that the player must turn the stored picture: 0, 90, 180 or 270. */
  rotation: number
  fps: number
  vfr: boolean
  videoCodec: string | null
  pixelFormat: string | null
  hdr: 'pq' | 'hlg' | null
  interlaced: boolean
  /** Index of the stream in the file: some phones put a codec nobody knows beside the one to use. */
  videoIndex: number
  /** Measured to the last frame; a container's word for it may be longer. */
  pictureSeconds: number
  hasSound: boolean
  audioCodec: string | null
  audioChannels: number
  audioIndex: number
  /** From the clip's start to the end of its sound; 0 when the container does not say (Matroska). */
  soundSeconds: number
  /** How it was encoded; what was probed before this was asked does not have it. */
  look?: Look
}

/** What says whether a file may go out as it came (`fits.ts`). */
export type Look = {
  profile: string
  level: number
  /** Kilobits a second of the picture. */
  pictureK: number
  /** When the picture begins after the file does. */
  lateSeconds: number
  colours: string
  soundProfile: string
  soundRate: number
}

/** What an original is for the newsroom: a picture that does not run is a photograph. */
export type Kind = 'video' | 'audio' | 'image'
export const kindOf = (facts: Pick<Facts, 'hasPicture' | 'durationSeconds'>): Kind => {
  if (!facts.hasPicture) return 'audio'
  return facts.durationSeconds > 0 ? 'video' : 'image'
}

/** Raise it whenever the bytes that a recipe makes may change: what was made under another number is remade. */
export const RECIPE_VERSION = 2

/** Longest programme taken, in seconds. Every ffmpeg run is capped besides. */
export const LONGEST_SECONDS = 4 * 3600

/** The frame rate of everything made: constant, the source's own up to 30. */
export const frameRateOf = (facts: Facts): number =>
  Math.min(30, Math.max(1, Math.round(facts.fps)))

/** The `-t` cap: nothing may come out longer than what was probed. */
export const capOf = (facts: Facts): number => Math.min(facts.durationSeconds + 1, LONGEST_SECONDS)
