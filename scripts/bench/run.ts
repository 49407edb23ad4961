import { cpus } from 'node:os'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { benchMedia } from './media'
import { benchSignToPage } from './sign-to-page'
import { benchStart } from './start'

/**
 * npm run bench [-- --only media|page|start] [--rounds N]: measures side by side in one run and writes RESULTS.md.
 * `page` needs a running newsroom (npm start); `media` and `start` want an idle machine.
 */
const { values } = parseArgs({
  options: { only: { type: 'string' }, rounds: { type: 'string', default: '3' } },
})

export type Figure = { name: string; ratio: number | null; limit: number | null; detail: string }

const parts: [string, () => Promise<Figure[]>][] = [
  ['media', () => benchMedia({ rounds: Number(values.rounds) })],
  ['page', () => benchSignToPage({ rounds: 20 })],
  ['start', () => benchStart()],
]

const verdict = ({ ratio, limit }: Figure): string =>
  ratio === null || limit === null ? '' : ratio <= limit ? 'holds' : 'does not hold'

const row = (figure: Figure): string =>
  `| ${figure.name} | ${figure.ratio?.toFixed(3) ?? ''} | ${figure.limit === null ? '' : `≤ ${figure.limit}`} | ${verdict(figure)} | ${figure.detail} |`

const main = async (): Promise<void> => {
  const lines: string[] = []
  for (const [name, measure] of parts) {
    if (values.only && values.only !== name) continue
    const figures = await measure()
    lines.push(
      `\n## ${name}\n`,
      '| what | figure | limit | | detail |',
      '|---|---|---|---|---|',
      ...figures.map(row),
    )
  }
  const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`
  const command = `npm run bench${values.only ? ` -- --only ${values.only}` : ''}`
  const head = [
    '# Results',
    '',
    `Made by \`${command}\` on ${new Date().toISOString().slice(0, 10)}: ${machine}.`,
  ]
  const text = `${[...head, ...lines].join('\n')}\n`
  process.stdout.write(text)
  if (!values.only) writeFileSync(path.resolve('scripts/bench/RESULTS.md'), text)
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
