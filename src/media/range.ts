export type Span = { start: number; end: number }

/**
 * The Range header over a file of `bytes` bytes. One span is served; several, or what can't be understood, are
 * answered with the whole file, as RFC 9110 §14.2 allows; a span outside the file is refused.
 */
export const rangeOf = (header: string | null, bytes: number): Span | 'whole' | 'refused' => {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!asked) return 'whole'
  const [, from = '', to = ''] = asked
  if (from === '' && to === '') return 'whole'
  if (from === '') {
    const last = Math.min(Number(to), bytes)
    return last === 0 ? 'refused' : { start: bytes - last, end: bytes - 1 }
  }
  const start = Number(from)
  const end = to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
  if (to !== '' && Number(to) < start) return 'whole'
  return start >= bytes ? 'refused' : { start, end }
}
