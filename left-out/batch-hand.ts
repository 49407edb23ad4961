import { execFile } from 'node:child_process'
import { chmod, copyFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { env } from '../../src/env'

/** One ffmpeg run as the worker made it: where, with which words, from when to when (nanoseconds). */
export type Noted = { cwd: string; argv: string[]; from: number; to: number }

const run = promisify(execFile)

/** Stands in for ffmpeg during the round that is not measured, and notes each command. Its path. */
export const recorder = async (folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, 'recorder')
  await writeFile(
    file,
    `#!/bin/sh
note='${folder}'/$$-$(date +%s%N)
{ printf '%s\\0' "$PWD" "$@"; } > "$note.words"
date +%s%N > "$note.from"
'${env.FFMPEG_PATH}' "$@"
code=$?
date +%s%N > "$note.to"
exit $code
`,
  )
  await chmod(file, 0o755)
  return file
}

export const notedIn = async (folder: string): Promise<Noted[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.words'))
  const all = await Promise.all(
    names.map(async (name) => {
      const base = path.join(folder, name.replace(/\.words$/, ''))
      const [cwd = '', ...argv] = (await readFile(`${base}.words`, 'utf8')).split('\0').slice(0, -1)
      const at = async (end: string) => Number(await readFile(`${base}.${end}`, 'utf8'))
      return { cwd, argv, from: await at('from'), to: await at('to') }
    }),
  )
  return all.sort((a, b) => a.from - b.from)
}

/** Commands of one clip in the order they ran; those that ran beside each other stand in one group. */
const groupsOf = (noted: readonly Noted[]): Noted[][] => {
  const groups: Noted[][] = []
  let until = 0
  for (const one of noted) {
    const last = groups.at(-1)
    if (last && one.from < until) last.push(one)
    else groups.push([one])
    until = Math.max(until, one.to)
  }
  return groups
}

const assetOf = ({ cwd }: Noted) => /\/work\/([^/]+)\//.exec(cwd)?.[1] ?? ''
const SOURCE = /file:(\S*\/work\/[^/]+\/source\/[^/\s]+)/

/**
 * The same commands for one clip in another folder: bare ffmpeg, no rows, no store, no checks. A part gets the pass's
 * name when its last command is done, for the next ones read it there.
 */
const replay = async (noted: readonly Noted[], moved: (text: string) => string) => {
  const left = [...noted]
  for (const group of groupsOf(noted)) {
    await Promise.all(
      group.map(async ({ cwd, argv }) => {
        await mkdir(moved(cwd), { recursive: true })
        await run(env.FFMPEG_PATH, argv.map(moved), { cwd: moved(cwd), maxBuffer: 1e8 })
      }),
    )
    left.splice(0, group.length)
    for (const part of new Set(group.map(({ cwd }) => /^.*\.part-[^/]+/.exec(cwd)?.[0] ?? ''))) {
      if (part === '' || left.some(({ cwd }) => cwd.startsWith(part))) continue
      await rename(moved(part), moved(part).replace(/\.part-[^/]+$/, ''))
    }
  }
}

/** All clips, so many at a time. Seconds that it took; the copies of the sources are laid out before. */
export const byHand = async (args: {
  noted: readonly Noted[]
  from: string
  to: string
  source: (asset: number) => string
  atOnce: number
}): Promise<number> => {
  const moved = (text: string) => text.replaceAll(args.from, args.to)
  const assets = [...new Set(args.noted.map(assetOf))]
  const of = (asset: string) => args.noted.filter((one) => assetOf(one) === asset)
  for (const [at, asset] of assets.entries()) {
    const words = of(asset).flatMap(({ argv }) => argv)
    const wanted = new Set(words.flatMap((word) => SOURCE.exec(word)?.[1] ?? []))
    for (const file of wanted) {
      await mkdir(path.dirname(moved(file)), { recursive: true })
      await copyFile(args.source(at), moved(file))
    }
  }
  const began = performance.now()
  const queue = [...assets]
  const hand = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await replay(of(next), moved)
  }
  await Promise.all(Array.from({ length: args.atOnce }, hand))
  return (performance.now() - began) / 1_000
}
