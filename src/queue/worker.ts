import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { getPayload, type Payload } from 'payload'
import config from '@payload-config'
import { askForMissing } from '@/assets/demand'
import { reportOrphansDaily } from '@/assets/orphans'
import { processAsset } from '@/assets/process'
import { receiveUpload } from '@/assets/receive'
import { joinSpool } from '@/assets/spool-home'
import { sweepAssets } from '@/assets/sweep'
import { sweepUploads } from '@/assets/sweep-uploads'
import { nextInTurn } from '@/assets/waiting'
import { dropAnchorIfDue } from '@/audit/anchor'
import { linkEntries } from '@/audit/chain'
import { hearCaptions } from '@/captions/hear'
import { makeCaptions } from '@/captions/make'
import { openAiTranscriber } from '@/captions/openai'
import type { Transcriber } from '@/captions/transcriber'
import { wait } from '@/clock'
import type { DeliveryDeps } from '@/deliveries/deps'
import { onSealVoid, onStorySigned } from '@/deliveries/listen'
import { isOver } from '@/deliveries/over'
import { stepDelivery } from '@/deliveries/step'
import { sweepDeliveries, type Lanes } from '@/deliveries/sweep'
import { env } from '@/env'
import { lineOf } from '@/errors'
import { logOf } from '@/log'
import { openStore, type Store } from '@/media/store'
import { acceptsOf, guardedFetch, publishersWith, unguardedFetch } from '@/publishers'
import { hangBell } from '@/records/bell'
import { hear, ringAgain, type Listeners } from '@/records/outbox'
import { settleAll } from '@/records/settle'
import { returnToReview } from '@/signoff/redressed'
import { checkSeal } from '@/signoff/seal'
import { readSeal } from '@/signoff/seals-kept'
import { ensureDeskItems } from '@/signoff/desk-item'
import { verifyStaged } from '@/site/copies'
import { findEdition, saveEdition, withdrawEdition } from '@/site/edition'
import { sweepEditions } from '@/site/settle'
import { stageEdition } from '@/site/stage'
import { doorbell, runLane } from './lanes'
import { openQueues } from './queue'

const log = logOf('worker')
const PUBLISH_AT_ONCE = 4
const ANCHOR_MS = 60 * 60 * 1_000
const TIDY_MS = 60 * 60 * 1_000
/** Slots by weight: a still never waits behind an encode of an hour. Which clip is next is read from the rows. */
const LANES = [
  { weight: 'heavy', atOnce: env.TRANSCODE_CONCURRENCY },
  { weight: 'light', atOnce: env.LIGHT_CONCURRENCY },
] as const

/** The switchboard of the worker: every hand that a room needs from another is given here. */
const deliveryDeps = (payload: Payload, store: Store): DeliveryDeps => {
  const hands = { payload, store }
  return {
    payload,
    store,
    checkSeal,
    readSeal,
    fetch: guardedFetch({ allowLoopback: env.DEMO_PLATFORMS }),
    publishers: publishersWith({
      website: {
        stageEdition: (input) => stageEdition(hands, input),
        verifyStaged: (input) => verifyStaged(hands, input),
        saveEdition: (input) => saveEdition(hands, input),
        withdrawEdition: (input) => withdrawEdition(hands, input),
        findEdition: (input) => findEdition(hands, input),
        publicUrl: env.PUBLIC_URL,
      },
    }),
  }
}

/** Asked in turn: a service that listens is slow and dear. */
const HEAR_AT_ONCE = 1

const transcriber = (): Transcriber | null => {
  const { TRANSCRIBE_URL: url, TRANSCRIBE_KEY: key, TRANSCRIBE_MODEL: model } = env
  if (!url) return null
  // Who runs the house says that it stands on our own net; no channel's settings can.
  const fetchWithin = (answerMs: number) =>
    env.TRANSCRIBE_LOCAL
      ? unguardedFetch({ answerMs })
      : guardedFetch({ allowLoopback: env.DEMO_PLATFORMS, answerMs })
  return openAiTranscriber({ url, key, model, fetchWithin })
}

const bindsOf = (platform: string) => acceptsOf(platform)?.binds ?? []

/** Whether a channel's seal still holds, by words alone; the bytes are read at the hour. */
const sealHolds = (deps: DeliveryDeps, story: string) => async (channel: string) => {
  const row = await deps.payload.findByID({ collection: 'channels', id: channel, depth: 0 })
  const binds = bindsOf(row.platform)
  const { payload, store } = deps
  return (await deps.checkSeal({ payload, store, story, channel, binds, bytes: false })).ok
}

