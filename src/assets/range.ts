/** What a Range header asks of a file of `size` bytes: all of it, one span (end included), or what can't be had. */
export type Span = { kind: 'all' } | { kind: 'part'; start: number; end: number } | { kind: 'none' }

/** One span of bytes. Several at once, or another unit, is answered with the whole file, as RFC 9110 permits. */
export const spanOf = (header: string | null, size: number): Span => {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!found) return { kind: 'all' }
  const [, from = '', to = ''] = found
  if (from === '' && to === '') return { kind: 'all' }
  if (from === '') return last(Number(to), size)
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < start) return { kind: 'all' }
  return start >= size ? { kind: 'none' } : { kind: 'part', start, end }
}

const last = (count: number, size: number): Span =>
  count === 0 || size === 0
    ? { kind: 'none' }
    : { kind: 'part', start: Math.max(0, size - count), end: size - 1 }
