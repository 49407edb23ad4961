/** Counts a text as the platform does; the server's own count decides. */
export const countOf = (text: string, unit: string): number =>
  unit === 'bytes' ? new TextEncoder().encode(text).length : [...text].length

/** Tags go out as one list: the commas count, and a tag with a space is put in quotes. */
export const countTags = (typed: string, unit: string): number => {
  const tags = typed
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
  if (unit === 'items') return tags.length
  const quoted = tags.map((tag) => (/\s/.test(tag) ? `"${tag}"` : tag))
  return countOf(quoted.join(','), unit)
}
