import type { Help } from '@/errors'

/** What the newsroom may choose from. The adapters' own facts (limits) stand with the adapters. */
export const PLATFORMS = {
  website: {
    label: { vi: 'Trang tin', en: 'Website' },
    /** A newer delivery takes the place of the one that is out. */
    replacesInPlace: true,
    needsToken: false,
  },
  youtube: {
    label: { vi: 'YouTube', en: 'YouTube' },
    replacesInPlace: false,
    needsToken: true,
  },
  'dry-run': {
    label: { vi: 'Chạy thử', en: 'Dry run' },
    replacesInPlace: false,
    needsToken: false,
  },
} as const satisfies Record<string, { label: Help; replacesInPlace: boolean; needsToken: boolean }>

export type PlatformId = keyof typeof PLATFORMS

export const isPlatform = (value: unknown): value is PlatformId =>
  typeof value === 'string' && Object.hasOwn(PLATFORMS, value)

/** The name of the newsroom's own site among the platforms. */
export const OWN_SITE: PlatformId = 'website'

export const replacesInPlace = (platform: string): boolean =>
  isPlatform(platform) && PLATFORMS[platform].replacesInPlace
