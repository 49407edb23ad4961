import { open, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { env } from '@/env'

/** Where unfinished files lie: one file a tus id, with its `.json` beside it. The name is always ours. */
export const TUS_ID = /^[0-9a-f]{32}$/

export const spoolFile = (tusId: string): string => {
  if (!TUS_ID.test(tusId)) throw new Error('not an upload id')
  return path.join(env.SPOOL_DIR, tusId)
}

export const bytesInSpool = async (tusId: string): Promise<number | null> =>
  (await inSpool(tusId))?.bytes ?? null

/** The file's bytes and the instant of its last one. */
export const inSpool = (tusId: string): Promise<{ bytes: number; touchedAt: number } | null> =>
  stat(spoolFile(tusId)).then(
    (found) => ({ bytes: found.size, touchedAt: found.mtimeMs }),
    () => null,
  )

export const removeFromSpool = async (tusId: string): Promise<void> => {
  await rm(spoolFile(tusId), { force: true })
  await rm(`${spoolFile(tusId)}.json`, { force: true })
}

/** Bytes reach the disk before anybody is told that the file is whole. */
export const flushSpool = async (tusId: string): Promise<void> => {
  const handle = await open(spoolFile(tusId), 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Another one for every write to the file. Opened for it, so that a network disk asks its server. */
export const stateInSpool = async (tusId: string): Promise<string> => {
  const handle = await open(spoolFile(tusId), 'r')
  try {
    const { ino, size, ctimeNs } = await handle.stat({ bigint: true })
    return `${ino} ${size} ${ctimeNs}`
  } finally {
    await handle.close()
  }
}

/** What lies in the spool: ids, with the instant of the last byte. */
export const listSpool = async (): Promise<{ tusId: string; touchedAt: number }[]> => {
  const names = await readdir(env.SPOOL_DIR).catch(() => [])
  const ids = [...new Set(names.map((name) => name.replace(/\.json$/, '')))].filter((id) =>
    TUS_ID.test(id),
  )
  return Promise.all(
    ids.map(async (tusId) => {
      const found = await stat(spoolFile(tusId)).catch(() => null)
      return { tusId, touchedAt: found?.mtimeMs ?? 0 }
    }),
  )
}
