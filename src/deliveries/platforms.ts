import type { Help } from '@/errors'

type Platform = {
  label: Help
  replacesInPlace: boolean
  needsToken: boolean
  /** Nobody out there has an account: the first name of the channel stands for it, in its settings. */
  accountIsName?: boolean
}

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
    accountIsName: true,
  },
} as const satisfies Record<string, Platform>

export type PlatformId = keyof typeof PLATFORMS

export const isPlatform = (value: unknown): value is PlatformId =>
  typeof value === 'string' && Object.hasOwn(PLATFORMS, value)

/** The name of the newsroom's own site among the platforms. */
export const OWN_SITE: PlatformId = 'website'

export const replacesInPlace = (platform: string): boolean =>
  isPlatform(platform) && PLATFORMS[platform].replacesInPlace

/** The settings with the account in them, where the platform has none of its own. It stays when the name changes. */
export const withAccount = (
  platform: string,
  settings: Record<string, string>,
  account: string | undefined,
): Record<string, string> => {
  const own = isPlatform(platform) && 'accountIsName' in PLATFORMS[platform]
  return own && account ? { ...settings, account } : settings
}
