/** Prints each step, its time and its proof. */
const started = Date.now()
let stepAt = started
let name = ''

const seconds = (from: number) => ((Date.now() - from) / 1_000).toFixed(1)

export const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

export const step = (title: string): void => {
  name = title
  stepAt = Date.now()
  say(`\n▶ ${title}`)
}

export const proof = (what: string, value: string): void => say(`    ${what}: ${value}`)

export const done = (): void => say(`  ✓ ${name} (${seconds(stepAt)} s)`)

export const total = (): string => seconds(started)
