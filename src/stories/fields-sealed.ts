import type { Help } from '@/errors'
import type { Row } from '@/records/db'
import type { KindId } from './kinds'
import { tagList } from './text'

/** A story with what it points at: everything a reader can meet, before the channels. */
export type StoryWhole = {
  story: Row<'stories'>
  section: Row<'sections'>
  source: Row<'sources'>
}

type SealedField<T> = {
  id: string
  label: Help
  /** Absent: every kind has it. */
  kinds?: readonly KindId[]
  of: (whole: T) => string
}

const say = (vi: string, en: string): Help => ({ vi, en })

/**
 * Every field of a story that a reader can meet. What is not here is never sent to a channel; what is here is
 * hashed into the seal. A new field of the collection must be put here or on the list of the test beside it.
 */
export const SEALED_FIELDS: readonly SealedField<StoryWhole>[] = [
  { id: 'kind', label: say('Thể loại', 'Kind'), of: ({ story }) => story.kind },
  { id: 'slug', label: say('Đường dẫn', 'Address'), of: ({ story }) => story.slug ?? '' },
  { id: 'title', label: say('Tít', 'Title'), of: ({ story }) => story.title },
  { id: 'summary', label: say('Sapo', 'Summary'), of: ({ story }) => story.summary ?? '' },
  { id: 'body', label: say('Nội dung', 'Text'), of: ({ story }) => story.body ?? '' },
  { id: 'byline', label: say('Bút danh', 'Byline'), of: ({ story }) => story.byline ?? '' },
  { id: 'section', label: say('Chuyên mục', 'Section'), of: ({ section }) => section.name },
  {
    id: 'sectionSlug',
    label: say('Đường dẫn chuyên mục', 'Section address'),
    of: ({ section }) => section.slug,
  },
  { id: 'credit', label: say('Nguồn', 'Source'), of: ({ source }) => source.credit },
  {
    id: 'sourceVersion',
    label: say('Phiên bản nguồn', 'Source version'),
    of: ({ source }) => String(source.version ?? 1),
  },
]

/** The same for what one channel shows. The thumbnail's bytes are bound beside its name. */
export const SEALED_VARIANT_FIELDS: readonly SealedField<Row<'variants'>>[] = [
  { id: 'title', label: say('Tiêu đề', 'Title'), of: (variant) => variant.title },
  { id: 'text', label: say('Mô tả', 'Description'), of: (variant) => variant.text ?? '' },
  { id: 'tags', label: say('Từ khóa', 'Tags'), of: (variant) => tagList(variant.tags).join('\n') },
  {
    id: 'thumbnail',
    label: say('Ảnh đại diện', 'Thumbnail'),
    of: (variant) => variant.thumbnail ?? '',
  },
]

const valuesOf = <T>(
  fields: readonly SealedField<T>[],
  whole: T,
  kind: string,
): Record<string, string> =>
  Object.fromEntries(
    fields
      .filter(({ kinds }) => !kinds || kinds.some((one) => one === kind))
      .map(({ id, of }) => [id, of(whole).normalize('NFC')]),
  )

export const sealedStory = (whole: StoryWhole): Record<string, string> =>
  valuesOf(SEALED_FIELDS, whole, whole.story.kind)

export const sealedVariant = (variant: Row<'variants'>, kind: string): Record<string, string> =>
  valuesOf(SEALED_VARIANT_FIELDS, variant, kind)
