import type { Payload } from 'payload'
import { nowMs } from '@/clock'
import type { Refusal } from '@/errors'
import { limitProblems } from '@/publishers'
import { findRow, rowById, type Row } from '@/records/db'
import type { Delivery, Session } from './claim'
import type { Sealed } from '@/signoff/seal'
import { timingOf } from './deps'
import type { Rest } from './rest'

export const OUTWARD = 'outward'

/** The one switch that holds everything. */
export const outwardSwitch = (payload: Payload): Promise<Row<'switches'> | null> =>
  findRow({ payload, collection: 'switches', where: { name: { equals: OUTWARD } } })

/** Reasons of a seal that say: nobody has signed this, or not as it is now. A new signature mends them; all others end it. */
const UNSIGNED = ['unsigned', 'voided', 'story-changed', 'variant-changed', 'rendition-changed']

const isUnsigned = (refusal: Refusal): boolean => UNSIGNED.includes(refusal.reason)

const again = (session: Session) => nowMs() + timingOf(session.deps).slowMs

/** Why nothing may leave by this channel now, or the channel. */
export const openChannel = async (
  session: Session,
): Promise<{ ok: true; channel: Row<'channels'> } | { ok: false; rest: Rest }> => {
  const { payload } = session.deps
  const channel = await rowById(payload, 'channels', session.row.channel)
  if (!channel?.active) {
    return {
      ok: false,
      rest: {
        state: 'held',
        code: 'channel-off',
        line: 'the channel is not in use',
        nextAt: again(session),
      },
    }
  }
  if (channel.held) {
    return {
      ok: false,
      rest: {
        state: 'held',
        code: 'channel-held',
        line: 'the channel is held',
        nextAt: again(session),
      },
    }
  }
  return { ok: true, channel }
}

/** Everything of today that may stop a delivery at its hour, read anew. */
export const gatesNow = async (session: Session): Promise<Rest | null> => {
  const outward = await outwardSwitch(session.deps.payload)
  if (outward?.held) {
    const nextAt = nowMs() + timingOf(session.deps).pollMs * 2
    return {
      state: 'held',
      code: 'outward-held',
      line: outward.reason || 'everything is held',
      nextAt,
    }
  }
  const open = await openChannel(session)
  return open.ok ? null : open.rest
}

/** The seal of this channel now: against the rows, or against the very bytes. */
export const sealNow = async (
  session: Session,
  bytes: boolean,
): Promise<{ ok: true; sealed: Sealed } | { ok: false; rest: Rest }> => {
  const { deps, row } = session
  const sealed = await deps.checkSeal({
    payload: deps.payload,
    store: deps.store,
    story: row.story,
    channel: row.channel,
    binds: deps.publishers[row.platform]?.accepts.binds ?? [],
    bytes,
  })
  if (!sealed.ok) return { ok: false, rest: restOf(session, sealed) }
  const prepared = row.sealDigest && row.state !== 'planned' ? row.sealDigest : sealed.seal.digest
  if (prepared !== sealed.seal.digest) {
    const line = 'signed anew: it is prepared again from what was signed last'
    return {
      ok: false,
      rest: { state: 'planned', code: 'signed-anew', line, nextAt: nowMs(), fresh: true },
    }
  }
  return { ok: true, sealed }
}

const restOf = (session: Session, refusal: Refusal): Rest => {
  const line = refusal.help.vi
  if (!isUnsigned(refusal)) return { state: 'refused', code: refusal.reason, line }
  return { state: 'planned', code: 'unsigned', line, nextAt: again(session), fresh: true }
}

const DESK_SIGNED = 'signed'

/** The story itself still stands as signed: nobody killed it or took it back to the desk. */
export const deskNow = async (session: Session): Promise<Rest | null> => {
  const { deps, row } = session
  const item = await findRow({
    payload: deps.payload,
    collection: 'desk-items',
    where: { story: { equals: row.story } },
  })
  if (item?.state === DESK_SIGNED) return null
  const line = 'Tin không còn ở trạng thái đã duyệt.'
  return { state: 'planned', code: 'unsigned', line, nextAt: again(session), fresh: true }
}

const BACK = ['withdrawing', 'withdrawn']

/** A correction takes the place of what is out. Where that was taken down meanwhile, nothing comes back by its hour alone. */
export const replacedNow = async (session: Session): Promise<Rest | null> => {
  const { deps, row } = session
  const older = row.replaces ? await rowById(deps.payload, 'deliveries', row.replaces) : null
  if (!older || !BACK.includes(older.state)) return null
  const line = 'Bản mà lượt này thay đã được gỡ. Muốn đăng lại, hãy lập lượt đăng mới.'
  return { state: 'refused', code: 'taken-down', line }
}

/** The platform's limits once more, on probed facts. */
export const limitsNow = (session: Session, sealed: Sealed): Rest | null => {
  const accepts = session.deps.publishers[session.row.platform]?.accepts
  if (!accepts)
    return { state: 'refused', code: 'no-publisher', line: 'no publisher for this platform' }
  const { variant, facts } = sealed.words
  const main = accepts.rendition ? (sealed.renditions[accepts.rendition] ?? []) : []
  const bytes = main.length === 1 ? (main[0]?.bytes ?? null) : null
  const [problem] = limitProblems(accepts, { variant, facts, bytes })
  return problem
    ? { state: 'refused', code: `${problem.field}-${problem.code}`, line: problem.help.vi }
    : null
}

export const unlessSame = (row: Delivery, to: Rest): boolean =>
  row.state !== to.state || row.code !== to.code
