import { nowIso, nowMs } from '@/clock'
import { lineOf } from '@/errors'
import { changeLatest } from '@/records/change'
import { findRow, rowById } from '@/records/db'
import { MACHINE } from '@/records/event'
import type { Found, Seen } from '@/publishers/publisher'
import { outColumns } from './arm'
import { turn, type Delivery, type Session } from './claim'
import { timingOf } from './deps'
import { isLate } from './next'
import { ask, contextOf, lockCheckpoint, sentWork } from './outbound'
import { withProof } from './proof'
import { later, rest } from './rest'

/** A commit may be made anew so often after the platform said for certain that nothing is there. */
const MOST_ATTEMPTS = 3
/** After so many looks a person is told that the platform does not say. */
const ASK_A_PERSON = 12

/** Whoever committed is dead or has lost the answer. The platform is asked; it is never told twice. */
export const askStep = async (session: Session): Promise<void> => {
  if (session.row.state === 'committing') {
    const set = { code: 'answer-lost', line: '', tries: 0, absentAt: 0, nextAt: nowMs() }
    await turn(session, {
      state: 'unconfirmed',
      action: 'delivery.unconfirmed',
      set,
      reason: 'answer-lost',
      tell: true,
    })
    return
  }
  const found = await findIt(session)
  if (found.is === 'there') return there(session, found)
  if (found.is === 'absent') return absent(session)
  const tired = (session.row.tries ?? 0) >= ASK_A_PERSON
  await later(session, {
    line: found.line,
    set: { absentAt: 0 },
    ...(tired ? { code: 'ask-a-person' } : {}),
  })
}

/** Asks the platform whether it is out. */
export const findIt = async (session: Session): Promise<Found> => {
  const publisher = session.deps.publishers[session.row.platform]
  const channel = await rowById(session.deps.payload, 'channels', session.row.channel)
  if (!publisher || !channel) return { is: 'cannot-tell', line: 'no publisher or no channel' }
  try {
    return await publisher.find(
      contextOf(session, channel, session.signal),
      await sentWork(session),
    )
  } catch (error) {
    return { is: 'cannot-tell', line: lineOf(error) }
  }
}

const there = async (session: Session, found: Extract<Found, { is: 'there' }>): Promise<void> => {
  const { state, leaseBy: _by, leaseUntil: _until, ...set } = outColumns(session.row, found.receipt)
  await turn(session, {
    state: state === 'withdrawing' ? 'withdrawing' : 'confirming',
    action: 'delivery.found',
    set,
    detail: { externalId: found.receipt.externalId, url: found.receipt.url },
    tell: true,
  })
}

/** Once is not enough: a request on its way may still land. Twice, apart, and the platform is believed. */
const absent = async (session: Session): Promise<void> => {
  const { row } = session
  const { absentApartMs, lateMs } = timingOf(session.deps)
  const since = nowMs() - (row.absentAt ?? 0)
  if (!row.absentAt) {
    return later(session, { line: 'not there', afterMs: absentApartMs, set: { absentAt: nowMs() } })
  }
  if (since < absentApartMs)
    return later(session, { line: 'not there', afterMs: absentApartMs - since })
  const line = 'the platform said twice that it is not there'
  if (row.wanted === 'gone') {
    await rest(session, { state: 'cancelled', code: 'taken-down', line })
    return
  }
  if (isLate(row, nowMs(), lateMs)) {
    await rest(session, { state: 'late', code: 'late', line })
    return
  }
  if ((row.attempts ?? 0) >= MOST_ATTEMPTS) {
    await rest(session, { state: 'held', code: 'not-out', line })
    return
  }
  const set = { attempt: '', absentAt: 0, code: '', line, tries: 0, nextAt: nowMs() }
  await turn(session, { state: 'ready', action: 'delivery.absent', set, reason: line, tell: true })
}

/** It is out by the platform's word, which named no place yet. Reads only. */
export const checkStep = async (session: Session): Promise<void> => {
  const channel = await rowById(session.deps.payload, 'channels', session.row.channel)
  if (!channel) return later(session, { line: 'the channel is gone' })
  const answer = await ask({ session, channel, member: 'check', work: await sentWork(session) })
  if (answer.is !== 'done')
    return later(session, { line: 'line' in answer ? answer.line : answer.is })
  const { checkpoint, externalId, url } = answer
  await later(session, {
    line: '',
    afterMs: 1,
    set: {
      externalId,
      url,
      tries: 0,
      ...(checkpoint ? { checkpoint: lockCheckpoint(session.row, checkpoint) } : {}),
    },
  })
}

/** As a stranger: no token, no cookie, no cache. */
export const lookAsStranger = async (session: Session): Promise<Seen> => {
  const publisher = session.deps.publishers[session.row.platform]
  const channel = await rowById(session.deps.payload, 'channels', session.row.channel)
  if (!publisher || !channel) return { is: 'cannot-tell', line: 'no publisher or no channel' }
  try {
    const ctx = contextOf(session, channel, session.signal)
    return await publisher.seen({ ...ctx, token: null }, await sentWork(session))
  } catch (error) {
    return { is: 'cannot-tell', line: lineOf(error) }
  }
}

/** Published means that a stranger has seen it. Not seeing it can't fail what the platform said yes to. */
export const lookStep = async (session: Session): Promise<void> => {
  const seen = await lookAsStranger(session)
  if (seen.is !== 'seen') {
    const line = seen.is === 'gone' ? `a stranger does not see it yet (${seen.status})` : seen.line
    return later(session, {
      line,
      ...((session.row.tries ?? 0) > ASK_A_PERSON ? { code: 'not-seen' } : {}),
    })
  }
  // The older one first: a crash in between is repeated from here, and two of them are never `published`.
  await supersede(session)
  const at = nowIso()
  await turn(session, {
    state: 'published',
    action: 'delivery.published',
    set: {
      proof: withProof(session.row, {
        at,
        what: 'seen',
        status: seen.status,
        digest: seen.digest ?? '',
      }),
      code: '',
      line: '',
      tries: 0,
      nextAt: 0,
    },
    detail: {
      url: session.row.url ?? '',
      externalId: session.row.externalId ?? '',
      status: seen.status,
    },
  })
}

const supersede = async (session: Session): Promise<void> => {
  const { row, deps } = session
  if (!row.replaces) return
  const older: Delivery | null = await findRow({
    payload: deps.payload,
    collection: 'deliveries',
    where: { id: { equals: row.replaces } },
  })
  if (older?.state !== 'published') return
  await changeLatest({
    payload: deps.payload,
    collection: 'deliveries',
    id: older.id,
    decide: async (latest) =>
      latest.state === 'published'
        ? {
            set: { state: 'replaced', nextAt: 0 },
            event: {
              action: 'delivery.replaced',
              actor: MACHINE,
              at: nowIso(),
              story: row.story,
              detail: { by: row.id },
            },
          }
        : { stop: 'moved' as const },
  })
}
