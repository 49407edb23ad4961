import type { Payload } from 'payload'
import { nowIso } from '@/clock'
import { env } from '@/env'
import type { Refusal } from '@/errors'
import { changeLatest } from '@/records/change'
import { MACHINE, type Actor, type RowEvent } from '@/records/event'
import type { Row } from '@/records/db'
import { REFUSED } from './refusals'
import { bytesInSpool, flushSpool, removeFromSpool } from './spool'

type Upload = Row<'uploads'>
type Move = {
  payload: Payload
  upload: string
  from: 'receiving' | 'received'
  set: Record<string, string>
  event: (row: Upload) => RowEvent
}

/** Moves an upload on, once: when another process was first, nothing happens. True when this one moved it. */
const move = async ({ payload, upload, from, set, event }: Move): Promise<boolean> => {
  const moved = await changeLatest<'uploads', 'moved'>({
    payload,
    collection: 'uploads',
    id: upload,
    decide: async (row) => (row.state === from ? { set, event: event(row) } : { stop: 'moved' }),
  })
  return moved.ok
}

const eventOf = (row: Upload, action: string, more: Partial<RowEvent> = {}): RowEvent => ({
  action,
  actor: MACHINE,
  at: nowIso(),
  ...(row.story ? { story: row.story } : {}),
  ...more,
})

/** The last byte is there: says so, and tells the worker. */
export const markReceived = async (args: {
  payload: Payload
  row: Upload
  actor?: Actor
}): Promise<boolean> => {
  const { payload, row, actor = MACHINE } = args
  if ((await bytesInSpool(row.tusId)) !== row.bytes) return false
  await flushSpool(row.tusId)
  return move({
    payload,
    upload: row.id,
    from: 'receiving',
    set: { state: 'received' },
    event: (latest) =>
      eventOf(latest, 'upload.received', {
        actor,
        detail: { bytes: latest.bytes ?? 0 },
        tell: [{ job: 'upload.arrived', payload: { upload: row.id } }],
      }),
  })
}

export const markAccepted = (args: {
  payload: Payload
  upload: string
  asset: string
  sha256: string
  /** A virus scanner looked at it; false where the house has none. */
  scanned: boolean
}): Promise<boolean> =>
  move({
    payload: args.payload,
    upload: args.upload,
    from: 'received',
    set: { state: 'accepted', asset: args.asset, sha256: args.sha256 },
    event: (row) =>
      eventOf(row, 'upload.accepted', {
        detail: { asset: args.asset, sha256: args.sha256, scanned: args.scanned },
        // Bytes that were there already may be new to a story whose channels need more of them.
        tell: [{ job: 'asset.wanted', payload: { story: row.story ?? '', channel: '' } }],
      }),
  })

export const markRefused = (args: {
  payload: Payload
  upload: string
  refusal: Refusal
}): Promise<boolean> => {
  const { refusal } = args
  return move({
    payload: args.payload,
    upload: args.upload,
    from: 'received',
    set: {
      state: 'refused',
      refusal: refusal.reason,
      refusalHelp: JSON.stringify(refusal.help),
    },
    event: (row) =>
      eventOf(row, 'upload.refused', { reason: refusal.reason, detail: detailOf(refusal) }),
  })
}

const detailOf = (refusal: Refusal): Record<string, string> =>
  Object.fromEntries(
    Object.entries(refusal.detail ?? {}).map(([name, value]) => [name, String(value)]),
  )

type Ending = { payload: Payload; row: Upload; actor?: Actor } & (
  { why: 'expired' | 'withdrawn' } | { why: 'no-room'; refusal: Refusal }
)

const wordsOf = (ending: Ending): Refusal => {
  if (ending.why === 'no-room') return ending.refusal
  return ending.why === 'expired' ? REFUSED.expired(env.UPLOAD_KEEP_HOURS) : REFUSED.withdrawn()
}

/** An upload that will come to nothing: dropped by its owner, by the clock, for want of room. Its bytes go with it. */
export const markExpired = async (args: Ending): Promise<boolean> => {
  const refusal = wordsOf(args)
  const moved = await move({
    payload: args.payload,
    upload: args.row.id,
    from: args.row.state === 'received' && args.why === 'withdrawn' ? 'received' : 'receiving',
    set: { state: 'expired', refusal: refusal.reason, refusalHelp: JSON.stringify(refusal.help) },
    event: (row) => eventOf(row, `upload.${args.why}`, args.actor ? { actor: args.actor } : {}),
  })
  if (moved) await removeFromSpool(args.row.tusId)
  return moved
}
