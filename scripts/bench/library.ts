import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chance, fillHouse, type Chance, type Told } from './library-rows'
import { cpuSeconds, residentMib } from './web-process'

type House = { port: number; tokens: string[]; pid: number; child: ChildProcess }

const settingsFor = (folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_ENV: 'production',
  DATABASE_URL: `file:${path.join(folder, 'house.db')}`,
  DATA_DIR: path.join(folder, 'data'),
  MEDIA_DIR: path.join(folder, 'media'),
  PAYLOAD_SECRET: 'a-secret-of-the-bench-0123456789abcdef',
  VAULT_KEY: '0'.repeat(64),
  LOG_LEVEL: 'error',
})

const run = (folder: string, script: string) =>
  spawn(process.execPath, ['scripts/run.mjs', script], {
    env: settingsFor(folder),
    stdio: ['ignore', 'pipe', 'inherit'],
  })

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve, reject) =>
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`ended with ${code}`)),
    ),
  )

const openHouse = (folder: string): Promise<House> =>
  new Promise((resolve, reject) => {
    const child = run(folder, 'scripts/bench/library-house.ts')
    let said = ''
    child.once('exit', (code) => reject(new Error(`the house ended with ${code}`)))
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
      const line = said.split('\n').find((one) => one.startsWith('{') && one.endsWith('}'))
      if (line) resolve({ ...(JSON.parse(line) as Omit<House, 'child'>), child }) // our own line
    })
  })

const bare = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase()

const some = (told: Told[], roll: Chance): Told => {
  const one = told[roll(told.length)]
  if (!one) throw new Error('nothing was told')
  return one
}
const piece = (text: string, count: number, roll: Chance) => {
  const words = bare(text).split(' ')
  const from = roll(Math.max(1, words.length - count))
  return words.slice(from, from + count).join(' ')
}
const mistyped = (text: string, roll: Chance) => {
  const at = 1 + roll(Math.max(1, text.length - 2))
  return `${text.slice(0, at)}z${text.slice(at + 1)}`
}

/** What an archive editor asks, and how often of a hundred times. */
const MIX: [string, number, (one: Told, roll: Chance, sections: string[]) => Record<string, string>][] = [
  ['words', 30, (one, roll) => ({ q: piece(one.title, 2 + roll(2), roll) })],
  ['a word begun', 15, (one, roll) => ({ q: piece(one.title, 2, roll).slice(0, -1) })],
  ['a wrong letter', 20, (one, roll) => ({ q: mistyped(piece(one.title, 2, roll), roll) })],
  ['who and where', 10, (one) => ({ q: bare(`${one.people} ${one.place}`) })],
  ['person filter', 5, (one) => ({ person: bare(one.people), place: bare(one.place) })],
  ['filters alone', 10, (one, _, [section = '']) => ({ kind: 'video', section, rights: 'expired', from: one.day })], // prettier-ignore
  ['one common word', 5, () => ({ q: 'thi' })],
  ['nothing at all', 5, () => ({})],
] // prettier-ignore

const deck = MIX.flatMap(([name, share, make]) => Array.from({ length: share }, () => ({ name, make }))) // prettier-ignore

const quantile = (sorted: number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN

const askOnce = async (house: House, query: Record<string, string>, n: number) => {
  const token = house.tokens[n % house.tokens.length] ?? ''
  const began = performance.now()
  const answer = await fetch(`http://127.0.0.1:${house.port}/api/library?${new URLSearchParams(query)}`, {
    headers: { Authorization: `JWT ${token}` },
  }) // prettier-ignore
  const body = (await answer.json()) as { total?: number }
  const took = performance.now() - began
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(body)}`)
  return { took, total: body.total ?? 0 }
}

const measure = async (house: House, told: Told[], sections: string[], rounds: number) => {
  const roll = chance(11)
  const cold = await askOnce(house, {}, 0)
  const times: { name: string; took: number }[] = []
  let found = 0
  const began = cpuSeconds(house.pid)
  for (let n = 0; n < rounds; n++) {
    const { name, make } = deck[roll(deck.length)] ?? { name: '', make: () => ({}) }
    const { took, total } = await askOnce(house, make(some(told, roll), roll, sections), n)
    times.push({ name, took })
    found += Number(total > 0)
  }
  const cpu = (cpuSeconds(house.pid) - began) / rounds
  return { cold: cold.took, total: cold.total, times, found, cpu }
}

const worstOf = (times: { name: string; took: number }[]) =>
  MIX.map(([name]) => {
    const own = times.filter((one) => one.name === name).map(({ took }) => took)
    return `${name} ${quantile(
      own.sort((a, b) => a - b),
      0.95,
    ).toFixed(0)} ms`
  }).join(', ')

/** Finding the old tape among so many, through the API of one web process on SQLite. */
export const benchLibrary = async ({ count = 50_000, rounds = 600 } = {}) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hoi-tu-library-'))
  for (const name of ['data', 'media']) mkdirSync(path.join(folder, name))
  await ended(run(folder, 'scripts/migrate.ts'))
  const { told, sections } = fillHouse(path.join(folder, 'house.db'), count)
  const house = await openHouse(folder)
  try {
    const before = residentMib(house.pid)
    const { cold, total, times, found, cpu } = await measure(house, told, sections, rounds)
    if (total !== count) throw new Error(`${total} of ${count} originals are found`)
    const sorted = times.map(({ took }) => took).sort((a, b) => a - b)
    const asked = `${rounds} questions one after another by three editors, ${count} originals, SQLite; ${found} found something`
    const seconds = (q: number) => quantile(sorted, q) / 1000
    const memory = `web process ${before.toFixed(0)} MiB before, ${residentMib(house.pid).toFixed(0)} MiB after`
    return [
      { name: 'find the old tape, p50 (s)', ratio: seconds(0.5), limit: null, detail: asked },
      { name: 'find the old tape, p95 (s)', ratio: seconds(0.95), limit: 0.3, detail: `p95 by question: ${worstOf(times)}` }, // prettier-ignore
      { name: 'processor time of a question (s)', ratio: cpu, limit: null, detail: 'of the web process, whatever else the machine does' }, // prettier-ignore
      { name: 'the first question, index built (s)', ratio: cold / 1000, limit: null, detail: memory }, // prettier-ignore
    ]
  } finally {
    house.child.removeAllListeners('exit')
    house.child.kill('SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
}
