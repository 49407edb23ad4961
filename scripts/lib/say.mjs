/** Plain lines with a progress sign. A failure is a `Stop`: its lines are printed, never a stack. */

const SIGNS = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

export class Stop extends Error {
  constructor(lines, code = 1) {
    const all = Array.isArray(lines) ? lines : [lines]
    super(all[0])
    this.lines = all
    this.code = code
  }
}

export const say = (line = '') => process.stdout.write(`${line}\n`)

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`

const onTerminal = () => process.stdout.isTTY === true && !process.env.CI

/** On a terminal a turning sign; in a log one line when a step takes long, so that nobody thinks it hangs. */
const progress = (title, since) => {
  if (!onTerminal()) {
    const timer = setTimeout(() => say(`… ${title}`), 2_000)
    return () => clearTimeout(timer)
  }
  let turn = 0
  const timer = setInterval(() => {
    turn += 1
    process.stdout.write(`\r${SIGNS[turn % SIGNS.length]} ${title} ${seconds(Date.now() - since)} `)
  }, 120)
  return () => {
    clearInterval(timer)
    process.stdout.write('\r\x1b[2K')
  }
}

/**
 * Runs one step and says how it went: `work` returns a detail for the line, or `{ value, detail }` when the
 * caller needs something back.
 */
export const step = async (title, work) => {
  const since = Date.now()
  const end = progress(title, since)
  try {
    const result = await work()
    end()
    const detail = typeof result === 'string' ? result : result?.detail
    say(`✓ ${title}${detail ? `: ${detail}` : ''} (${seconds(Date.now() - since)})`)
    return typeof result === 'object' ? result.value : undefined
  } catch (error) {
    end()
    say(`✗ ${title} (${seconds(Date.now() - since)})`)
    throw error
  }
}

/** The last word of a script: its failure in plain lines and an exit status. */
export const sayFailure = (error) => {
  const lines =
    error instanceof Stop ? error.lines : [String(error?.message ?? error).split('\n')[0]]
  for (const line of lines) process.stderr.write(`  ${line}\n`)
  return error instanceof Stop ? error.code : 1
}
