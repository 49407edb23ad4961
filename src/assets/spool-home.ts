import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Payload } from 'payload'
import { wait } from '@/clock'
import { env } from '@/env'
import { lineOf } from '@/errors'
import { logOf } from '@/log'
import { findRow, type Row } from '@/records/db'
import { holdLease } from '@/records/lease'

const log = logOf('assets')

/**
 * A folder says by a mark in it which spool it is. Every web and worker process reads the mark at its start and holds
 * it up in the database: two processes whose spools are two folders would each see half of an upload, so the second
 * is refused at its start. With `SPOOL_STICKY` each machine has a spool of its own and every row says which.
 */
const MARK_FILE = '.spool'
const MARK = /^[0-9a-f]{32}$/
const LEASE = 'spool'
/** Processes that died are forgotten after this. */
const FOR_MS = 15_000

const marks = new Map<string, Promise<string>>()

/** The mark of our spool; written when the folder has none. */
export const spoolMark = (folder: string = env.SPOOL_DIR): Promise<string> => {
  const known = marks.get(folder)
  if (known) return known
  const read = readMark(folder)
  marks.set(folder, read)
  read.catch(() => marks.delete(folder))
  return read
}

const readMark = async (folder: string): Promise<string> => {
  const file = path.join(folder, MARK_FILE)
  await mkdir(folder, { recursive: true })
  // Whole under another name first: of two that start at once, one gives its mark the name and both read that.
  const mine = `${file}.${randomBytes(8).toString('hex')}`
  await writeFile(mine, randomBytes(16).toString('hex'), { flag: 'wx', mode: 0o640 })
  await link(mine, file).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  })
  await rm(mine, { force: true })
  const mark = (await readFile(file, 'utf8')).trim()
  if (!MARK.test(mark))
    throw new Error(
      `${file} không phải dấu của thư mục tạm: hãy xóa tệp ấy rồi khởi động lại. · It is no mark of a spool: remove it and start again.`,
    )
  return mark
}

/**
 * Whether the folder is the spool that it was at our start. Read anew: while a network disk is not mounted, an empty
 * folder lies in its place and says nothing of anybody's file.
 */
export const spoolStands = async (): Promise<boolean> => {
  const mark = await spoolMark()
  const found = await readFile(path.join(env.SPOOL_DIR, MARK_FILE), 'utf8').catch(() => '')
  if (found.trim() === mark) return true
  log.warn({ folder: env.SPOOL_DIR }, 'the spool is away; no upload is given up meanwhile')
  return false
}

/** Rows whose bytes lie here. Where all share one spool that is every row, whatever mark it had before. */
export const inThisSpool = async <T extends Pick<Row<'uploads'>, 'spool'>>(
  rows: readonly T[],
): Promise<T[]> => {
  if (!env.SPOOL_STICKY) return [...rows]
  const mark = await spoolMark()
  return rows.filter((row) => !row.spool || row.spool === mark)
}

export const liesHere = async (row: Pick<Row<'uploads'>, 'spool'>): Promise<boolean> =>
  (await inThisSpool([row])).length > 0

type Joining = { payload: Payload; mark: string; forMs: number }

/** Holds our mark up; answers with the row when another one is up. */
const raise = async ({ payload, mark, forMs }: Joining): Promise<Row<'leases'> | null> => {
  if (await holdLease({ payload, name: LEASE, holder: mark, forMs })) return null
  const row = await findRow({ payload, collection: 'leases', where: { name: { equals: LEASE } } })
  // Ours after all: a process of the same spool was a moment faster.
  return row && row.holder !== mark ? row : null
}

const refusal = () =>
  [
    `SPOOL_DIR: ${env.SPOOL_DIR} không phải thư mục mà các tiến trình web và worker khác đang dùng. Hãy dùng chung một thư mục, hoặc đặt SPOOL_STICKY=1 khi proxy luôn đưa mỗi người về cùng một máy.`,
    `SPOOL_DIR: ${env.SPOOL_DIR} is not the folder that the other web and worker processes use. Share one folder, or set SPOOL_STICKY=1 where the proxy leads each person to the same machine always.`,
  ].join(' · ')

/**
 * Says at a process's start which spool is its own, and goes on saying it. Refused while a living process has another:
 * one that died is waited for, until its word runs out.
 */
export const joinSpool = async (args: {
  payload: Payload
  folder?: string
  forMs?: number
}): Promise<{ ok: true; leave: () => void } | { ok: false; line: string }> => {
  const { payload, forMs = FOR_MS } = args
  const joining = { payload, mark: await spoolMark(args.folder), forMs }
  if (env.SPOOL_STICKY) return { ok: true, leave: () => undefined }
  let other = await raise(joining)
  if (other) log.info('another spool stands in the database; waiting whether anybody still uses it')
  while (other) {
    await wait(forMs / 30)
    const after = await raise(joining)
    if (after && after.until !== other.until) return { ok: false, line: refusal() }
    other = after
  }
  const again = async () => {
    if (await raise(joining)) log.error('another spool is in use beside this one; restart all')
  }
  const timer = setInterval(() => {
    again().catch((error: unknown) => log.warn({ err: lineOf(error) }, 'the spool was not told'))
  }, forMs / 3)
  timer.unref()
  return { ok: true, leave: () => clearInterval(timer) }
}
