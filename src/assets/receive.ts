import { randomBytes } from 'node:crypto'
import type { Payload } from 'payload'
import { nowIso } from '@/clock'
import { env } from '@/env'
import { lineOf, NewsroomError, type Refusal } from '@/errors'
import { logOf } from '@/log'
import { readDevice, type Device } from '@/media/device'
import { hashFile } from '@/media/digest'
import { kindOf, type Facts } from '@/media/facts'
import { probe } from '@/media/probe'
import { scanFile } from '@/media/scan'
import type { Store } from '@/media/store'
import { changeLatest } from '@/records/change'
import { findRow, insertRow, rowById, type Row } from '@/records/db'
import { MACHINE } from '@/records/event'
import type { Heard } from '@/records/outbox'
import { failureCells } from './failure-words'
import { outsideOf } from './outside'
import { REFUSED } from './refusals'
import { bytesInSpool, removeFromSpool, spoolFile, stateInSpool } from './spool'
import { liesHere } from './spool-home'
import { stillTakes } from './story-door'
import { markAccepted, markRefused } from './uploads'

const log = logOf('assets')

type Receiving = { payload: Payload; store: Store; upload: string; signal?: AbortSignal }

const MIMES: Record<string, string> = {
  mov: 'video/mp4',
  matroska: 'video/x-matroska',
  avi: 'video/x-msvideo',
  mpegts: 'video/mp2t',
  asf: 'video/x-ms-asf',
  flv: 'video/x-flv',
  'audio mov': 'audio/mp4',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  ogg: 'video/ogg',
  'audio ogg': 'audio/ogg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
}
const mimeOf = (facts: Facts) =>
  MIMES[`${kindOf(facts)} ${facts.container}`] ??
  MIMES[facts.container] ??
  'application/octet-stream'

/**
 * Judges a whole file in the spool: refused with a reason, or made an asset (or one more reference to the asset
 * that these bytes already are). Each step may be the last of this process; run again, it goes on from the rows.
 */
export const receiveUpload = (args: Receiving): Promise<Heard> =>
  receiveOne(args).catch((error: unknown) => {
    const outside = outsideOf(error)
    if (!outside) throw error
    log.warn({ upload: args.upload, outside, err: lineOf(error) }, 'an upload waits')
    return 'later'
  })

const receiveOne = async ({ payload, store, upload, signal }: Receiving): Promise<Heard> => {
  const row = await rowById(payload, 'uploads', upload)
  if (!row || row.state === 'receiving') return 'done'
  // The worker beside that spool hears it too.
  if (!(await liesHere(row))) return row.state === 'received' ? 'later' : 'done'
  if (row.state === 'received') {
    const judged = await judge(payload, row, signal)
    if (judged === 'later') return 'later'
    if (judged.ok) {
      const kept = await keep({ payload, store, row, ...judged })
      if (!kept.ok) await markRefused({ payload, upload, refusal: kept })
      else await markAccepted({ payload, upload, asset: kept.asset, ...judged })
    } else {
      await markRefused({ payload, upload, refusal: judged })
    }
  }
  await removeFromSpool(row.tusId)
  return 'done'
}

type Good = { facts: Facts; sha256: string; device: Device; scanned: boolean }
type Judged = ({ ok: true } & Good) | Refusal

const judge = async (
  payload: Payload,
  row: Row<'uploads'>,
  signal?: AbortSignal,
): Promise<Judged | 'later'> => {
  const file = spoolFile(row.tusId)
  // Not to be seen at the moment, or gone for good: the sweep tells the two apart and says so.
  if ((await bytesInSpool(row.tusId)) !== row.bytes) return 'later'
  const options = signal ? { signal } : {}
  const before = await stateInSpool(row.tusId)
  const { sha256 } = await hashFile(file, options)
  if (row.claimedSha256 && row.claimedSha256 !== sha256) return REFUSED.checksum()
  const scanned = await scan(file, options)
  if (scanned !== 'clean') return scanned
  const probed = await probe(file, options)
  if (!probed.ok) return probed
  const device = await readDevice(file, probed.facts, options)
  // A late piece that another web process still wrote: what was hashed, scanned and probed must be one and the same.
  if ((await stateInSpool(row.tusId)) !== before) return 'later'
  if (!(await stillTakes(payload, row.story ?? ''))) return REFUSED.late()
  return { ok: true, facts: probed.facts, sha256, device, scanned: Boolean(env.CLAMAV_URL) }
}

