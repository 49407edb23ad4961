import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { benchFits } from './fits'
import { benchLibrary } from './library'
import { benchMedia } from './media'
import { benchSignToPage } from './sign-to-page'
import { benchStart } from './start'
import { benchUpload } from './upload'

/**
 * npm run bench [-- --only media|fits|library|page|start|upload]: measures side by side and writes its part of RESULTS.md.
 * `page` and `upload` need a running newsroom (npm start); the others want an idle machine; so does `upload`.
 * `--only upload --mib 64` and `--only library --count 2000` are small runs that are shown and not written down.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    mib: { type: 'string' },
    count: { type: 'string' },
  },
})

export type Figure = {
  name: string
  ratio: number | null
  limit: number | null
  /** The limit is the least, not the most. */
  atLeast?: boolean
  detail: string
}

const parts: [string, () => Promise<Figure[]>][] = [
  ['media', benchMedia],
  ['fits', benchFits],
  ['library', () => benchLibrary(values.count ? { count: Number(values.count), rounds: 200 } : {})],
  ['page', () => benchSignToPage({ rounds: 20 })],
  ['start', benchStart],
  ['upload', () => benchUpload(values.mib ? { mib: Number(values.mib) } : {})],
]

const verdict = ({ ratio, limit, atLeast }: Figure): string => {
  if (ratio === null || limit === null) return ''
  return (atLeast ? ratio >= limit : ratio <= limit) ? 'holds' : 'does not hold'
}

const row = (figure: Figure): string =>
  `| ${figure.name} | ${figure.ratio?.toFixed(3) ?? ''} | ${figure.limit === null ? '' : `${figure.atLeast ? '≥' : '≤'} ${figure.limit}`} | ${verdict(figure)} | ${figure.detail} |`

const FILE = path.resolve('scripts/bench/RESULTS.md')
const HEAD = '# Results\n\nEach part says which command made it, when and on what.\n'

/** The parts that stand in the file, by name; measuring one leaves the others as they are. */
const standing = (): Map<string, string> => {
  const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : ''
  const found = text.split(/^## /m).slice(1)
  return new Map(found.map((part) => [part.split('\n')[0] ?? '', `## ${part.trim()}\n`]))
}

const asked = (name: string): string => process.argv.slice(2).join(' ') || `--only ${name}`

const sectionOf = (name: string, figures: Figure[]): string => {
  const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`
  const load = loadavg().map((one) => one.toFixed(1))[1]
  const made = `Made by \`npm run bench -- ${asked(name)}\` on ${new Date().toISOString().slice(0, 10)}: ${machine}; load over five minutes at the end ${load}.`
  const table = [
    '| what | figure | limit | | detail |',
    '|---|---|---|---|---|',
    ...figures.map(row),
  ]
  return `## ${name}\n\n${made}\n\n${table.join('\n')}\n`
}

const main = async (): Promise<void> => {
  for (const [name, measure] of parts) {
    if (values.only && values.only !== name) continue
    const section = sectionOf(name, await measure())
    process.stdout.write(section)
    if (values.mib || values.count) continue
    const all = standing().set(name, section)
    writeFileSync(FILE, [HEAD, ...all.values()].join('\n'))
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
    process.exit(1)
  },
)
