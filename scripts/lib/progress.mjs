const SIGNS = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const DRAW_MS = 120
/** A step shorter than this needs no sign in a log. */
const FIRST_MS = 3_000
const AGAIN_MS = 15_000

const onTerminal = (out) => out.isTTY === true && !process.env.CI

const elapsed = (ms) => {
  const whole = Math.floor(ms / 1000)
  return whole < 100 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** Cut to one row: a wrapped line could not be written over. */
const fitted = (line, columns) =>
  line.length < columns ? line : `${line.slice(0, Math.max(1, columns - 2))}…`

/**
 * Shows that a step still runs, with the seconds gone and what it is doing when that is known (`tell`). On a terminal
 * one line is written over and over; elsewhere a line comes now and then, so that nobody thinks it hangs.
 * @param {{ title: string, firstMs?: number, againMs?: number,
 *   out?: { write: (text: string) => unknown, isTTY?: boolean, columns?: number | undefined } }} step
 */
export const progress = ({
  title,
  out = process.stdout,
  firstMs = FIRST_MS,
  againMs = AGAIN_MS,
}) => {
  const since = Date.now()
  let doing = ''
  const words = () => `${title} ${elapsed(Date.now() - since)}${doing ? ` · ${doing}` : ''}`
  const tell = (text) => {
    doing = text ?? ''
  }
  const sign = onTerminal(out) ? turningSign(out, words) : lines(out, words, firstMs, againMs)
  return { tell, ...sign }
}

const turningSign = (out, words) => {
  let turn = 0
  const clear = () => out.write('\r\x1b[2K')
  const timer = setInterval(() => {
    turn += 1
    const line = fitted(`${SIGNS[turn % SIGNS.length]} ${words()}`, out.columns ?? 80)
    out.write(`\r\x1b[2K${line}`)
  }, DRAW_MS)
  const end = () => {
    clearInterval(timer)
    clear()
  }
  return { clear, end }
}

const lines = (out, words, firstMs, againMs) => {
  const write = () => {
    out.write(`… ${words()}\n`)
    timer = setTimeout(write, againMs)
  }
  let timer = setTimeout(write, firstMs)
  return { clear: () => undefined, end: () => clearTimeout(timer) }
}