const listenersOf = (deps: DeliveryDeps, signal: AbortSignal): Listeners => {
  const { payload, store } = deps
  return {
    'upload.arrived': ({ upload }) => receiveUpload({ payload, store, upload, signal }),
    'asset.process': ({ asset }) => processAsset({ payload, store, asset, signal, bindsOf }),
    'asset.wanted': ({ story, channel }) => askForMissing({ payload, story, channel, bindsOf }),
    'captions.hear': ({ captions }) =>
      hearCaptions({ payload, store, captions, transcriber: transcriber(), signal }),
    'captions.make': ({ asset }) => makeCaptions({ payload, store, asset }),
    'asset.redressed': ({ asset }) => returnToReview({ payload, asset }),
    'story.signed': ({ story }) => onStorySigned({ payload, story }),
    'seal.void': ({ story }) => onSealVoid({ payload, story, holds: sealHolds(deps, story) }),
    'delivery.step': async ({ delivery }) => {
      await stepDelivery({ deps, delivery, signal })
    },
  }
}

/** What is done again and again from the rows alone, so that an emptied queue loses nothing. */
const sweeps = (
  deps: DeliveryDeps,
  signal: AbortSignal,
  lanes: Lanes,
): [string, number, () => Promise<unknown>][] => {
  const { payload, store } = deps
  const holder = `worker-${process.pid}-${randomUUID()}`
  const anchors = path.join(env.DATA_DIR, 'anchors', 'audit.jsonl')
  return [
    ['settle', env.SWEEP_MS, () => settleAll(payload)],
    ['desk items', env.SWEEP_MS, () => ensureDeskItems(payload)],
    ['uploads', env.SWEEP_MS, () => sweepUploads(payload)],
    ['assets', env.SWEEP_MS, () => sweepAssets(payload, store)],
    ['leftovers', Math.min(TIDY_MS, env.LEFTOVER_MS), () => store.tidy(env.LEFTOVER_MS)],
    ['orphans', TIDY_MS, () => reportOrphansDaily({ payload, store })],
    ['outbox', env.SWEEP_MS, () => ringAgain(payload)],
    ['deliveries', env.SWEEP_MS, () => sweepDeliveries(deps, signal, lanes)],
    [
      'editions',
      env.SWEEP_MS,
      () => sweepEditions({ payload, store }, { isOver: isOver(payload) }),
    ],
    ['audit chain', env.SWEEP_MS, () => linkEntries(payload, holder)],
    ['anchor', env.SWEEP_MS, () => dropAnchorIfDue({ payload, file: anchors, everyMs: ANCHOR_MS })],
  ]
}

/** Each sweep has a loop of its own: a slow upload must not keep the audit waiting. */
const sweepForever = async (deps: DeliveryDeps, signal: AbortSignal): Promise<void> => {
  const lanes: Lanes = new Map()
  await Promise.all(
    sweeps(deps, signal, lanes).map(async ([name, everyMs, sweep]) => {
      do {
        await sweep().catch((error: unknown) =>
          log.error({ sweep: name, err: lineOf(error) }, 'a sweep failed'),
        )
      } while (await wait(everyMs, signal))
    }),
  )
  await Promise.all(lanes.values())
}

const main = async (): Promise<void> => {
  const payload = await getPayload({ config, disableOnInit: true, key: 'worker' })
  const store = openStore()
  const ready = await store.ready()
  if (!ready.ok) throw new Error(`the files are out of reach: ${ready.line}`)
  const joined = await joinSpool({ payload })
  if (!joined.ok) throw new Error(joined.line)
  const stopping = new AbortController()
  const deps = deliveryDeps(payload, store)
  const listeners = listenersOf(deps, stopping.signal)
  const queues = openQueues()
  hangBell(queues.ring)
  const heard = (key: string) => hear(payload, key, listeners)
  const bells = LANES.map(() => doorbell())
  queues.listen('transcode', 1, async () => bells.forEach(({ ring }) => ring()))
  queues.listen('publish', PUBLISH_AT_ONCE, heard)
  queues.listen('upkeep', 2, heard)
  queues.listen('hear', HEAR_AT_ONCE, heard)
  const transcoding = LANES.map(({ weight, atOnce }, at) =>
    runLane({
      atOnce,
      next: (busy) => nextInTurn(payload, weight, busy),
      hear: heard,
      bell: bells[at] ?? doorbell(),
      everyMs: env.SWEEP_MS,
      signal: stopping.signal,
    }),
  )
  const sweeping = sweepForever(deps, stopping.signal)

  const stop = async () => {
    if (stopping.signal.aborted) return
    stopping.abort()
    await Promise.all([sweeping, ...transcoding])
    await payload.destroy()
    process.exit(0)
  }
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => void stop())
  // The start script and the image's test wait for this line: what it promises must be true already.
  log.info({ pid: process.pid }, 'the worker listens')
}

main().catch((error: unknown) => {
  log.error({ err: lineOf(error) }, 'the worker could not start')
  process.exit(1)
})
