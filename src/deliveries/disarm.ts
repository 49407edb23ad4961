import { nowMs } from '@/clock'
import { rowById, type Row } from '@/records/db'
import { note, turn, type Session } from './claim'
import { outColumns } from './arm'
import { findIt } from './confirm'
import { ask, sentWork } from './outbound'
import { CLEAN, later, leftBehind } from './rest'
import { timingOf } from './deps'
import { isState, type DeliveryState } from './states'

/**
 * Takes back what lies on the platform before anything counts as stopped: first its timer, with a read that
 * shows it gone, then, where the upload is of no more use, the upload.
 */
export const disarmStep = async (session: Session): Promise<void> => {
  const channel = await rowById(session.deps.payload, 'channels', session.row.channel)
  if (!channel) return later(session, { line: 'the channel is gone' })
  if (session.row.armed && !(await timerGone(session, channel))) return
  const drop = session.row.goal === 'cancelled' || session.row.goal === 'fresh'
  if (drop && leftBehind(session.row) && !(await uploadGone(session, channel))) return
  await arrive(session)
}

const timerGone = async (session: Session, channel: Row<'channels'>): Promise<boolean> => {
  const work = { ...(await sentWork(session)), insurance: false }
  const answer = await ask({ session, channel, member: 'amend', work })
  switch (answer.is) {
    case 'done':
    case 'cannot':
      return note(session, { armed: false, tries: 0 })
    case 'refused':
      if (answer.code === 'already-public') await faster(session)
      else await later(session, { line: answer.line, code: answer.code })
      return false
    case 'later':
      await later(session, { line: answer.line, afterMs: answer.afterMs })
      return false
    default:
      await later(session, { line: answer.line })
      return false
  }
}

/** The platform's timer was faster. What may not be out is taken down; the rest is confirmed like any other. */
const faster = async (session: Session): Promise<void> => {
  const { row } = session
  const wanted = row.goal === 'cancelled' || row.goal === 'fresh' ? 'gone' : (row.wanted ?? '')
  const { state, leaseBy: _by, leaseUntil: _until, ...set } = outColumns({ ...row, wanted }, null)
  await turn(session, {
    state: state === 'withdrawing' ? 'withdrawing' : 'confirming',
    action: 'delivery.timer-was-faster',
    set: { ...set, wanted },
    tell: true,
  })
}

const uploadGone = async (session: Session, channel: Row<'channels'>): Promise<boolean> => {
  const answer = await ask({ session, channel, member: 'retract', work: await sentWork(session) })
  if (answer.is === 'done') return true
  if (answer.is === 'refused' || answer.is === 'cannot') return isPrivate(session)
  await later(session, {
    line: answer.line,
    ...(answer.is === 'later' ? { afterMs: answer.afterMs } : {}),
  })
  return false
}

/**
 * Without a timer an upload that was never committed is private for ever: the platform's no to removing it is no reason
 * to wait. After a commit whose answer was lost it may be out: then it ends only when the platform says that it is not.
 */
const isPrivate = async (session: Session): Promise<boolean> => {
  if (!session.row.attempt) return true
  const found = await findIt(session)
  if (found.is === 'absent') return true
  const line =
    found.is === 'there' ? 'it is out and the platform does not take it back' : found.line
  await later(session, { line, code: 'by-hand' })
  return false
}

const arrive = async (session: Session): Promise<void> => {
  const goal = session.row.goal ?? ''
  const fresh = goal === 'fresh' || goal === 'cancelled'
  const state: DeliveryState = goal === 'fresh' ? 'planned' : isState(goal) ? goal : 'held'
  const nextAt = { planned: nowMs(), held: nowMs() + timingOf(session.deps).pollMs }
  const byPerson = session.row.code === 'blocked' || session.row.code === 'no-answer'
  await turn(session, {
    state,
    action: `delivery.${state}`,
    reason: session.row.code ?? '',
    set: {
      ...(fresh ? CLEAN : {}),
      armed: false,
      goal: '',
      tries: 0,
      nextAt:
        state === 'planned' ? nextAt.planned : state === 'held' && !byPerson ? nextAt.held : 0,
    },
    detail: { disarmed: true },
    tell: state === 'planned',
  })
}
