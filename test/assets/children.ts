import { spawn, type ChildProcess } from 'node:child_process'
import { until } from './support'

const children: ChildProcess[] = []

/** Starts a script of ours as a process of its own, on the newsroom of this test file. */
export const startChild = (script: string, args: string[], more: Record<string, string> = {}) => {
  const child = spawn(
    process.execPath,
    ['-C', 'production', '--import', 'tsx', `test/assets/${script}`, ...args],
    // Not `test`: the schema is there already and must not be pushed beside us.
    {
      env: { ...process.env, NODE_ENV: 'development', NODE_OPTIONS: '', ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  children.push(child)
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)))
  const ready = () => until(`${script} is ready (${said})`, () => said.includes('ready\n'), 120_000)
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return { ended, ready, kill, said: () => said }
}

export const killChildren = () => children.forEach((child) => child.kill('SIGKILL'))
