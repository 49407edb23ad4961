import { nowIso, nowMs } from '@/clock'
import { rowById } from '@/records/db'
import { note, turn, type Session } from './claim'
import { lookAsStranger } from './confirm'
import { timingOf } from './deps'
import { ask, sentWork } from './outbound'
import { lastGone, withProof } from './proof'
import { holdChannel, later } from './rest'

/** `goal` of a withdrawal once the platform was told. */
const TOLD = 'told'
/** Told again when a stranger still sees it after so many looks. */
const TELL_AGAIN = 8

/** Tells the platform, then looks as a stranger until it is gone twice. It ends in no other way. */
export const withdrawStep = async (session: Session): Promise<void> => {
  if (session.row.goal !== TOLD) return tell(session)
  const seen = await lookAsStranger(session)
  if (seen.is === 'gone') return gone(session, seen.status)
  const tries = session.row.tries ?? 0
  const again = seen.is === 'seen' && tries > 0 && tries % TELL_AGAIN === 0
  const line = seen.is === 'seen' ? 'a stranger still sees it' : seen.line
  await later(session, {
    line,
    code: tries >= TELL_AGAIN ? 'still-there' : (session.row.code ?? ''),
    set: { goneCount: 0, ...(again ? { goal: '' } : {}) },
  })
}

const tell = async (session: Session): Promise<void> => {
  const channel = await rowById(session.deps.payload, 'channels', session.row.channel)
  if (!channel) return later(session, { line: 'the channel is gone' })
  const answer = await ask({ session, channel, member: 'retract', work: await sentWork(session) })
  switch (answer.is) {
    case 'done':
      await turn(session, {
        action: 'delivery.retracted',
        set: {
          goal: TOLD,
          code: session.row.code === 'still-there' ? 'still-there' : '',
          line: answer.how,
          tries: 0,
          goneCount: 0,
          nextAt: nowMs(),
        },
        detail: { how: answer.how },
        tell: true,
      })
      return
    case 'refused':
    case 'cannot':
    case 'blocked': {
      // A person has to do it on the platform by hand; the machine keeps looking.
      const line = 'line' in answer ? answer.line : 'the platform has no such thing'
      return later(session, { line, code: 'by-hand', set: { goal: TOLD, tries: 1 } })
    }
    case 'reconnect':
      await holdChannel(session, answer.line)
      return later(session, { line: answer.line, code: 'reconnect' })
    case 'later':
      return later(session, { line: answer.line, afterMs: answer.afterMs })
    default:
      return later(session, { line: answer.line })
  }
}

const gone = async (session: Session, status: number): Promise<void> => {
  const { row } = session
  const { goneApartMs } = timingOf(session.deps)
  const before = (row.goneCount ?? 0) > 0 ? lastGone(row) : null
  const since = before ? nowMs() - Date.parse(before.at) : 0
  if (before && since < goneApartMs) {
    await note(session, { nextAt: nowMs() + goneApartMs - since })
    return
  }
  const proof = withProof(row, { at: nowIso(), what: 'gone', status, digest: '' })
  if (!before) {
    await note(session, { proof, goneCount: 1, nextAt: nowMs() + goneApartMs })
    return
  }
  await turn(session, {
    state: 'withdrawn',
    action: 'delivery.withdrawn',
    set: { proof, goneCount: 2, goal: '', wanted: '', code: '', tries: 0, nextAt: 0 },
    detail: { url: row.url ?? '', externalId: row.externalId ?? '', status },
  })
}
