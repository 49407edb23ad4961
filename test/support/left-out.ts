/** Says loudly that a case is left out, since this machine has not what it needs: a right, or a program. */
export const leaveOut = (what: string): void => {
  process.stderr.write(`left out: ${what}\n`)
}
