import { describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import * as house from './support/house'

const ROOT = path.resolve(import.meta.dirname, '..')

/** Tracked files and new ones that are not ignored: a broken rule shows before it is committed. */
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((name) => name !== '' && existsSync(path.join(ROOT, name)))

const isText = (name: string) => !/\.(png|jpe?g|webp|avif|woff2?|mp[34]|ico)$/.test(name)
const all = files.filter(isText).map((name) => house.readSource(ROOT, name))
const isSource = (name: string) =>
  name === 'payload.config.ts' || /^src\/.*\.(tsx?|mjs|css)$/.test(name)
const sources = all.filter((file) => isSource(file.path)).filter(house.isOurs)
const scripts = sources.filter((file) => /\.tsx?$/.test(file.path))
const tests = all.filter((file) => /^test\/.*\.tsx?$/.test(file.path))

const sample = (name: string, text: string) => ({ path: name, text })

describe('the walls between the rooms', () => {
  it('hold: a room imports only what stands below it', () => {
    expect(scripts.flatMap(house.wallFindings)).toEqual([])
  })

  it.each([
    ['src/media/probe.ts', "import { getPayload } from 'payload'"],
    ['src/publishers/youtube/api.ts', "import { change } from '@/records/change'"],
    ['src/signoff/decide.ts', "import { plan } from '../deliveries/plan'"],
    ['src/site/pages.ts', "const { x } = await import('@/stories/lists')"],
    ['src/clock.ts', "import { change } from './records/change'"],
    ['src/assets/intake.ts', "import { start } from '@/queue/worker'"],
    ['src/queue/jobs.ts', "import { hangBell } from '@/records/bell'"],
    ['src/records/db.ts', "export { a } from '@/audit/chain'"],
  ])('stop %s', (name, text) => {
    expect(house.wallFindings(sample(name, text))).toHaveLength(1)
  })

  it('let the worker and the doors see every room', () => {
    const text = "import { a } from '@/deliveries/deliver'\nimport { b } from '@/media/ladder'"
    expect(house.wallFindings(sample('src/queue/worker.ts', text))).toEqual([])
    expect(house.wallFindings(sample('src/app/(site)/route.tsx', text))).toEqual([])
  })
})

describe('what only one place may touch', () => {
  const rules = [
    ['libraries', house.libraryFindings, 'src/people/x.ts', "import Bull from 'bull'"],
    ['the environment', house.envFindings, 'src/site/x.ts', 'const port = process.env.PORT'],
    [
      'the database adapter',
      house.databaseFindings,
      'src/site/x.ts',
      'await payload.db.updateOne(a)',
    ],
    ['the wall clock', house.clockFindings, 'src/site/x.ts', 'const at = new Date()'],
    [
      'a platform by name',
      house.platformFindings,
      'src/deliveries/arm.ts',
      "if (name === 'youtube') go()",
    ],
    [
      'the name of an error class',
      house.errorNameFindings,
      'src/site/x.ts',
      "if (error.name === 'ValidationError') go()",
    ],
    ['the checks themselves', house.anyFindings, 'src/site/x.ts', 'const a = b as any'],
  ] as const

  it.each(rules)('%s: nobody else does', (_name, rule, _file, _text) => {
    expect(scripts.flatMap(rule)).toEqual([])
  })

  it.each(rules)('%s: a bad sample is caught', (_name, rule, name, text) => {
    expect(rule(sample(name, text))).toHaveLength(1)
  })

  it('tests switch no check off either', () => {
    const judged = tests.filter(
      (file) => !/test\/(house\.test|support\/house)\.ts$/.test(file.path),
    )
    expect(judged.flatMap(house.anyFindings)).toEqual([])
  })
})

describe('sizes', () => {
  const lines = scripts.map(house.lineCount).sort((a, b) => a - b)
  const at = (share: number) => lines[Math.ceil(lines.length * share) - 1] ?? 0
  const over = (list: typeof all, max: number) =>
    list
      .filter((file) => house.lineCount(file) > max)
      .map((file) => `${file.path} ${house.lineCount(file)}`)

  it('half of the source files have at most 80 lines, 19 of 20 at most 220', () => {
    expect(at(0.5)).toBeLessThanOrEqual(80)
    expect(at(0.95)).toBeLessThanOrEqual(220)
  })

  it('no source or script is over 300 lines, no test over 400', () => {
    const mjs = all.filter((file) => /^scripts\/.*\.(mjs|ts)$/.test(file.path))
    expect(over([...sources, ...mjs], 300)).toEqual([])
    expect(over(tests, 400)).toEqual([])
  })

  it('no function has more than 50 lines of its own', () => {
    expect(scripts.flatMap((file) => house.longFunctions(file))).toEqual([])
  })

  it('a function of 51 lines is caught, and a helper inside is counted by itself', () => {
    const body = (count: number) => Array.from({ length: count }, () => '  go()').join('\n')
    const long = `const a = () => {\n${body(49)}\n}`
    const nested = `const a = () => {\n${body(20)}\nconst b = () => {\n${body(40)}\n}\n}`
    expect(house.longFunctions(sample('src/a.ts', long))).toHaveLength(1)
    expect(house.longFunctions(sample('src/a.ts', long.replace('  go()\n', '')))).toEqual([])
    expect(house.longFunctions(sample('src/a.ts', nested))).toEqual([])
  })
})

describe('the furniture', () => {
  const rooms = readdirSync(path.join(ROOT, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'migrations')
    .map((entry) => `src/${entry.name}/README.md`)

  it('every room has a README of at most 40 lines', () => {
    const missing = [...rooms, 'src/README.md'].filter((name) => !existsSync(path.join(ROOT, name)))
    expect(missing).toEqual([])
    const long = rooms
      .map((name) => house.readSource(ROOT, name))
      .filter((file) => house.lineCount(file) > 40)
    expect(long.map((file) => file.path)).toEqual([])
  })

  it('file names are kebab-case', () => {
    const odd = sources
      .map((file) => path.basename(file.path))
      .filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(name))
    expect(odd).toEqual([])
  })

  it('the sources carry no path and no registry of somebody’s machine', () => {
    const judged = all.filter(
      (file) => file.path !== 'test/support/house.ts' && file.path !== 'test/house.test.ts',
    )
    expect(judged.flatMap(house.foreignFindings)).toEqual([])
  })

  it.each([
    'cd /work/' + 'main',
    '  "resolved": "https://example.org/a.tgz"',
    'see /home/' + 'someone/notes',
  ])('such a line is caught: %s', (text) => {
    expect(house.foreignFindings(sample('README.md', text))).toHaveLength(1)
  })
})
