import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { NewsroomError } from '../errors'
import { hashFile } from './digest'
import { RECIPE_VERSION, type Facts } from './facts'

const madeFile = z.object({
  path: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  mime: z.string(),
})
const manifestShape = z.object({
  pass: z.string(),
  version: z.number(),
  source: z.string(),
  files: z.array(madeFile),
  width: z.number(),
  height: z.number(),
  durationSeconds: z.number(),
  loudness: z
    .object({
      integrated: z.number().nullable(),
      truePeak: z.number().nullable(),
      gainDb: z.number(),
      onTarget: z.boolean(),
    })
    .optional(),
})
export type MadeFile = z.infer<typeof madeFile>
export type Manifest = z.infer<typeof manifestShape>
export type Finished = Manifest & { dir: string }

const MIMES: Record<string, string> = {
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.m4s': 'video/iso.segment',
  '.mp4': 'video/mp4',
  '.m4a': 'audio/mp4',
  '.mp3': 'audio/mpeg',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.json': 'application/json',
}

/** What a pass reports of itself. Its files are hashed here, but for those that it hashed itself while it wrote them. */
export type Worked = Pick<Manifest, 'width' | 'height' | 'durationSeconds' | 'loudness'> & {
  hashed?: Readonly<Record<string, { sha256: string; bytes: number }>>
}

/** Names the source that the outputs belong to: another file, other facts of it or other wishes mean remaking. */
const sourceOf = (facts: Facts, given: unknown) =>
  JSON.stringify(given === undefined ? facts : { facts, given })

const MANIFEST = 'manifest.json'

/**
 * One resumable pass. It works in `<pass>.part-…`, which gets the name `<pass>` by one rename when the work is
 * verified and its manifest is on disk. So whatever stands under `<pass>` is whole; a killed worker leaves only a
 * part, which the next one clears away.
 */
export const runPass = async (args: {
  pass: string
  workdir: string
  facts: Facts
  /** What else decides the bytes: other wishes mean remaking. */
  given?: unknown
  work: (dir: string) => Promise<Worked>
}): Promise<Finished> => {
  const { pass, workdir } = args
  const finished = await readFinished(args)
  if (finished) return finished
  await mkdir(workdir, { recursive: true })
  await clearAway(workdir, pass)
  const part = path.join(workdir, `${pass}.part-${randomUUID()}`)
  await mkdir(part)
  try {
    return await finish({ ...args, part })
  } catch (error) {
    // At once, not at the next try: on a full disk these are the bytes that fill it.
    await rm(part, { recursive: true, force: true })
    throw error
  }
}

const finish = async (
  args: Parameters<typeof runPass>[0] & { part: string },
): Promise<Finished> => {
  const { pass, workdir, facts, part } = args
  const { hashed = {}, ...worked } = await args.work(part)
  const files = await filesOf(part, hashed)
  const manifest: Manifest = {
    pass,
    version: RECIPE_VERSION,
    source: sourceOf(facts, args.given),
    files,
    ...worked,
  }
  await writeFlushed(path.join(part, MANIFEST), JSON.stringify(manifest, null, 1))
  const dir = path.join(workdir, pass)
  await rename(part, dir)
  return { ...manifest, dir }
}

/** The finished pass, when its manifest is there and every file still has the bytes that it names. */
export const readFinished = async (args: {
  pass: string
  workdir: string
  facts: Facts
  given?: unknown
}): Promise<Finished | null> => {
  const dir = path.join(args.workdir, args.pass)
  const text = await readFile(path.join(dir, MANIFEST), 'utf8').catch(() => null)
  if (text === null) return null
  const parsed = manifestShape.safeParse(parseOr(text, null))
  if (!parsed.success) return null
  const { version, source, files } = parsed.data
  if (version !== RECIPE_VERSION || source !== sourceOf(args.facts, args.given)) return null
  for (const file of files) {
    const found = await hashFile(path.join(dir, file.path)).catch(() => null)
    if (found?.sha256 !== file.sha256) return null
  }
  return { ...parsed.data, dir }
}

const parseOr = (text: string, otherwise: unknown): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return otherwise
  }
}

const clearAway = async (workdir: string, pass: string) => {
  const names = await readdir(workdir)
  const old = names.filter((name) => name === pass || name.startsWith(`${pass}.part-`))
  await Promise.all(
    old.map((name) => rm(path.join(workdir, name), { recursive: true, force: true })),
  )
}

const filesOf = async (dir: string, hashed: NonNullable<Worked['hashed']>): Promise<MadeFile[]> => {
  const files: MadeFile[] = []
  for (const name of (await readdir(dir)).sort()) {
    const { sha256, bytes } = hashed[name] ?? (await hashFile(path.join(dir, name)))
    if (bytes === 0) throw notWhole(`${name} came out empty`)
    files.push({
      path: name,
      bytes,
      sha256,
      mime: MIMES[path.extname(name)] ?? 'application/octet-stream',
    })
  }
  if (files.length === 0) throw notWhole('nothing came out')
  return files
}

const writeFlushed = async (file: string, text: string) => {
  const handle = await open(file, 'wx')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** ffmpeg ends with 0 on a source cut short and when it was told to stop; so length is checked, not the exit status. */
export const checkLength = (name: string, found: number, least: number, most: number = least) => {
  const slack = Math.max(0.5, most * 0.01)
  if (found > 0 && found >= least - slack && found <= most + slack) return
  throw notWhole(`${name} runs ${found.toFixed(2)} s instead of ${least.toFixed(2)} s`)
}

export const notWhole = (line: string) =>
  new NewsroomError({
    code: 'output-not-whole',
    message: line,
    help: {
      vi: 'Bản chuyển mã không đủ so với tệp gốc. Hãy thử lại hoặc gửi lại tệp.',
      en: 'The rendition does not match its source. Try again, or send the file again.',
    },
  })
