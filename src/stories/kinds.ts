import type { Help } from '@/errors'

/** The kinds of story. In this first house a clip goes all the way; the others share the workflow. */
export const KINDS = {
  text: { vi: 'Bài', en: 'Text' },
  audio: { vi: 'Tiếng', en: 'Audio' },
  clip: { vi: 'Clip', en: 'Clip' },
  photo: { vi: 'Ảnh', en: 'Photo' },
} as const satisfies Record<string, Help>

export type KindId = keyof typeof KINDS

export const KIND_OPTIONS = (Object.keys(KINDS) as KindId[]).map((value) => ({
  value,
  label: KINDS[value],
})) // the keys of a const table are its ids
