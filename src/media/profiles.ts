import type { Help } from '../errors'
import type { NeedName } from './fits'
import type { SoundName } from './profiles-sound'
import type { SizeRule } from './size-plan'

/** Which of the pictures of the one decode a file carries (`pictures.ts`). */
export type PictureName = 'top' | 'small' | 'master' | 'vertical' | 'vertical-crop' | 'square'

type How =
  | { by: 'proxy' | 'sprite' | 'peaks' | 'hls' | 'poster' | 'frames' | 'cards' }
  | { by: 'mp4'; picture: PictureName; sound: SoundName; file: string; copies?: NeedName }
  | { by: 'sized'; sound: SoundName; file: string; rule: SizeRule }
  | { by: 'sound'; sound: SoundName; file: string }

export type Profile = {
  name: Help
  how: How
  /** What the platform takes, in seconds. Nothing is cut to fit: where to cut is an editor's decision. */
  seconds?: { least?: number; most?: number }
  source: string
  verifiedAt: string
}

const same = (name: string): Help => ({ vi: name, en: name })
const mp4 = (picture: PictureName, file: string): How => ({
  by: 'mp4',
  picture,
  sound: 'web',
  file,
})
/** The top rung, or the source's own picture where it is as good. */
const top = (file: string): How => ({
  by: 'mp4',
  picture: 'top',
  sound: 'web',
  file,
  copies: 'web',
})
const sound = (name: SoundName, file: string): How => ({ by: 'sound', sound: name, file })

const OURS = { source: 'measured, one decode for all', verifiedAt: '2026-11-20' }
const TIKTOK = 'developers.tiktok.com/doc/content-posting-api-media-transfer-guide'
const REELS = 'developers.facebook.com/documentation/video-api/guides/reels-publishing'
const FACEBOOK = 'Graph API, POST /{page}/videos, one request (read in working code)'
const X_MEDIA = 'xdevplatform/docs, media; accounts without Premium'
// The official page was out of reach: what it says was read in code that quotes it.
const ZALO = 'Zalo OA article/upload_video (quoted by client code, 2026-09-27)'
const APPLE = 'podcasters.apple.com/support/893-audio-requirements'
const RADIO = 'measured on speech; no standard of the cluster speakers was found'

/**
 * Everything that can be made of an original, in the order of making. A name is for ever, because seals bind it.
 * Limits stand here where they decide whether a file can be made; those of a post are the publisher's.
 */
export const PROFILES = {
  proxy: { name: { vi: 'bản xem nhanh', en: 'quick copy' }, how: { by: 'proxy' }, ...OURS },
  sprite: { name: { vi: 'dải hình tua', en: 'scrub frames' }, how: { by: 'sprite' }, ...OURS },
  peaks: { name: { vi: 'dạng sóng', en: 'waveform' }, how: { by: 'peaks' }, ...OURS },
  'web-hls': { name: { vi: 'bản phát web', en: 'web stream' }, how: { by: 'hls' }, ...OURS },
  'web-mp4': { name: { vi: 'MP4 web', en: 'web MP4' }, how: top('video.mp4'), ...OURS },
  frames: {
    name: { vi: 'ảnh để chọn', en: 'frames to choose from' },
    how: { by: 'frames' },
    ...OURS,
  },
  poster: { name: { vi: 'ảnh bìa', en: 'poster' }, how: { by: 'poster' }, ...OURS },
  audio: { name: { vi: 'tiếng', en: 'sound' }, how: sound('web', 'audio.m4a'), ...OURS },
  youtube: {
    name: same('YouTube'),
    how: { by: 'mp4', picture: 'master', sound: 'master', file: 'master.mp4', copies: 'master' },
    seconds: { most: 12 * 3600 },
    source: 'support.google.com/youtube/answer/1722171',
    verifiedAt: '2026-08-22',
  },
  facebook: {
    name: same('Facebook'),
    how: top('facebook.mp4'),
    seconds: { least: 1, most: 20 * 60 },
    source: FACEBOOK,
    verifiedAt: '2026-08-22',
  },
  x: {
    name: same('X'),
    how: mp4('small', 'x.mp4'),
    seconds: { least: 0.5, most: 140 },
    source: X_MEDIA,
    verifiedAt: '2026-08-22',
  },
  zalo: {
    name: same('Zalo'),
    how: {
      by: 'sized',
      sound: 'small',
      file: 'zalo.mp4',
      rule: { bytes: 50_000_000, soundK: 96, mostK: 2800, smallerUnderK: 600, floorK: 250 },
    },
    source: ZALO,
    verifiedAt: '2026-09-27',
  },
  vertical: {
    name: { vi: 'bản dọc 9:16', en: '9:16 vertical' },
    how: mp4('vertical', 'vertical.mp4'),
    ...OURS,
  },
  'vertical-crop': {
    name: { vi: 'bản dọc 9:16, cắt theo tâm', en: '9:16 vertical, cropped' },
    how: mp4('vertical-crop', 'vertical.mp4'),
    ...OURS,
  },
  square: {
    name: { vi: 'bản vuông 1:1', en: '1:1 square' },
    how: mp4('square', 'square.mp4'),
    ...OURS,
  },
  tiktok: {
    name: same('TikTok'),
    how: mp4('vertical', 'tiktok.mp4'),
    seconds: { most: 10 * 60 },
    source: TIKTOK,
    verifiedAt: '2026-08-22',
  },
  reels: {
    name: same('Reels'),
    how: mp4('vertical', 'reels.mp4'),
    seconds: { least: 3, most: 90 },
    source: REELS,
    verifiedAt: '2026-07-30',
  },
  shorts: {
    name: same('Shorts'),
    how: mp4('vertical', 'shorts.mp4'),
    seconds: { most: 180 },
    source: 'YouTube: square or vertical up to 3:00 is a Short since 2024-10-15',
    verifiedAt: '2026-08-22',
  },
  'podcast-mp3': {
    name: { vi: 'podcast MP3', en: 'MP3 podcast' },
    how: sound('podcast-mp3', 'podcast.mp3'),
    source: APPLE,
    verifiedAt: '2026-08-22',
  },
  'podcast-aac': {
    name: { vi: 'podcast AAC', en: 'AAC podcast' },
    how: sound('podcast-aac', 'podcast.m4a'),
    source: APPLE,
    verifiedAt: '2026-08-22',
  },
  loudspeaker: {
    name: { vi: 'loa truyền thanh', en: 'loudspeaker' },
    how: sound('loudspeaker', 'loudspeaker.mp3'),
    source: RADIO,
    verifiedAt: '2026-11-20',
  },
  cards: { name: { vi: 'ảnh theo khổ', en: 'picture crops' }, how: { by: 'cards' }, ...OURS },
} as const satisfies Record<string, Profile>

export type Recipe = keyof typeof PROFILES
export const RECIPES = Object.keys(PROFILES) as Recipe[] // of the table just above
export const profileOf = (recipe: Recipe): Profile => PROFILES[recipe]
export const isRecipe = (name: string): name is Recipe => name in PROFILES
