import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { env } from '../env'
import { logOf } from '../log'

const run = promisify(execFile)
const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`

/**
 * The script that stands between us and ffmpeg. Its text lives here, not in a file beside, because the worker
 * is one bundled file. What it does, in order:
 *  - an empty environment, so that no secret is in reach of a parser that a hostile clip took over;
 *  - no network, where the system permits a network namespace;
 *  - SIGKILL as soon as the parent dies (a killed worker otherwise leaves an ffmpeg writing beside its successor);
 *    asked for after the namespace, which would clear it, and checked once more for a parent that died before it;
 *  - limits on CPU seconds, address space, file size and open files; no core dumps; low priority.
 * The first argument may be `--guard=cpuSeconds:fileBytes:parentPid`; the rest is the program's own.
 */
const textOf = (program: string, apart: string) => `#!/bin/sh
limits=60:1073741824:$PPID
case "$1" in --guard=*) limits=\${1#--guard=}; shift ;; esac
cpu=\${limits%%:*}; rest=\${limits#*:}; fsize=\${rest%%:*}; parent=\${rest#*:}
exec env -i PATH="$PATH" LC_ALL=C HOME=/nonexistent ${apart} setpriv --pdeathsig KILL --no-new-privs -- \\
  sh -c '[ "$PPID" = "$1" ] || exit 137; shift; exec "$@"' guard "$parent" \\
  prlimit --cpu="$cpu" --as=6000000000 --fsize="$fsize" --nofile=256 --core=0 -- nice -n 10 ${quoted(program)} "$@"
`

const permitted = async (words: readonly string[]) => {
  const [program = '', ...rest] = words
  return run(program, [...rest, 'true'], { timeout: 5_000 }).then(
    () => true,
    () => false,
  )
}

const findApart = async (): Promise<string> => {
  if (await permitted(['unshare', '-n'])) return 'unshare -n --'
  if (await permitted(['unshare', '-r', '-n'])) return 'unshare -r -n --'
  logOf('media').info(
    'no network namespace is permitted here; ffmpeg is kept from the network by its whitelist alone',
  )
  return ''
}

let apart: Promise<string> | undefined
const written = new Map<string, Promise<string>>()

const write = async (program: string): Promise<string> => {
  apart ??= findApart()
  const text = textOf(program, await apart)
  const folder = path.join(env.DATA_DIR, 'guard')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, createHash('sha256').update(text).digest('hex').slice(0, 16))
  // Rename, so that a second process never runs a half-written script, nor meets "text file busy".
  const fresh = `${file}.${process.pid}`
  await writeFile(fresh, text, { mode: 0o700 })
  await chmod(fresh, 0o700)
  await rename(fresh, file)
  return file
}

/** Path of the guard for this program, written at first use under a name that is its content's hash. */
export const guardFor = (program: string): Promise<string> => {
  const known = written.get(program)
  if (known) return known
  const made = write(program)
  written.set(program, made)
  made.catch(() => written.delete(program))
  return made
}

export const guardLimits = ({
  cpuSeconds,
  fsizeBytes,
}: {
  cpuSeconds: number
  fsizeBytes: number
}) => `--guard=${Math.ceil(cpuSeconds)}:${Math.ceil(fsizeBytes)}:${process.pid}`
