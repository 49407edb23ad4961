/** How many letters must be put in, taken out, changed or swapped with their neighbour to make one word of the other. */
export const distance = (one, other) => {
  const rows = [Array.from({ length: other.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1]
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      row[j] = Math.min(
        rows[i - 1][j] + 1,
        row[j - 1] + 1,
        rows[i - 1][j - 1] + (same ? 0 : 1),
        swapped ? rows[i - 2][j - 2] + 1 : Infinity,
      )
    }
    rows.push(row)
  }
  return rows[one.length][other.length]
}

/** Ours too, but read by the tests and the build, not by the newsroom. */
const NOT_SETTINGS = /^(S3_TEST_|HOI_TU_|HT_|MONGODB_|NEXT_)/
const NAME = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=/

const firstWord = (name) => name.split('_')[0]

/** The known name that was most likely meant; none when it is too far from all of them. */
export const closest = (name, known) => {
  const given = name.toUpperCase().replaceAll('-', '_')
  const ranked = known
    .map((one) => ({ one, far: distance(given, one) }))
    .sort((a, b) => a.far / a.one.length - b.far / b.one.length)
  const [best] = ranked
  if (!best) return undefined
  // A third of the letters may be wrong, in a short name one; half of them where the first word is right.
  const share = firstWord(best.one) === firstWord(given) ? 2 : 3
  return best.far <= Math.max(1, Math.floor(best.one.length / share)) ? best.one : undefined
}

/**
 * One line for each name in `.env` that is no setting and yet looks like one: misspelled, or with a first word of ours.
 * Names that belong to other programs (TZ, HTTPS_PROXY) are left in peace. No value is ever named.
 */
export const nameWarnings = (text, known) => {
  const words = new Set(known.filter((name) => name.includes('_')).map(firstWord))
  const names = text.split('\n').map((line) => NAME.exec(line.trim())?.[1])
  return [...new Set(names)].flatMap((name) => {
    if (!name || known.includes(name) || NOT_SETTINGS.test(name)) return []
    const meant = closest(name, known)
    if (meant) {
      return `${name}: không có biến này, có phải ${meant}? · is no setting and is not read; did you mean ${meant}?`
    }
    if (!words.has(firstWord(name.toUpperCase()))) return []
    return `${name}: không có biến này, xem .env.example · is no setting and is not read; see .env.example`
  })
}
