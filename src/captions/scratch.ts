import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { nowMs } from '@/clock'
import { env } from '@/env'

/** Not beside the work folders of assets: there the sweep takes away what bears no asset's name. */
const home = () => path.join(env.DATA_DIR, 'speech')

/** Nobody listens for so long: what is older was left by a worker that was killed. */
const LEFT_MS = 6 * 3_600_000

const clearOld = async (): Promise<void> => {
  const folders = (await readdir(home())).map((name) => path.join(home(), name))
  for (const folder of folders) {
    const found = await stat(folder).catch(() => null)
    if (found && found.mtimeMs < nowMs() - LEFT_MS)
      await rm(folder, { recursive: true, force: true })
  }
}

/** A folder of one's own while the work runs. */
export const withScratch = async <T>(work: (cwd: string) => Promise<T>): Promise<T> => {
  await mkdir(home(), { recursive: true })
  await clearOld()
  const cwd = await mkdtemp(path.join(home(), 'of-'))
  try {
    return await work(cwd)
  } finally {
    await rm(cwd, { recursive: true, force: true })
  }
}
