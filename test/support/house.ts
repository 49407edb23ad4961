import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

/** The rules of the house as functions over `{ path, text }`, so that a bad sample can be fed to each. */
export type SourceFile = { path: string; text: string }

export type Finding = string

export const LEAVES = ['env', 'errors', 'log', 'clock']

/** Who may import whom among the rooms (DESIGN §2). A room's own files are always allowed; leaves are for all. */
const UPKEEP = ['people', 'audit', 'records', 'queue']
const WITH_NOTICES = ['notices', ...UPKEEP]
const BELOW: Record<string, string[]> = {
  media: [],
  publishers: [],
  queue: [],
  records: ['queue'],
  audit: ['records', 'queue'],
  people: ['audit', 'records', 'queue'],
  notices: UPKEEP,
  assets: ['media', ...WITH_NOTICES],
  captions: ['assets', 'media', ...WITH_NOTICES],
  stories: ['assets', 'media', ...WITH_NOTICES],
  signoff: ['stories', 'captions', 'assets', 'media', ...WITH_NOTICES],
  deliveries: ['signoff', 'stories', 'captions', 'assets', 'media', 'publishers', ...WITH_NOTICES],
  site: ['media', ...WITH_NOTICES],
}
BELOW.library = ['deliveries', ...(BELOW.deliveries ?? [])]
BELOW.audience = ['deliveries', ...(BELOW.deliveries ?? [])]
BELOW.planning = ['audience', ...BELOW.audience]
BELOW.reports = ['planning', ...BELOW.planning]

/** The doors and the switchboard see every room. */
const SEES_ALL = /^(payload\.config\.ts|src\/app\/|src\/queue\/worker\.ts|src\/instrumentation\.ts)/
/** The bottom of the house is `queue/jobs` alone; the rest of that room stands over records, whose bell it hangs. */
const BOTTOM = /^src\/queue\/jobs(\.ts)?$/

const GENERATED = /^src\/(payload-types\.ts|migrations\/|app\/\(payload\)\/admin\/importMap\.js)/

export const isOurs = (file: SourceFile) => !GENERATED.test(file.path)

/** Where an import leads, as a path from the root; packages come back as they are. */
const target = (from: string, specifier: string): string => {
  if (specifier === '@payload-config') return 'payload.config.ts'
  if (specifier.startsWith('@/')) return `src/${specifier.slice(2)}`
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(from), specifier)
  return specifier
}

export const importsOf = (file: SourceFile): string[] =>
  ts
    .preProcessFile(file.text, true, true)
    .importedFiles.map(({ fileName }) => target(file.path, fileName))

const roomOf = (place: string): string | undefined => {
  const [, src, room] = /^(src)\/([^/]+)/.exec(place) ?? []
  return src ? room?.replace(/\.tsx?$/, '') : undefined
}

const isPayload = (place: string) => place === 'payload' || place.startsWith('@payloadcms/')

/** Import walls. */
export const wallFindings = (file: SourceFile): Finding[] => {
  const here = roomOf(file.path)
  if (!here || SEES_ALL.test(file.path)) return []
  return importsOf(file).flatMap((place) => {
    if ((here === 'media' || here === 'publishers') && isPayload(place)) {
      return [`${file.path} imports ${place}: ${here} never knows Payload`]
    }
    const there = roomOf(place)
    if (here !== 'queue' && there === 'queue' && !BOTTOM.test(place)) {
      return [`${file.path} imports ${place}: of the queue's room only jobs is for all`]
    }
    if (here === 'queue' && there === 'records' && !BOTTOM.test(file.path)) return []
    if (!there || there === here || LEAVES.includes(there) || there === 'payload-types') return []
    if (LEAVES.includes(here)) return [`${file.path} is a leaf and imports ${place}`]
    if (here === 'records' && there === 'migrations') return []
    return BELOW[here]?.includes(there) ? [] : [`${file.path} (${here}) may not import ${place}`]
  })
}

/** One file a library. `mongodb` has its one file from the day it is needed. */
export const LIBRARY_HOME: Record<string, string> = {
  bull: 'src/queue/queue.ts',
  'fluent-ffmpeg': 'src/media/ffmpeg.ts',
  sharp: 'src/media/stills.ts',
  minisearch: 'src/library/search-index.ts',
  '@aws-sdk/client-s3': 'src/media/store/s3.ts',
  '@aws-sdk/lib-storage': 'src/media/store/s3.ts',
  mongodb: 'src/records/mongo.ts',
}

export const libraryFindings = (file: SourceFile): Finding[] =>
  importsOf(file)
    .filter((place) => place in LIBRARY_HOME && LIBRARY_HOME[place] !== file.path)
    .map((place) => `${file.path} imports ${place}; only ${LIBRARY_HOME[place]} may`)

/** Framework files that must name process.env literally. */
export const ENV_READERS = ['src/env.ts', 'src/instrumentation.ts']

