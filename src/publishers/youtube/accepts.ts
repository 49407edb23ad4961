import type { Accepts } from '../publisher'

const HELP = 'support.google.com/youtube'
const DISCOVERY = 'YouTube Data API v3, discovery 20260924'

/** What YouTube takes. The text limits are old and stable, and not stated in the discovery document. */
export const youtubeAccepts: Accepts = {
  kinds: ['clip'],
  rendition: 'youtube',
  binds: ['youtube'],
  title: { max: 100, unit: 'characters', source: HELP, verifiedAt: '2026-08-22' },
  text: { max: 5000, unit: 'bytes', source: HELP, verifiedAt: '2026-08-22' },
  tags: { max: 500, unit: 'characters', source: HELP, verifiedAt: '2026-08-22' },
  duration: { max: 12 * 3600, unit: 'seconds', source: HELP, verifiedAt: '2026-08-22' },
  size: { max: 274_877_906_944, unit: 'bytes', source: DISCOVERY, verifiedAt: '2026-09-24' },
  thumbnail: true,
  forbids: '<>',
}

/** Discovery says 50 MB, older pages 2 MB; the smaller one is safe with both. */
export const THUMBNAIL_MAX_BYTES = 2 * 1024 * 1024
export const THUMBNAIL_MIMES = ['image/jpeg', 'image/png']
