import type { Help } from '../errors'

/** Languages that captions may be in, each by its ISO 639-1 word, the ones heard in the country first. */
export const CAPTION_LANGUAGES = {
  vi: { vi: 'Tiếng Việt', en: 'Vietnamese' },
  en: { vi: 'Tiếng Anh', en: 'English' },
  zh: { vi: 'Tiếng Trung', en: 'Chinese' },
  fr: { vi: 'Tiếng Pháp', en: 'French' },
  ja: { vi: 'Tiếng Nhật', en: 'Japanese' },
  ko: { vi: 'Tiếng Hàn', en: 'Korean' },
  ru: { vi: 'Tiếng Nga', en: 'Russian' },
  km: { vi: 'Tiếng Khmer', en: 'Khmer' },
  lo: { vi: 'Tiếng Lào', en: 'Lao' },
  th: { vi: 'Tiếng Thái Lan', en: 'Thai' },
} as const satisfies Record<string, Help>

export type CaptionLanguage = keyof typeof CAPTION_LANGUAGES

export const LANGUAGE_IDS = Object.keys(CAPTION_LANGUAGES) as CaptionLanguage[] // the keys of a const table are its ids

export const isCaptionLanguage = (value: unknown): value is CaptionLanguage =>
  typeof value === 'string' && Object.hasOwn(CAPTION_LANGUAGES, value)

export const languageName = (language: string): Help =>
  isCaptionLanguage(language) ? CAPTION_LANGUAGES[language] : { vi: language, en: language }