const code = (file: SourceFile) => withoutComments(file.text)

const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

export const envFindings = (file: SourceFile): Finding[] =>
  /\bprocess\.env\b|\bprocess\s*\[|import\.meta\.env/.test(code(file)) &&
  !ENV_READERS.includes(file.path)
    ? [`${file.path} reads process.env`]
    : []

export const databaseFindings = (file: SourceFile): Finding[] =>
  /\bpayload\??\.db\b/.test(code(file)) && !file.path.startsWith('src/records/')
    ? [`${file.path} touches payload.db`]
    : []

export const clockFindings = (file: SourceFile): Finding[] =>
  /\bnew Date\(\s*\)|\bDate\.now\(/.test(code(file)) && file.path !== 'src/clock.ts'
    ? [`${file.path} reads the time`]
    : []

/** A build makes class names short: only the names that the platform itself gives (AbortError, TimeoutError) can be asked for. */
const BY_NAME = /\.name\s*[!=]==?\s*'(?!(?:Abort|Timeout|Syntax)Error')\w+Error'/

export const errorNameFindings = (file: SourceFile): Finding[] =>
  file.text
    .split('\n')
    .flatMap((line, n) =>
      BY_NAME.test(line) ? [`${file.path}:${n + 1} tells an error by its name`] : [],
    )

export const anyFindings = (file: SourceFile): Finding[] =>
  /\bas any\b|:\s*any\b|<any>|@ts-(ignore|nocheck|expect-error)|eslint-disable/.test(file.text)
    ? [`${file.path} switches a check off`]
    : []

const PLATFORMS = /\b(youtube|facebook|zalo|tiktok|instagram|twitter|bluesky|telegram)/i

/**
 * Files outside publishers/ that may say a platform's name: lists of names, labels and icons for people to choose
 * from, and the doors that plug a publisher in.
 */
export const PLATFORM_LABELS = [
  'src/media/profiles.ts', // what each of them takes, as data
  'src/publishers/index.ts',
  'src/deliveries/collection.ts',
  'src/deliveries/platforms.ts',
  'src/deliveries/publishers.ts',
  'src/queue/worker.ts',
  'src/site/html/story.tsx', // a share tag bears a platform's name
  'src/stories/lists.ts',
  'src/stories/collection.ts',
]

export const platformFindings = (file: SourceFile): Finding[] => {
  const own = /^src\/publishers\/([^/]+)\//.exec(file.path)?.[1]
  if (PLATFORM_LABELS.includes(file.path) || /^src\/[^/]+\/ui\//.test(file.path)) return []
  const named = PLATFORMS.exec(code(file))?.[1]?.toLowerCase()
  if (!named || named === own) return []
  return [`${file.path} names ${named}`]
}

/** What must not leave this machine with the sources. The words are put together so that this file passes itself. */
const FOREIGN = new RegExp(
  [
    '/(work|farm)/(main|shared|steering|in|\\.library)\\b',
    '/tmp/' + '(team|bash_jobs)',
    '"resolved":\\s*"http',
    '(^|[^\\w])registry\\.(?!npmjs\\.org)[a-z0-9-]+\\.[a-z]{2,}',
    '/(home|Users)/[a-z]+/',
  ].join('|'),
  'm',
)

export const foreignFindings = (file: SourceFile): Finding[] => {
  const found = FOREIGN.exec(file.text)
  return found ? [`${file.path} has ${found[0].trim()}`] : []
}

export const lineCount = (file: SourceFile) => file.text.trimEnd().split('\n').length

/** The function's own lines: what it nests is measured by itself. */
export const longFunctions = (file: SourceFile, max = 50): Finding[] => {
  const kind = file.path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true, kind)
  const lineAt = (place: number) => tree.getLineAndCharacterOfPosition(place).line
  const found: Finding[] = []
  const walk = (node: ts.Node): number => {
    const inner = sumOf(node, walk)
    if (!isFunction(node)) return inner
    const whole = lineAt(node.end) - lineAt(node.getStart()) + 1
    const own = whole - inner
    if (own > max)
      found.push(`${file.path}:${lineAt(node.getStart()) + 1} function of ${own} lines`)
    // The line that opens it and the one that closes it belong to whoever holds it.
    return Math.max(0, whole - 2)
  }
  walk(tree)
  return found
}

const isFunction = (node: ts.Node) =>
  ts.isFunctionDeclaration(node) ||
  ts.isFunctionExpression(node) ||
  ts.isArrowFunction(node) ||
  ts.isMethodDeclaration(node)

const sumOf = (node: ts.Node, measure: (child: ts.Node) => number) => {
  let sum = 0
  ts.forEachChild(node, (child) => {
    sum += measure(child)
  })
  return sum
}

export const readSource = (root: string, file: string): SourceFile => ({
  path: file,
  text: readFileSync(path.join(root, file), 'utf8'),
})
