import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { inRoot, ROOT } from './exec.mjs'

const IMPORT = /from '(\.{1,2}\/[^']+)'|import\('(\.{1,2}\/[^']+)'\)/g
/** What a spec that depends on the configuration mentions, itself or in a support file. */
const DEPENDS =
  /\b(setTestSettings|testConfiguration|HT_TEST_CONFIG|MONGODB_TEST_URL|S3_TEST_ENDPOINT)\b/
/** What a spec that needs more than Node mentions: a database, ffmpeg, a browser, servers, the built newsroom. */
const HEAVY =
  /\b(setTestSettings|openNewsroom|ffmpeg|ffprobe|redis-server|chromium|playwright|\.listen\(|tethered|spawn\(|execFileSync\()/

const existing = (base) =>
  ['', '.ts', '.tsx', '/index.ts']
    .map((end) => base + end)
    .find((file) => existsSync(file) && statSync(file).isFile())

const importsOf = (file, text) =>
  [...text.matchAll(IMPORT)]
    .map((match) => existing(path.resolve(path.dirname(file), match[1] ?? match[2])))
    .filter((found) => found?.startsWith(inRoot('test')))

/** Does the file, or a test file it imports, mention it? */
export const reaches = (file, mention, seen = new Set()) => {
  if (seen.has(file)) return false
  seen.add(file)
  const text = readFileSync(file, 'utf8')
  return mention.test(text) || importsOf(file, text).some((next) => reaches(next, mention, seen))
}

export const allSpecs = () =>
  readdirSync(inRoot('test'), { recursive: true })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => path.join('test', name))
    .sort()

/** The specs that say something new in the production configuration. */
export const configuredSpecs = () =>
  allSpecs().filter((file) => reaches(path.join(ROOT, file), DEPENDS))

/** They speak of heavy things without starting any. */
const LIGHT_ALL_THE_SAME = [
  'test/house.test.ts',
  'test/start/machine.test.ts',
  'test/start/settings.test.ts',
]

/** The specs quick enough for `npm run check`: they boot nothing. */
export const lightSpecs = () =>
  allSpecs().filter(
    (file) => LIGHT_ALL_THE_SAME.includes(file) || !reaches(path.join(ROOT, file), HEAVY),
  )
