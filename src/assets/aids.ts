import path from 'node:path'
import type { Payload } from 'payload'
import { hashFile } from '@/media/digest'
import { makeAids, type Job, type Made, type Proxy, type Recipe } from '@/media/make'
import type { Store } from '@/media/store'
import type { Row } from '@/records/db'
import { filesOf } from './desk-media'
import { renditionsWith } from './main-asset'
import { togetherOrAlone } from './unmade'

/** `dressing` as the round began: a clip that is uncovered meanwhile has another proxy. */
type Work = { payload: Payload; store: Store; row: Row<'assets'>; dressing: string; job: Job }

/**
 * Hands out the desk's small copy as a file while it is needed: the one that was made a moment ago, or the store's. A
 * sound has none; what is made of it reads the original.
 */
const withProxy = async (
  { payload, store, row, dressing, job }: Work,
  use: (proxy: Proxy | null) => Promise<void>,
): Promise<void> => {
  const made = await renditionsWith(payload, row.id, dressing)
  const kept = made.find(({ recipe }) => recipe === 'proxy')
  const [listed] = kept ? filesOf(kept) : []
  if (!kept || !listed) return use(null)
  const near = path.join(job.workdir, 'proxy', listed.path)
  const there = await hashFile(near).catch(() => null)
  if (there?.sha256 === listed.sha256) return use({ file: near, sha256: listed.sha256 })
  const copy = await store.localCopy(kept.prefix + listed.path, path.join(job.workdir, 'source'))
  try {
    await use({ file: copy.file, sha256: listed.sha256 })
  } finally {
    await copy.release()
  }
}

/** Stills and waveform, after the desk's copy and before the ladder. One that comes to nothing holds up no clip. */
export const keepAids = async (
  work: Work & {
    stop: AbortSignal
    aids: readonly Recipe[]
    onMade: (made: Made) => Promise<void>
  },
): Promise<void> => {
  const { payload, row, stop, aids, job, onMade } = work
  if (aids.length === 0) return
  await withProxy(work, (proxy) =>
    togetherOrAlone({
      ...{ payload, asset: row.id, todo: aids, base: [], stop },
      make: async (wanted) => {
        await makeAids({ ...job, wanted, proxy, onMade })
      },
    }),
  )
}
