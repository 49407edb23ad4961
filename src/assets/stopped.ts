import { rm } from 'node:fs/promises'
import type { Payload } from 'payload'
import { nowIso } from '@/clock'
import type { Store } from '@/media/store'
import { changeLatest } from '@/records/change'
import { rowById } from '@/records/db'
import { MACHINE } from '@/records/event'
import { removeUnnamed } from './keep'

/** True when somebody asked that the work on this asset stop. */
export const stopIsAsked = async (payload: Payload, asset: string): Promise<boolean> =>
  (await rowById(payload, 'assets', asset))?.state === 'stopping'

/**
 * The end of a stop: nothing runs any more, its files go, then the row says so. Renditions that were whole before stay
 * for the next try. Done by who held the lease, or by the sweeper when that one died.
 */
export const finishStop = async (args: {
  payload: Payload
  store: Store
  asset: string
  workdir: string
}): Promise<void> => {
  const { payload, asset, workdir } = args
  await removeUnnamed(args)
  await rm(workdir, { recursive: true, force: true })
  await changeLatest<'assets', 'moved'>({
    payload,
    collection: 'assets',
    id: asset,
    decide: async (row) => {
      if (row.state !== 'stopping') return { stop: 'moved' }
      return {
        set: { state: 'failed', pass: '', secondsLeft: null },
        event: { action: 'asset.stopped', actor: MACHINE, at: nowIso() },
      }
    },
  })
}
