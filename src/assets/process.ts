import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Payload } from 'payload'
import { nowIso, nowMs } from '@/clock'
import { lineOf } from '@/errors'
import { logOf } from '@/log'
import { kindOf } from '@/media/facts'
import { isAid, makeProxy, makeRenditions, type Made, type Recipe } from '@/media/make'
import type { Store } from '@/media/store'
import { changeLatest } from '@/records/change'
import { findRows, rowById, type Row } from '@/records/db'
import { MACHINE } from '@/records/event'
import type { Heard } from '@/records/outbox'
import { failureCells } from './failure-words'
import { factsOf, stillToMake, type BindsOf } from './demand'
import { noteFailure, tooManyLost } from './ended'
import { keepAids } from './aids'
import { keepRendition } from './keep'
import { wornBy } from './dress'
import { leaseAsset, type AssetLease } from './lease'
import { removeLosers } from './losers'
import { renditionsOf, renditionsWith } from './main-asset'
import { finishStop, stopIsAsked } from './stopped'
import { togetherOrAlone } from './unmade'
import { baseOf, hasBase } from './wanted'
import { workFolder } from './work-folder'

const log = logOf('assets')

type Processing = {
  payload: Payload
  store: Store
  asset: string
  signal?: AbortSignal
  /** What the platforms bind; without it every asset gets its base alone. */
  bindsOf?: BindsOf
}

/**
 * Makes every rendition of an asset, once. Any worker may be killed anywhere in it: the lease runs out, the next one
 * finds the finished passes in the work folder and the finished renditions in their rows.
 */
export const processAsset = async ({
  payload,
  store,
  asset,
  signal,
  bindsOf = () => [],
}: Processing): Promise<Heard> => {
  const row = await rowById(payload, 'assets', asset)
  if (!row || (row.state !== 'stored' && row.state !== 'processing')) return 'done'
  const lease = await leaseAsset(payload, row)
  if (!lease) return 'later'
  const stop = signal ? AbortSignal.any([signal, lease.signal]) : lease.signal
  try {
    if (lease.killed > 0) throw tooManyLost(lease.killed)
    await sayLeft(payload, asset, 'a clip is begun')
    await makeAll({ payload, store, row, lease, stop, bindsOf })
    // While the asset is not ready yet: were this to come after, a kill between the two would leave them for good.
    const tidied = await tidy(asset, () => removeLosers({ payload, store, asset }))
    await markReady(payload, row)
    // Without its folder the sweep would not look again.
    if (tidied) await tidy(asset, () => rm(workFolder(asset), { recursive: true, force: true }))
    await sayLeft(payload, asset, 'a clip is done')
    return 'done'
  } catch (error) {
    if (await stopIsAsked(payload, asset)) {
      await finishStop({ payload, store, asset, workdir: workFolder(asset) })
      return 'done'
    }
    if (stop.aborted) return 'later'
    const heard = await noteFailure({ payload, asset, workdir: workFolder(asset), error })
    await sayLeft(payload, asset, heard === 'later' ? 'a clip waits' : 'a clip is done')
    return heard
  } finally {
    await lease.release()
  }
}

/** A clip that is whole does not fail because something could not be cleared away: the sweep does that again. */
const tidy = async (asset: string, work: () => Promise<void>): Promise<boolean> => {
  try {
    await work()
    return true
  } catch (error) {
    log.warn({ asset, err: lineOf(error) }, 'a clip is whole, but something of it was left lying')
    return false
  }
}

type Work = {
  payload: Payload
  store: Store
  row: Row<'assets'>
  lease: AssetLease
  stop: AbortSignal
  bindsOf: BindsOf
}

/** Until nothing is wanted any more: a channel may be chosen while the encoder runs. */
const makeAll = async (work: Work): Promise<void> => {
  const { payload, store, row, bindsOf } = work
  const workdir = workFolder(row.id)
  let { todo } = await stillToMake(row, { payload, bindsOf })
  if (todo.length === 0) return
  // A source that a dead worker left behind is cleared; its finished passes stay.
  const sources = path.join(workdir, 'source')
  await rm(sources, { recursive: true, force: true })
  await mkdir(sources, { recursive: true })
  const copy = await store.localCopy(row.storeKey, sources)
  try {
    while (todo.length > 0) {
      const aids = todo.filter(isAid)
      await togetherOrAlone({
        ...{ payload, asset: row.id, stop: work.stop },
        todo: todo.filter((recipe) => !isAid(recipe)),
        base: baseOf(kindOf(factsOf(row))),
        make: (recipes) => makeThese(work, copy.file, recipes, aids),
      })
      ;({ todo } = await stillToMake(await fresh(payload, row), { payload, bindsOf }))
    }
  } finally {
    await copy.release()
  }
}

