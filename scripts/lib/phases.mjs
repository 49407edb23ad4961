/**
 * What a program is doing, read from what it has written so far: one pure function a program, text in, a few words out.
 * Nothing known gives an empty string; then only the seconds are shown.
 */

const last = (text, pattern) => [...text.matchAll(pattern)].at(-1)

const BUILD_PHASES = [
  [/Creating an optimized production build/, 'compiling (the long part: one to four minutes)'],
  [/Compiled successfully/, 'compiled'],
  [/Collecting page data/, 'collecting page data'],
  [/Generating static pages/, 'generating pages'],
  [/Finalizing page optimization/, 'finishing the pages'],
  [/Collecting build traces/, 'collecting traces'],
]

/** `next build` (16.3): the phases in its own order. */
export const buildPhase = (text) =>
  BUILD_PHASES.findLast(([pattern]) => pattern.test(text))?.[1] ?? ''

/** `apt-get install`: fetched, unpacked, set up, each of how many. */
export const aptPhase = (text) => {
  const all = last(text, /(\d+) upgraded, (\d+) newly installed/g)
  const count = all ? Number(all[1]) + Number(all[2]) : 0
  if (count === 0) return /^(Hit|Get|Ign):/m.test(text) ? 'reading the package lists' : ''
  const seen = (pattern) => [...text.matchAll(pattern)].length
  const [fetched, unpacked, ready] = [/^Get:\d+ /gm, /^Unpacking /gm, /^Setting up /gm].map(seen)
  if (ready > 0) return `setting up, package ${Math.min(ready, count)} of ${count}`
  if (unpacked > 0) return `unpacking, package ${Math.min(unpacked, count)} of ${count}`
  return `fetching, package ${Math.min(Math.max(fetched, 1), count)} of ${count}`
}

/** scripts/migrate.ts: the migration under way. */
export const migratePhase = (text) => {
  const named = last(text, /"msg":"Migrat(?:ing|ed): +([^" ]+)/g)
  return named ? `migration ${named[1]}` : ''
}

/** scripts/seed.ts: the line that it wrote last is the thing it has just finished. */
export const seedPhase = (text) => {
  const story = last(text, /^ {2}(\d+ of \d+): (.*)$/gm)
  return story ? `story ${story[1]} is in: ${story[2]}` : ''
}

/** `npm ci`: how many of the packages that belong on this machine have arrived. */
export const packagesPhase = ({ here, due }) => {
  if (here === 0) return 'asking the registry'
  return here < due ? `package ${here} of ${due}` : `all ${due} packages here, setting them up`
}

/** The worker's log: how many clips it still has before it; `undefined` until it has said so. */
export const clipsLeft = (text) => {
  const line = last(text, /"left":(\d+)[^\n]*"msg":"a clip is (?:begun|done)"/g)
  return line ? Number(line[1]) : undefined
}
