import type { Asked, Reply } from './reply'
import { apiError, isObject } from './reply'
import type { FieldType, Method } from './rules'
import { GLOBAL_PARAMS, MUTABLE, READ_ONLY, VIDEO_PARTS } from './rules'
import type { Fields } from './state'

/** Unknown or missing query parameters are refused, never ignored (RULES 2-3). */
export const badParams = (asked: Asked, method: Method): Reply | null => {
  const known = [...GLOBAL_PARAMS, ...method.params]
  const unknown = [...asked.url.searchParams.keys()].find((name) => !known.includes(name))
  if (unknown) {
    return apiError(
      400,
      'unexpectedParameter',
      `Invalid JSON payload received. Unknown name "${unknown}": Cannot bind query parameter.`,
    )
  }
  const missing = method.required.find((name) => !asked.url.searchParams.get(name))
  if (missing) {
    return apiError(400, 'missingRequiredParameter', `No filter selected. Missing: ${missing}`)
  }
  const part = partsOf(asked).find(
    (name) => method.parts.length > 0 && !method.parts.includes(name),
  )
  return part ? apiError(400, 'unknownPart', `'${part}'`) : null
}

/** `part` may be repeated, comma separated, or both (RULE 4). */
export const partsOf = (asked: Asked): string[] =>
  asked.url.searchParams
    .getAll('part')
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '')

const fits = (value: unknown, type: FieldType): boolean => {
  if (type === 'string') return typeof value === 'string'
  if (type === 'boolean') return typeof value === 'boolean'
  if (type === 'object') return isObject(value)
  if (type === 'strings')
    return Array.isArray(value) && value.every((one) => typeof one === 'string')
  if (type === 'date-time') {
    return (
      typeof value === 'string' &&
      /^\d{4}-\d\d-\d\dT/.test(value) &&
      !Number.isNaN(Date.parse(value))
    )
  }
  return typeof value === 'string' && type.includes(value)
}

const badField = (part: string, name: string, value: unknown): Reply | null => {
  const type = MUTABLE[part]?.[name]
  if (type === undefined) {
    if (READ_ONLY[part]?.includes(name)) return null
    return apiError(
      400,
      'badRequest',
      `Invalid JSON payload received. Unknown name "${name}" at 'video.${part}': Cannot find field.`,
    )
  }
  if (fits(value, type)) return null
  return apiError(400, 'badRequest', `Invalid value at 'video.${part}.${name}'`)
}

/** Refuses unknown names, wrong types and unknown enum words anywhere in the body (RULE 30). */
export const badResource = (body: Fields): Reply | null => {
  for (const [part, fields] of Object.entries(body)) {
    if (['id', 'kind', 'etag'].includes(part)) continue
    if (!VIDEO_PARTS.includes(part) || !isObject(fields)) {
      return apiError(400, 'badRequest', `Unknown name "${part}" at 'video': Cannot find field.`)
    }
    if (!MUTABLE[part]) continue
    for (const [name, value] of Object.entries(fields)) {
      const bad = badField(part, name, value)
      if (bad) return bad
    }
  }
  return null
}

/** The mutable fields of one part; what is left out is gone (RULE 32). */
export const takePart = (body: Fields, part: string): Fields => {
  const given = body[part]
  const names = Object.keys(MUTABLE[part] ?? {})
  if (!isObject(given)) return {}
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name)))
}

const tagsLength = (tags: string[]): number =>
  tags.reduce((sum, tag) => sum + tag.length + (/\s/.test(tag) ? 2 : 0), 0) +
  Math.max(0, tags.length - 1)

/** Text limits of the platform (RULES 33-36). */
export const badSnippet = (snippet: Fields, mode: 'insert' | 'update'): Reply | null => {
  const title = typeof snippet.title === 'string' ? snippet.title : ''
  const description = typeof snippet.description === 'string' ? snippet.description : ''
  const tags = Array.isArray(snippet.tags) ? snippet.tags.map(String) : []
  if (title === '' || [...title].length > 100 || /[<>]/.test(title)) {
    return apiError(
      400,
      'invalidTitle',
      'The request metadata specifies an invalid or empty video title.',
    )
  }
  if (Buffer.byteLength(description, 'utf8') > 5000 || /[<>]/.test(description)) {
    return apiError(
      400,
      'invalidDescription',
      'The request metadata specifies an invalid video description.',
    )
  }
  if (tagsLength(tags) > 500 || tags.some((tag) => /[<>]/.test(tag))) {
    return apiError(400, 'invalidTags', 'The request metadata specifies invalid video keywords.')
  }
  const category = snippet.categoryId
  const categoryOk =
    mode === 'insert' ? category === undefined || category !== '' : Boolean(category)
  if (!categoryOk) {
    return apiError(
      400,
      'invalidCategoryId',
      'The snippet.categoryId property specifies an invalid category ID.',
    )
  }
  return null
}
