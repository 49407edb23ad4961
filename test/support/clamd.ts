import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdir, rm, writeFile } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import { leaveOut } from './left-out'

/** The harmless test virus, put together here so that no scanner takes this file for it. */
export const EICAR = [
  'X5O!P%@AP[4\\PZX54(P^)7CC)7}$',
  'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*',
].join('')

export type Scanner = { url: string; stop: () => Promise<void> }
type Faults = 'none' | 'hangs up' | 'is silent' | 'stammers'

/**
 * A strict double of clamd's INSTREAM: the command ended by NUL, pieces with their length in front, none larger than
 * 25 MB, an empty one as the end. Whatever else it gets it answers as clamd does and hangs up.
 */
export const clamdDouble = async (
  socketPath: string,
  { fault = 'none', most = 25_000_000 }: { fault?: Faults; most?: number } = {},
): Promise<Scanner> => {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined)
    let got = Buffer.alloc(0)
    const answer = (words: string) => socket.end(`${words}\0`)
    socket.on('data', (chunk: Buffer) => {
      got = Buffer.concat([got, chunk])
      if (fault === 'hangs up') return void socket.destroy()
      const heard = readStream(got, most)
      if (heard === 'more' || fault === 'is silent') return
      if (fault === 'stammers') return void socket.end('stream: O')
      answer(heard)
    })
  })
  await rm(socketPath, { force: true })
  await new Promise<void>((resolve) => server.listen(socketPath, resolve))
  return {
    url: `unix:${socketPath}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const COMMAND = 'zINSTREAM\0'

const readStream = (got: Buffer, most: number): string => {
  const command = got.subarray(0, COMMAND.length).toString('latin1')
  if (!COMMAND.startsWith(command)) return 'UNKNOWN COMMAND'
  const pieces: Buffer[] = []
  for (let at = COMMAND.length; at + 4 <= got.length;) {
    const length = got.readUInt32BE(at)
    if (length === 0) return verdictOn(Buffer.concat(pieces))
    const piece = got.subarray(at + 4, at + 4 + length)
    pieces.push(piece)
    if (pieces.reduce((sum, one) => sum + one.length, 0) > most)
      return 'INSTREAM size limit exceeded. ERROR'
    at += 4 + length
  }
  return 'more'
}
const verdictOn = (bytes: Buffer) =>
  bytes.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK'

const run = promisify(execFile)
export const hasClamd = () =>
  run('clamd', ['--version']).then(
    () => true,
    () => {
      leaveOut('the real clamd, which is not installed; its strict double alone')
      return false
    },
  )

/** A real clamd that knows one virus: the test one, by a database made here. */
export const realClamd = async (dir: string, { most = '25M' } = {}): Promise<Scanner> => {
  const database = path.join(dir, 'database')
  await mkdir(database, { recursive: true })
  const signature = Buffer.from(EICAR, 'latin1').toString('hex')
  await writeFile(path.join(database, 'test.ndb'), `Eicar-Test-Signature:0:*:${signature}\n`)
  const socketPath = path.join(dir, 'clamd.sock')
  const config = path.join(dir, 'clamd.conf')
  const lines = [
    ...['Foreground yes', `DatabaseDirectory ${database}`, `LocalSocket ${socketPath}`],
    ...[`StreamMaxLength ${most}`, 'AlertExceedsMax yes', `TemporaryDirectory ${dir}`],
    ...['MaxThreads 2', 'SelfCheck 0'],
  ]
  await writeFile(config, `${lines.join('\n')}\n`)
  const child = spawn('clamd', [`--config-file=${config}`], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const end = Date.now() + 30_000
  while (
    !(await access(socketPath).then(
      () => true,
      () => false,
    ))
  ) {
    if (child.exitCode !== null || Date.now() > end) throw new Error(`clamd did not start: ${said}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const stop = async () => {
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }
  return { url: `unix:${socketPath}`, stop }
}
