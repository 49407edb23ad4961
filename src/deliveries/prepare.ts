import { nowMs } from '@/clock'
import type { Row } from '@/records/db'
import type { Checkpoint } from '@/publishers/publisher'
import { note, turn, type Session } from './claim'
import { openChannel, outwardSwitch, sealNow, unlessSame } from './gates'
import { ask, lockCheckpoint, workOf } from './outbound'
import { holdChannel, later, leftBehind, rest, type Rest } from './rest'
import { rightsRest } from './rights'
import type { Sealed } from '@/signoff/seal'

/** So many answers that say nothing, one after the other, and a person is asked. */
const PATIENCE = 40

/** Rests, but writes an unchanged rest without an event: an unsigned delivery is looked at again and again. */
export const restOnce = async (session: Session, to: Rest): Promise<void> => {
  if (unlessSame(session.row, to) || session.row.armed || (to.fresh && leftBehind(session.row))) {
    await rest(session, to)
    return
  }
  await note(session, { nextAt: to.nextAt ?? 0, line: to.line })
}

/** Brings everything to the platform, seen by nobody. Starts only under a seal that holds; repeatable at will. */
export const prepareStep = async (session: Session): Promise<void> => {
  const open = await openChannel(session)
  if (!open.ok) return restOnce(session, open.rest)
  const seal = await sealNow(session, false)
  if (!seal.ok) return restOnce(session, seal.rest)
  const { sealed } = seal
  if (
    session.row.sealDigest &&
    session.row.sealDigest !== sealed.seal.digest &&
    leftBehind(session.row)
  ) {
    const line = 'prepared from an older signature'
    await rest(session, {
      state: 'planned',
      code: 'signed-anew',
      line,
      nextAt: nowMs(),
      fresh: true,
    })
    return
  }
  if (!(await begin(session, open.channel, sealed))) return
  const work = workOf(session.deps.store, session.row, sealed)
  const answer = await ask({ session, channel: open.channel, member: 'prepare', work })
  if (answer.is === 'done') return prepared(session, answer)
  await unprepared(session, answer)
}

/** The platform's own timer asks nobody at its hour: what is held, or may not be shown then, gets none. */
const mayArm = async (session: Session, channel: Row<'channels'>): Promise<boolean> => {
  if (channel.insurance !== true) return false
  const outward = await outwardSwitch(session.deps.payload)
  return outward?.held !== true && (await rightsRest(session)) === null
}

/** Remembers that a timer may be set on the platform before it is: one that we forgot could not be cancelled. */
const begin = async (
  session: Session,
  channel: Row<'channels'>,
  sealed: Sealed,
): Promise<boolean> => {
  const armed = session.row.armed === true || (await mayArm(session, channel))
  if (session.row.state === 'preparing' && armed === (session.row.armed === true)) return true
  return turn(session, {
    state: 'preparing',
    action: 'delivery.preparing',
    set: {
      seal: sealed.seal.id,
      sealDigest: sealed.seal.digest,
      armed,
      code: '',
      line: '',
      tries: 0,
      nextAt: nowMs(),
    },
    detail: { seal: sealed.seal.digest },
  })
}

const prepared = async (
  session: Session,
  answer: { checkpoint: Checkpoint; externalId?: string },
): Promise<void> => {
  const dueMs = Date.parse(session.row.dueAt)
  await turn(session, {
    state: 'ready',
    action: 'delivery.ready',
    set: {
      checkpoint: lockCheckpoint(session.row, answer.checkpoint),
      externalId: answer.externalId ?? session.row.externalId ?? '',
      code: '',
      line: '',
      tries: 0,
      nextAt: Math.max(1, dueMs),
    },
    detail: { externalId: answer.externalId ?? '' },
    tell: dueMs <= nowMs(),
  })
}

type Unprepared = Exclude<Awaited<ReturnType<typeof ask<'prepare'>>>, { is: 'done' }>

const unprepared = async (session: Session, answer: Unprepared): Promise<void> => {
  switch (answer.is) {
    case 'pending':
      return later(session, { line: answer.line, set: kept(session, answer.checkpoint) })
    case 'later': {
      const set = kept(session, answer.checkpoint)
      return later(session, { line: answer.line, afterMs: answer.afterMs, set })
    }
    case 'unknown':
      if ((session.row.tries ?? 0) < PATIENCE) return later(session, { line: answer.line })
      await rest(session, { state: 'held', code: 'no-answer', line: answer.line })
      return
    default:
      await stopped(session, answer)
  }
}

const kept = (session: Session, checkpoint?: Checkpoint): Record<string, string> =>
  checkpoint ? { checkpoint: lockCheckpoint(session.row, checkpoint) } : {}

type Stopped =
  | { is: 'refused'; code: string; line: string }
  | { is: 'quota'; until: string; line: string }
  | { is: 'reconnect'; line: string }
  | { is: 'blocked'; line: string }
  | { is: 'cannot' }

/**
 * The platform's noes, the same before and at the commit. A quota or a lost token keeps the platform's timer:
 * the delivery is still wanted, and this is the outage that the timer insures against.
 */
export const stopped = async (session: Session, answer: Stopped): Promise<void> => {
  switch (answer.is) {
    case 'refused':
      await rest(session, { state: 'refused', code: answer.code, line: answer.line })
      return
    case 'cannot':
      await rest(session, {
        state: 'refused',
        code: 'cannot',
        line: 'the platform has no such thing',
      })
      return
    case 'blocked':
      await rest(session, { state: 'held', code: 'blocked', line: answer.line })
      return
    case 'quota': {
      const nextAt = Math.max(nowMs() + 1_000, Date.parse(answer.until) || 0)
      await wait(session, { code: 'quota', line: answer.line, nextAt })
      return
    }
    case 'reconnect':
      await holdChannel(session, answer.line)
      await wait(session, { code: 'reconnect', line: answer.line, nextAt: nowMs() + 30_000 })
  }
}

const wait = (session: Session, set: { code: string; line: string; nextAt: number }) =>
  turn(session, {
    state: 'held',
    action: 'delivery.held',
    reason: set.code,
    set,
    detail: { line: set.line },
  })
