import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Payload } from 'payload'
import { nowIso, nowMs } from '@/clock'
import { env } from '@/env'
import { lineOf, NewsroomError } from '@/errors'
import { logOf } from '@/log'
import type { Facts } from '@/media/facts'
import { makeProxy, makeRenditions, type Recipe } from '@/media/make'
import type { Store } from '@/media/store'
import { changeLatest } from '@/records/change'
import { compareAndSet, findRows, rowById, type Row } from '@/records/db'
import { MACHINE } from '@/records/event'
import type { Heard } from '@/records/outbox'
import { keepRendition } from './keep'
import { leaseAsset, type AssetLease } from './lease'
import { removeLosers } from './losers'
import { renditionsOf } from './main-asset'

const log = logOf('assets')
/** What a clip needs before it is ready. */
export const RECIPES: readonly Recipe[] = ['proxy', 'web-hls', 'web-mp4', 'vertical', 'poster']
const MOST_FAILURES = 3
/** Trying again changes nothing about these. */
const PERMANENT = ['ffmpeg-bad-input', 'ffmpeg-output-too-big']

export const workFolder = (asset: string) => path.join(env.DATA_DIR, 'work', asset)

type Processing = { payload: Payload; store: Store; asset: string; signal?: AbortSignal }

/**
 * Makes every rendition of an asset, once. Any worker may be killed anywhere in it: the lease runs out, the next one
 * finds the finished passes in the work folder and the finished renditions in their rows.
 */
export const processAsset = async ({
  payload,
  store,
  asset,
  signal,
}: Processing): Promise<Heard> => {
  const row = await rowById(payload, 'assets', asset)
  if (!row || (row.state !== 'stored' && row.state !== 'processing')) return 'done'
  const lease = await leaseAsset(payload, row)
  if (!lease) return 'later'
  const stop = signal ? AbortSignal.any([signal, lease.signal]) : lease.signal
  try {
    await sayLeft(payload, asset, 'a clip is begun')
    await makeAll({ payload, store, row, lease, stop })
    // While the asset is not ready yet: were this to come after, a kill between the two would leave them for good.
    const tidied = await tidy(asset, () => removeLosers({ payload, store, asset }))
    await markReady(payload, row.id)
    // Without its folder the sweep would not look again.
    if (tidied) await tidy(asset, () => rm(workFolder(asset), { recursive: true, force: true }))
    await sayLeft(payload, asset, 'a clip is done')
    return 'done'
  } catch (error) {
    if (stop.aborted) return 'later'
    return await noteFailure(payload, row.id, error)
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
}

const makeAll = async ({ payload, store, row, lease, stop }: Work): Promise<void> => {
  const workdir = workFolder(row.id)
  const done = new Set((await renditionsOf(payload, row.id)).map(({ recipe }) => recipe))
  if (RECIPES.every((recipe) => done.has(recipe))) return
  // A source that a dead worker left behind is cleared; its finished passes stay.
  const sources = path.join(workdir, 'source')
  await rm(sources, { recursive: true, force: true })
  await mkdir(sources, { recursive: true })
  const copy = await store.localCopy(row.storeKey, sources)
  try {
    const facts = JSON.parse(row.facts ?? '{}') as Facts // written by `receive` alone
    const job = { source: copy.file, facts, workdir, signal: stop }
    const keep = { payload, store, asset: row.id, workdir, signal: stop }
    if (!done.has('proxy')) {
      const made = await makeProxy({ ...job, onProgress: teller(lease, 'proxy') })
      await keepRendition({ ...keep, made })
    }
    const onProgress = teller(lease, 'renditions')
    const all = await makeRenditions({ ...job, onProgress, done: (recipe) => done.has(recipe) })
    for (const made of all) await keepRendition({ ...keep, made })
  } finally {
    await copy.release()
  }
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

const markReady = async (payload: Payload, asset: string): Promise<void> => {
  const rows = await renditionsOf(payload, asset)
  const missing = RECIPES.filter((recipe) => !rows.some((row) => row.recipe === recipe))
  if (missing.length > 0) throw new Error(`not all renditions are there: ${missing.join(', ')}`)
  await changeLatest<'assets', 'moved'>({
    payload,
    collection: 'assets',
    id: asset,
    decide: async (row) => {
      if (row.state !== 'processing') return { stop: 'moved' }
      return {
        set: { state: 'ready', pass: '', progress: 1, secondsLeft: 0, failure: '' },
        event: {
          action: 'asset.ready',
          actor: MACHINE,
          at: nowIso(),
          detail: { renditions: rows.length },
        },
      }
    },
  })
}

/** Counts a failure. Throws it on, so that it is tried again later, until it is permanent or the third. */
const noteFailure = async (payload: Payload, asset: string, error: unknown): Promise<Heard> => {
  const row = await rowById(payload, 'assets', asset)
  const failures = (row?.failures ?? 0) + 1
  const code = error instanceof NewsroomError ? error.code : 'unexpected'
  log.error({ asset, failures, code, err: lineOf(error) }, 'processing failed')
  if (!PERMANENT.includes(code) && failures < MOST_FAILURES) {
    await compareAndSet({
      payload,
      collection: 'assets',
      id: asset,
      expect: { state: 'processing' },
      set: { failures },
    })
    throw error
  }
  await markFailed(payload, asset, { failures, code, error })
  await sayLeft(payload, asset, 'a clip is done')
  return 'done'
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

const FAILED = 'Không chuyển mã được tệp này. Hãy xuất lại MP4 (H.264, AAC) rồi gửi lại.'

const markFailed = (
  payload: Payload,
  asset: string,
  { failures, code, error }: { failures: number; code: string; error: unknown },
) =>
  changeLatest<'assets', 'moved'>({
    payload,
    collection: 'assets',
    id: asset,
    decide: async (row) => {
      if (row.state !== 'processing') return { stop: 'moved' }
      const failure = error instanceof NewsroomError ? error.help.vi : FAILED
      return {
        set: { state: 'failed', failures, failure, pass: '', secondsLeft: null },
        event: {
          action: 'asset.failed',
          actor: MACHINE,
          at: nowIso(),
          reason: code,
          detail: { line: lineOf(error), failures },
        },
      }
    },
  })
