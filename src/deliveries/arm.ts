import { randomUUID } from 'node:crypto'
import { nowMs } from '@/clock'
import { env } from '@/env'
import { changeLatest } from '@/records/change'
import { rowById, type Row } from '@/records/db'
import { MACHINE } from '@/records/event'
import { nowIso } from '@/clock'
import type { Receipt, Work } from '@/publishers/publisher'
import { stepOf, stillMine, turn, type Session } from './claim'
import { deskNow, gatesNow, limitsNow, openChannel, replacedNow, sealNow } from './gates'
import { ask, lockCheckpoint, workOf } from './outbound'
import { restOnce, stopped } from './prepare'
import { later, rest, type Rest } from './rest'
import { rightsRest } from './rights'
import type { Sealed } from '@/signoff/seal'
import { timingOf } from './deps'

/**
 * The hour has come. Everything is read again; the row says `committing` before the platform is called; the
 * platform is called once. Whoever finds this row later with its lease run out asks, and never calls again.
 */
export const armStep = async (session: Session): Promise<void> => {
  const checked = await everything(session)
  if (!checked.ok) return restOnce(session, checked.rest)
  const work = await lastLook(session, checked)
  if (!work) return
  const attempt = randomUUID()
  if (!(await witness(session, attempt))) return

  // Hashing may have taken long: what can change in a moment is looked at once more. Nothing was sent yet.
  const veto = await vetoNow(session)
  if (veto) {
    await rest(session, veto)
    return
  }
  // A process that slept through its lease would commit beside the one that took over.
  if (!(await stillMine(session))) return
  const deadlineMs = timingOf(session.deps).commitMs
  const answer = await ask({
    session,
    channel: checked.channel,
    member: 'commit',
    work,
    deadlineMs,
    still: () => stillDue(session, attempt),
  })
  await afterCommit(session, attempt, answer)
}

type Good = { ok: true; sealed: Sealed; channel: Row<'channels'> }
type Checked = Good | { ok: false; rest: Rest }

/**
 * What lies prepared is looked at whole once more, before the row says `committing`: it takes as long as it takes,
 * the lease renewed, while a commit that is cut off would leave a question. The work as the commit gets it.
 */
const lastLook = async (session: Session, { sealed, channel }: Good): Promise<Work | null> => {
  const work = workOf(session.deps.store, session.row, sealed)
  const answer = await ask({ session, channel, member: 'verify', work })
  switch (answer.is) {
    case 'done':
      return { ...work, checkpoint: answer.checkpoint }
    case 'cannot':
      return work
    case 'later':
      await later(session, { line: answer.line, afterMs: answer.afterMs })
      return null
    case 'pending':
    case 'unknown':
      await later(session, { line: answer.line })
      return null
    default:
      await stopped(session, answer)
      return null
  }
}

const everything = async (session: Session): Promise<Checked> => {
  const gate = await gatesNow(session)
  if (gate) return { ok: false, rest: gate }
  const open = await openChannel(session)
  if (!open.ok) return open
  const desk = (await replacedNow(session)) ?? (await deskNow(session))
  if (desk) return { ok: false, rest: desk }
  const rights = await rightsRest(session)
  if (rights) return { ok: false, rest: rights }
  const seal = await sealNow(session, true)
  if (!seal.ok) return seal
  const limits = limitsNow(session, seal.sealed)
  if (limits) return { ok: false, rest: limits }
  return { ok: true, sealed: seal.sealed, channel: open.channel }
}

const vetoNow = async (session: Session): Promise<Rest | null> =>
  (await gatesNow(session)) ?? (await rightsRest(session)) ?? (await unsealed(session))

/** Right before the effect: this attempt is the one under way, nobody wants it gone, and nothing vetoes it. */
const stillDue = async (session: Session, attempt: string): Promise<boolean> => {
  if ((await vetoNow(session)) !== null) return false
  const row = await rowById(session.deps.payload, 'deliveries', session.row.id)
  const ours = row?.attempt === attempt && row.state === 'committing' && row.wanted !== 'gone'
  return ours && (await stillMine(session))
}

