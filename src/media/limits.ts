/** Formats that ffmpeg may open, and nothing that names other files. Each was tried against hostile input. */
const FORMATS = 'mov,matroska,avi,mpegts,mp3,wav,flac,ogg,asf,flv'
/** Of these a file without a picture is taken as sound. */
export const SOUND_CONTAINERS = ['mov', 'mp3', 'wav', 'flac', 'ogg']
export const MOST_PIXELS = 40_000_000
export const MOST_STREAMS = 16
export const SHORTEST_SECONDS = 0.2
/** A photograph may be larger than a moving picture, which is decoded thirty times a second. */
export const IMAGE_MOST_PIXELS = 60_000_000
export const IMAGE_MOST_BYTES = 60 * 1024 ** 2
export const IMAGE_SECONDS = 20

/** What every reading of a sender's file carries. `protocol_whitelist` alone does not stop a playlist of files. */
export const READING = [
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  FORMATS,
  '-max_streams',
  String(MOST_STREAMS),
] as const

export const VIDEO_CODECS = [
  'h264',
  'hevc',
  'vp8',
  'vp9',
  'av1',
  'mpeg4',
  'mpeg2video',
  'mpeg1video',
  'mjpeg',
  'prores',
  'dnxhd',
  'dvvideo',
  'h263',
  'msmpeg4v3',
  'wmv2',
  'wmv3',
  'vc1',
  'theora',
]

export const AUDIO_CODECS = [
  'aac',
  'mp3',
  'mp2',
  'ac3',
  'eac3',
  'opus',
  'vorbis',
  'flac',
  'alac',
  'amr_nb',
  'amr_wb',
  'wmav1',
  'wmav2',
  'pcm_s16le',
  'pcm_s16be',
  'pcm_s24le',
  'pcm_s24be',
  'pcm_s32le',
  'pcm_f32le',
  'pcm_u8',
  'pcm_alaw',
  'pcm_mulaw',
]
