import { refuse, type Help, type Outcome, type Refusal } from '@/errors'
import type { Row } from '@/records/db'
import { sealedStory, sealedVariant } from '@/stories/fields-sealed'
import { tagList } from '@/stories/text'
import type { Content } from './manifest'
import {
  boundNow,
  clipFactsOf,
  placed,
  renditionOf,
  thumbnailOf,
  wholeOf,
  type ClipFacts,
  type Material,
  type PlacedFile,
} from './material'

/** What goes out, as plain values: the words and facts that the seal binds. */
export type SealedWords = {
  kind: 'clip' | 'text' | 'audio' | 'photo'
  story: {
    slug: string
    title: string
    summary: string
    body: string
    byline: string
    section: string
    sectionSlug: string
    credit: string
    signedBy: string
  }
  variant: { title: string; text: string; tags: string[]; thumbnail: PlacedFile | null }
  facts: ClipFacts | null
}

export type SealRefusal =
  | 'unsigned'
  | 'voided'
  | 'story-changed'
  | 'variant-changed'
  | 'rendition-changed'
  | 'bytes-differ'
  | 'source-out'

const HELP: Record<SealRefusal, Help> = {
  unsigned: { vi: 'Kênh này chưa được ký duyệt.', en: 'This channel is not signed.' },
  voided: {
    vi: 'Ấn đã mất hiệu lực. Cần ký lại.',
    en: 'The seal is void. It must be signed again.',
  },
  'story-changed': { vi: 'Bài đã đổi sau khi ký. Cần ký lại.', en: 'The story changed after the signature. It must be signed again.' }, // prettier-ignore
  'variant-changed': { vi: 'Bản kênh đã đổi sau khi ký. Cần ký lại.', en: 'The variant changed after the signature. It must be signed again.' }, // prettier-ignore
  'rendition-changed': { vi: 'Bản chuyển mã đã đổi sau khi ký. Cần ký lại.', en: 'A rendition changed after the signature. It must be signed again.' }, // prettier-ignore
  'bytes-differ': { vi: 'Tệp trong kho không còn đúng như lúc ký. Báo quản trị.', en: 'A file in the store is not what was signed. Tell the administrator.' }, // prettier-ignore
  'source-out': {
    vi: 'Nguồn của tin không còn hiệu lực.',
    en: 'The source of the story is no longer in force.',
  },
}

export const sealRefusal = (reason: SealRefusal, detail?: Record<string, unknown>): Refusal =>
  refuse(reason, HELP[reason], detail)

export type Built = {
  kind: SealedWords['kind']
  content: Content
  facts: ClipFacts | null
  thumbnail: PlacedFile | null
  renditions: Record<string, PlacedFile[]>
}

/** What a channel would show of the material as it is now. */
export const contentOf = (
  material: Material,
  variant: Row<'variants'>,
  binds: readonly string[],
): Outcome<Built> => {
  const whole = wholeOf(material)
  if (!whole) return sealRefusal('story-changed', { field: 'section' })
  const recipes = material.story.kind === 'clip' ? boundNow(material, binds) : []
  const rows = recipes.map((recipe) => ({ recipe, row: renditionOf(material, recipe) }))
  const thumbnail = thumbnailOf(material, variant.thumbnail ?? '')
  const missing = rows.find(({ row }) => !row)
  if (missing || thumbnail === 'unknown') {
    return sealRefusal('rendition-changed', { recipe: missing?.recipe ?? 'thumbnail' })
  }
  const renditions = Object.fromEntries(
    rows.map(({ recipe, row }) => [recipe, row ? placed(row) : []]),
  )
  const facts = clipFactsOf(material)
  const content: Content = {
    story: sealedStory(whole),
    variant: sealedVariant(variant, material.story.kind),
    facts,
    thumbnail,
    renditions,
  }
  return { ok: true, kind: material.story.kind, content, facts, thumbnail, renditions }
}

export const wordsOf = (built: Built, signedBy: string): SealedWords => {
  const { story, variant } = built.content
  const word = (values: Record<string, string>, id: string) => values[id] ?? ''
  return {
    kind: built.kind,
    story: {
      slug: word(story, 'slug'),
      title: word(story, 'title'),
      summary: word(story, 'summary'),
      body: word(story, 'body'),
      byline: word(story, 'byline'),
      section: word(story, 'section'),
      sectionSlug: word(story, 'sectionSlug'),
      credit: word(story, 'credit'),
      signedBy,
    },
    variant: {
      title: word(variant, 'title'),
      text: word(variant, 'text'),
      tags: tagList(word(variant, 'tags').replaceAll('\n', ',')),
      thumbnail: built.thumbnail,
    },
    facts: built.facts,
  }
}