const unsealed = async (session: Session): Promise<Rest | null> => {
  const desk = (await replacedNow(session)) ?? (await deskNow(session))
  if (desk) return desk
  const seal = await sealNow(session, false)
  return seal.ok ? null : seal.rest
}

/** The compare-and-set that comes before the call. A move, a cancel or another process makes it fail. */
const witness = (session: Session, attempt: string) =>
  turn(session, {
    state: 'committing',
    action: 'delivery.committing',
    set: {
      attempt,
      attempts: (session.row.attempts ?? 0) + 1,
      absentAt: 0,
      code: '',
      line: '',
      tries: 0,
      leaseBy: session.me,
      leaseUntil: nowMs() + env.LEASE_MS,
      nextAt: nowMs() + env.LEASE_MS,
    },
    detail: { attempt, seal: session.row.sealDigest ?? '' },
  })

type CommitAnswer = Awaited<ReturnType<typeof ask<'commit'>>>

const afterCommit = async (
  session: Session,
  attempt: string,
  answer: CommitAnswer,
): Promise<void> => {
  switch (answer.is) {
    case 'done':
      return landed(session, attempt, answer)
    case 'pending':
      return landed(session, attempt, null)
    case 'unknown':
      return lost(session, answer.line)
    case 'later': {
      // The platform said that nothing happened: this is the one answer after which the hour may come again.
      const set = {
        attempt: '',
        line: answer.line,
        nextAt: nowMs() + Math.max(500, answer.afterMs),
      }
      if (session.row.wanted === 'gone') return gone(session)
      await turn(session, { state: 'ready', action: 'delivery.later', set, reason: answer.line })
      return
    }
    default:
      await stopped(session, answer)
  }
}

const gone = async (session: Session): Promise<void> => {
  await rest(session, { state: 'cancelled', code: 'taken-down', line: '' })
}

const lost = async (session: Session, line: string): Promise<void> => {
  const set = { code: 'answer-lost', line, tries: 0, absentAt: 0, nextAt: nowMs() + 500 }
  await turn(session, { state: 'unconfirmed', action: 'delivery.unconfirmed', set, reason: line })
}

/** The columns of something that is out, or said to be. A takedown that came meanwhile is carried out now. */
export const outColumns = (row: Session['row'], receipt: Receipt | null) => ({
  state: row.wanted === 'gone' ? 'withdrawing' : 'confirming',
  externalId: receipt?.externalId || row.externalId || '',
  url: receipt?.url || row.url || '',
  ...(receipt?.checkpoint ? { checkpoint: lockCheckpoint(row, receipt.checkpoint) } : {}),
  armed: false,
  goal: '',
  code: '',
  line: '',
  tries: 0,
  absentAt: 0,
  goneCount: 0,
  nextAt: nowMs(),
  leaseBy: '',
  leaseUntil: 0,
})

/** Writes the platform's yes down, though the lease ran out meanwhile: the attempt's id says that it is ours. */
const landed = async (
  session: Session,
  attempt: string,
  receipt: Receipt | null,
): Promise<void> => {
  const changed = await changeLatest({
    payload: session.deps.payload,
    collection: 'deliveries',
    id: session.row.id,
    decide: async (row) =>
      row.attempt === attempt && (row.state === 'committing' || row.state === 'unconfirmed')
        ? {
            set: outColumns(row, receipt),
            event: {
              action: 'delivery.committed',
              actor: MACHINE,
              at: nowIso(),
              story: row.story,
              detail: {
                channel: row.channel,
                externalId: receipt?.externalId ?? '',
                url: receipt?.url ?? '',
              },
              tell: [stepOf(row.id)],
            },
          }
        : { stop: 'moved' as const },
  })
  if (changed.ok) session.row = changed.row
}