/** Before anything parses it. While the scanner is away the upload stays as it is; nothing passes unscanned. */
const scan = async (
  file: string,
  options: { signal?: AbortSignal },
): Promise<'clean' | 'later' | Refusal> => {
  if (!env.CLAMAV_URL) return 'clean'
  const scanned = await scanFile(file, { ...options, url: env.CLAMAV_URL })
  if ('reason' in scanned) return scanned
  if (scanned.verdict === 'clean') return 'clean'
  log.warn({ line: scanned.line }, 'the virus scanner is away; an upload waits for it')
  return 'later'
}

/** The asset of these bytes, in the store when this returns; refused when what was copied is not what was judged. */
const keep = async (
  args: { payload: Payload; store: Store; row: Row<'uploads'> } & Good,
): Promise<{ ok: true; asset: string } | Refusal> => {
  const { payload, store, row, sha256 } = args
  const asset = await assetOf(args)
  if (asset.state === 'storing') {
    // Whoever comes second puts the same bytes under the same key, which the store takes as done.
    const mime = asset.mime ?? 'video/mp4'
    const same = await store.putFile(asset.storeKey, spoolFile(row.tusId), { mime, sha256 }).then(
      () => true,
      (error: unknown) => {
        if (error instanceof NewsroomError && error.code === 'bytes-changed') return false
        throw error
      },
    )
    // The row stays without bytes, for whoever sends these ones.
    if (!same) return REFUSED.changed()
  }
  if (asset.state === 'storing' || asset.state === 'failed') {
    await wantProcessing(payload, asset.id, row.story ?? '')
  }
  return { ok: true, asset: asset.id }
}

const assetOf = async (
  args: { payload: Payload; row: Row<'uploads'> } & Good,
): Promise<Row<'assets'>> => {
  const { payload, row, facts, sha256 } = args
  const bySha = () =>
    findRow({ payload, collection: 'assets', where: { sha256: { equals: sha256 } } })
  const known = await bySha()
  if (known) return known
  const made = await insertRow({
    payload,
    collection: 'assets',
    data: {
      title: row.filename ?? '',
      sha256,
      storeKey: `originals/${randomBytes(16).toString('hex')}/source`,
      kind: kindOf(facts),
      mime: mimeOf(facts),
      bytes: facts.bytes,
      facts: JSON.stringify(facts),
      device: JSON.stringify(args.device),
      durationSeconds: facts.durationSeconds,
      state: 'storing',
      progress: 0,
      failures: 0,
      leaseBy: '',
      leaseUntil: 0,
      revision: 0,
      pending: false,
    },
  })
  const row2 = made.ok ? made.row : await bySha()
  if (!row2) throw new Error('the asset of these bytes vanished')
  return row2
}

/** From `storing`, or again from `failed` when the same file is sent once more. */
const wantProcessing = (payload: Payload, asset: string, story: string) =>
  changeLatest<'assets', 'moved'>({
    payload,
    collection: 'assets',
    id: asset,
    decide: async (row) => {
      if (row.state !== 'storing' && row.state !== 'failed') return { stop: 'moved' }
      return {
        set: { state: 'stored', failures: 0, ...failureCells(null) },
        event: {
          action: 'asset.stored',
          actor: MACHINE,
          at: nowIso(),
          story,
          detail: { sha256: row.sha256, bytes: row.bytes ?? 0 },
          tell: [{ job: 'asset.process', payload: { asset } }],
        },
      }
    },
  })