const fresh = async (payload: Payload, row: Row<'assets'>): Promise<Row<'assets'>> =>
  (await rowById(payload, 'assets', row.id)) ?? row

const makeThese = async (
  work: Work,
  source: string,
  todo: readonly Recipe[],
  aids: readonly Recipe[],
): Promise<void> => {
  const { payload, store, row, lease, stop } = work
  const workdir = workFolder(row.id)
  // Read for every round: who covers a face meanwhile takes the lease away, but the round may just have begun.
  const { dress, dressing } = await wornBy(payload, row.id)
  const job = { source, facts: factsOf(row), dress, workdir, signal: stop }
  const keep = { payload, store, asset: row.id, workdir, dressing, signal: stop }
  if (todo.includes('proxy')) {
    const made = await makeProxy({ ...job, onProgress: teller(lease, 'proxy') })
    await keepRendition({ ...keep, made })
  }
  const onMade = (made: Made) => keepRendition({ ...keep, made })
  await keepAids({ payload, store, row, dressing, stop, job, aids, onMade })
  const heard = await heardOf(payload, row.id, dressing)
  const onProgress = teller(lease, 'renditions')
  await makeRenditions({ ...job, ...heard, onProgress, wanted: todo, onMade })
}

/** What the proxy heard of the sound as it came. A version ago it did not listen, and said nothing. */
const heardOf = async (payload: Payload, asset: string, dressing: string) => {
  const made = await renditionsWith(payload, asset, dressing)
  const proxy = made.find(({ recipe }) => recipe === 'proxy')
  const { loudness, peak } = proxy ?? {}
  return typeof loudness === 'number' && typeof peak === 'number'
    ? { heard: { integrated: loudness, truePeak: peak } }
    : {}
}

/** The proxy is about a fifth of the work; the bar runs once, from left to right. */
const SHARE = { proxy: [0, 0.2], renditions: [0.2, 1] } as const

const teller = (lease: AssetLease, pass: keyof typeof SHARE) => {
  const began = nowMs()
  const [from, to] = SHARE[pass]
  return (fraction: number) => {
    const seconds = (nowMs() - began) / 1000
    const passLeft = fraction > 0.01 ? (seconds * (1 - fraction)) / fraction : null
    // While the proxy runs, the rest is guessed from it: four times as long.
    const rest = pass === 'proxy' && passLeft !== null ? 4 * (seconds + passLeft) : 0
    lease.say({
      pass,
      progress: Math.round((from + (to - from) * fraction) * 1000) / 1000,
      secondsLeft: passLeft === null ? null : Math.ceil(passLeft + rest),
    })
  }
}

const markReady = async (payload: Payload, made: Row<'assets'>): Promise<void> => {
  const recipes = async () => (await renditionsOf(payload, made.id)).map(({ recipe }) => recipe)
  const isWhole = (there: string[]) => hasBase(kindOf(factsOf(made)), there)
  const there = await recipes()
  if (!isWhole(there)) throw new Error(`not all renditions are there: ${there.join(', ')}`)
  await changeLatest<'assets', 'moved'>({
    payload,
    collection: 'assets',
    id: made.id,
    decide: async (row) => {
      // Asked again: what is done to the clip may have changed since, and then nothing of this is its own.
      if (row.state !== 'processing' || !isWhole(await recipes())) return { stop: 'moved' }
      return {
        set: {
          state: 'ready',
          pass: '',
          progress: 1,
          secondsLeft: 0,
          losses: 0,
          ...failureCells(null),
        },
        event: {
          action: 'asset.ready',
          actor: MACHINE,
          at: nowIso(),
          detail: { renditions: there.length },
        },
      }
    },
  })
}

/** How many clips are still to be made, this one counted while it is not done. The start script reads this line. */
const sayLeft = async (payload: Payload, asset: string, what: string): Promise<void> => {
  const rows = await findRows({
    payload,
    collection: 'assets',
    where: { state: { in: ['stored', 'processing'] } },
  })
  log.info({ asset, left: rows.length }, what)
}
