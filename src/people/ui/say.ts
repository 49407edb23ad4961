'use client'

import { useTranslation } from '@payloadcms/ui'
import type { Help } from '@/errors'

export type Say = (words: Help, fill?: Record<string, string | number>) => string

/** Words in the language of the admin; `{name}` is filled from the second argument. */
export const sayIn =
  (language: string): Say =>
  (words, fill = {}) =>
    (language === 'en' ? words.en : words.vi).replace(/\{(\w+)\}/g, (_, name: string) =>
      String(fill[name] ?? ''),
    )

export const useSay = (): Say => sayIn(useTranslation().i18n.language)

export const useLanguage = (): 'vi' | 'en' =>
  useTranslation().i18n.language === 'en' ? 'en' : 'vi'
