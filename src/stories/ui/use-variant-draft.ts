'use client'

import { useEffect, useMemo, useState } from 'react'
import type { VariantText } from './types'

export type DraftText = { title: string; text: string; tags: string; thumbnail: string }

const FIELDS = ['title', 'text', 'tags', 'thumbnail'] as const

const storedOf = (variant: VariantText): DraftText => ({
  title: variant.title,
  text: variant.text ?? '',
  tags: Array.isArray(variant.tags) ? variant.tags.join(', ') : (variant.tags ?? ''),
  thumbnail: variant.thumbnail ?? '',
})

const same = (one: DraftText, other: DraftText) =>
  FIELDS.every((field) => one[field] === other[field])

const keyOf = (variant: VariantText) => `ht-variant-${variant.id}`

const isDraft = (value: unknown): value is DraftText =>
  typeof value === 'object' &&
  value !== null &&
  FIELDS.every((field) => field in value && typeof Reflect.get(value, field) === 'string')

const journalled = (variant: VariantText): DraftText | null => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(variant)) ?? 'null')
    return isDraft(kept) ? kept : null
  } catch {
    return null
  }
}

const journal = (variant: VariantText, typed: DraftText | null) => {
  try {
    if (typed) localStorage.setItem(keyOf(variant), JSON.stringify(typed))
    else localStorage.removeItem(keyOf(variant))
  } catch {
    // A browser that keeps nothing still shows what was typed.
  }
}

/**
 * What is typed lies over what is stored, and in the browser's journal until it is saved: neither a refused save, a
 * reload nor somebody else's save loses a character.
 */
export const useVariantDraft = (variant: VariantText) => {
  const [typed, setTyped] = useState<DraftText | null>(null)
  useEffect(() => setTyped(journalled(variant)), [variant.id])
  const stored = useMemo(() => storedOf(variant), [variant])
  const text = typed ?? stored
  const dirty = typed !== null && !same(typed, stored)
  const keep = (next: DraftText | null) => {
    setTyped(next)
    journal(variant, next)
  }
  return {
    text,
    dirty,
    change: (part: Partial<DraftText>) => keep({ ...text, ...part }),
    forget: () => keep(null),
  }
}
