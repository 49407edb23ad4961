import type { Payload } from 'payload'
import { record } from '@/audit/record'
import { nowIso, nowMs } from '@/clock'
import { refuse, type Help, type Outcome, type Refusal } from '@/errors'
import { holds, type Person } from '@/people/person'
import type { RoleId } from '@/people/roles'
import { changeLatest } from '@/records/change'
import type { Row } from '@/records/db'
import type { RowEvent } from '@/records/event'
import { failureCells } from './failure-words'
import { actorOf } from './tus'
import { unmadeOf } from './unmade'

/** Who may stop a transcode or have it done again: it is work of the house, not a decision on a story. */
export const HANDLERS: RoleId[] = ['producer', 'editor', 'desk-head', 'secretariat', 'admin']
/** Who says that one clip goes before everybody else's. */
const HURRIERS: RoleId[] = ['desk-head', 'secretariat', 'deputy', 'head']

type Asset = Row<'assets'>
type Set = Record<string, string | number | boolean | null>
export type Verb = 'stop' | 'retry' | 'urgent' | 'calm'
type Rule = {
  roles: RoleId[]
  action: string
  from: readonly string[]
  /** Or from any state, where this holds. */
  or?: (row: Asset) => boolean
  /** A running stop must say why. */
  needsReason?: boolean
  set: (row: Asset, asked: { person: Person; reason: string }) => Set
  tell?: true
}

const help = (vi: string, en: string): Help => ({ vi, en })
const REFUSED = {
  role: () => refuse('role', help('Vai trò của bạn không làm được việc này.', 'Your role may not do this.')), // prettier-ignore
  absent: () => refuse('absent', help('Không có tư liệu này.', 'There is no such asset.')),
  reason: () => refuse('no-reason', help('Hãy ghi lý do.', 'Give a reason.')),
  state: () => refuse('state', help('Tệp vừa đổi trạng thái nên không làm được nữa. Xem lại danh sách.', 'The file has moved on, so this can not be done any more. Look at the list again.')), // prettier-ignore
}

const isHeld = (row: Asset) => (row.leaseUntil ?? 0) >= nowMs()

const RULES: Record<Verb, Rule> = {
  stop: {
    roles: HANDLERS,
    action: 'asset.stop',
    from: ['stored', 'processing'],
    needsReason: true,
    // Where somebody works, that one stops it and then says so; where nobody does, it is stopped by this.
    set: (row, { person, reason }) => ({
      state: isHeld(row) ? 'stopping' : 'failed',
      ...failureCells({
        vi: `${person.name} đã dừng chuyển mã: ${reason}`.slice(0, 500),
        en: `${person.name} stopped the transcode: ${reason}`.slice(0, 500),
      }),
      pass: '',
      secondsLeft: null,
    }),
  },
  retry: {
    roles: HANDLERS,
    action: 'asset.retry',
    from: ['failed'],
    // All that is common is there, and a file for a channel came to nothing.
    or: (row) => row.state === 'ready' && Object.keys(unmadeOf(row)).length > 0,
    set: () => ({
      state: 'stored',
      failures: 0,
      losses: 0,
      ...failureCells(null),
      unmade: '',
      progress: 0,
      waitUntil: 0,
    }),
    tell: true,
  },
  urgent: {
    roles: HURRIERS,
    action: 'asset.urgent',
    from: ['storing', 'stored', 'processing', 'failed'],
    set: () => ({ urgentAt: nowMs() }),
  },
  calm: {
    roles: HURRIERS,
    action: 'asset.calm',
    from: ['storing', 'stored', 'processing', 'failed', 'ready'],
    set: () => ({ urgentAt: 0 }),
  },
}

type Handling = { payload: Payload; person: Person; asset: string; reason?: string }

/** One person's verb on one transcode: stop it, do it again, put it before all others or back in its turn. */
export const handleTranscode = async (
  args: Handling & { verb: Verb },
): Promise<Outcome<{ state: string }>> => {
  const { payload, person, asset, verb } = args
  const rule = RULES[verb]
  const reason = args.reason?.trim().slice(0, 300) ?? ''
  if (!holds(person, ...rule.roles)) return refused(args, rule, REFUSED.role())
  if (rule.needsReason && reason === '') return refused(args, rule, REFUSED.reason())
  const event: RowEvent = {
    action: rule.action,
    actor: actorOf(person),
    at: nowIso(),
    reason,
    ...(rule.tell ? { tell: [{ job: 'asset.process', payload: { asset } }] } : {}),
  }
  const done = await changeLatest<'assets', 'state'>({
    payload,
    collection: 'assets',
    id: asset,
    decide: async (row) =>
      rule.from.includes(row.state) || rule.or?.(row) === true
        ? { set: rule.set(row, { person, reason }), event }
        : { stop: 'state' },
  })
  if (done.ok) return { ok: true, state: done.row.state }
  const absent = 'reason' in done && done.reason === 'absent'
  return refused(args, rule, absent ? REFUSED.absent() : REFUSED.state())
}

const refused = async (asked: Handling, rule: Rule, refusal: Refusal): Promise<Refusal> => {
  await record({
    payload: asked.payload,
    actor: actorOf(asked.person),
    action: rule.action,
    outcome: 'refused',
    subject: 'assets',
    subjectId: asked.asset,
    reason: refusal.reason,
  })
  return refusal
}

/** What this person's roles allow, whatever the state: what a screen offers. */
export const verbsOf = (person: Person): Verb[] =>
  Object.keys(RULES).filter(
    (verb): verb is Verb => isVerb(verb) && holds(person, ...RULES[verb].roles),
  )

export const isVerb = (text: string): text is Verb => Object.hasOwn(RULES, text)
