import type { Help } from '../errors'
import type { Accepts, Limit, Work } from './publisher'

export type LimitProblem = {
  field: 'title' | 'text' | 'tags' | 'duration' | 'size'
  code: 'empty' | 'too-long' | 'forbidden-characters' | 'too-large'
  help: Help
  have: number
  max: number
}

/** A tag with a space is quoted by the platform, which costs two more; commas between tags count. */
export const tagsLength = (tags: readonly string[]): number =>
  tags.reduce((sum, tag) => sum + [...tag].length + (/\s/.test(tag) ? 2 : 0), 0) +
  Math.max(0, tags.length - 1)

/** Counts a text as the platform counts it. */
export const sizeOf = (text: string, limit: Limit): number =>
  limit.unit === 'bytes' ? Buffer.byteLength(text, 'utf8') : [...text].length

const UNITS: Record<Limit['unit'], Help> = {
  characters: { vi: 'ký tự', en: 'characters' },
  bytes: { vi: 'byte', en: 'bytes' },
  seconds: { vi: 'giây', en: 'seconds' },
  pixels: { vi: 'điểm ảnh', en: 'pixels' },
  items: { vi: 'mục', en: 'items' },
}

const NAMES: Record<LimitProblem['field'], Help> = {
  title: { vi: 'Tiêu đề', en: 'The title' },
  text: { vi: 'Phần mô tả', en: 'The description' },
  tags: { vi: 'Thẻ', en: 'The tags' },
  duration: { vi: 'Thời lượng', en: 'The duration' },
  size: { vi: 'Dung lượng tệp', en: 'The file size' },
}

const over = (field: LimitProblem['field'], have: number, limit: Limit | null): LimitProblem[] => {
  if (!limit || have <= limit.max) return []
  const unit = UNITS[limit.unit]
  return [
    {
      field,
      code: field === 'size' ? 'too-large' : 'too-long',
      have,
      max: limit.max,
      help: {
        vi: `${NAMES[field].vi} dài ${have} ${unit.vi}, tối đa ${limit.max}. Hãy rút bớt.`,
        en: `${NAMES[field].en} has ${have} ${unit.en}, the limit is ${limit.max}. Shorten it.`,
      },
    },
  ]
}

const forbidden = (field: 'title' | 'text', text: string, forbids: string): LimitProblem[] => {
  const have = [...text].filter((char) => forbids.includes(char)).length
  if (have === 0) return []
  return [
    {
      field,
      code: 'forbidden-characters',
      have,
      max: 0,
      help: {
        vi: `${NAMES[field].vi} không được chứa ${[...forbids].join(' ')}. Hãy bỏ các ký tự đó.`,
        en: `${NAMES[field].en} must not contain ${[...forbids].join(' ')}. Remove them.`,
      },
    },
  ]
}

const empty = (title: string, accepts: Accepts): LimitProblem[] =>
  accepts.title === null || title.trim() !== ''
    ? []
    : [
        {
          field: 'title',
          code: 'empty',
          have: 0,
          max: accepts.title.max,
          help: { vi: 'Chưa có tiêu đề. Hãy viết tiêu đề.', en: 'There is no title. Write one.' },
        },
      ]

/** Everything about a variant and its probed facts that the platform would refuse; empty when it would not. */
export const limitProblems = (
  accepts: Accepts,
  given: { variant: Work['variant']; facts: Work['facts']; bytes: number | null },
): LimitProblem[] => {
  const { variant, facts, bytes } = given
  const tags = accepts.tags?.unit === 'items' ? variant.tags.length : tagsLength(variant.tags)
  const forbids = accepts.forbids ?? ''
  return [
    ...empty(variant.title, accepts),
    ...(accepts.title ? over('title', sizeOf(variant.title, accepts.title), accepts.title) : []),
    ...forbidden('title', variant.title, forbids),
    ...(accepts.text ? over('text', sizeOf(variant.text, accepts.text), accepts.text) : []),
    ...forbidden('text', variant.text, forbids),
    ...over('tags', tags, accepts.tags),
    ...(facts ? over('duration', Math.ceil(facts.durationSeconds), accepts.duration) : []),
    ...(bytes === null ? [] : over('size', bytes, accepts.size)),
  ]
}
