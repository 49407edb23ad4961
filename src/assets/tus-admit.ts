import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Payload } from 'payload'
import { record } from '@/audit/record'
import { env } from '@/env'
import { holds, type Person } from '@/people/person'
import { findRows, insertRow } from '@/records/db'
import { REFUSED, type TusRefusal } from './refusals'
import { roomFor } from './room'
import { bytesInSpool } from './spool'
import { inThisSpool, spoolMark } from './spool-home'
import { mayAddTo } from './story-door'
import { inTurn } from './one-by-one'
import { markExpired } from './uploads'

type Asked = { id: string; size?: number; metadata?: Record<string, string | null> }
type Admitted = { ok: true; metadata: Record<string, string> } | { ok: false; refusal: TusRefusal }

/** A person begins at most so many uploads a minute, counted in the memory of each web process. */
const creations = new RateLimiterMemory({ points: 30, duration: 60 })

const SENDERS = ['contributor', 'reporter', 'producer', 'editor', 'desk-head'] as const

type Asking = { payload: Payload; person: Person; upload: Asked }
type Wanted = Asking & { story: string; size: number; sha256: string }

/** Decides whether an upload may begin, and writes its row. Nothing of the file has been read yet. */
export const admit = async ({ payload, person, upload }: Asking): Promise<Admitted> => {
  const claimed = (upload.metadata?.sha256 ?? '').toLowerCase()
  const wanted = {
    ...{ payload, person, upload, size: upload.size ?? 0, story: upload.metadata?.story ?? '' },
    sha256: /^[0-9a-f]{64}$/.test(claimed) ? claimed : '',
  }
  // Outside the turns: a flood of what may not begin at all keeps nobody waiting.
  const refusal = await refusalFor(wanted)
  const admitted = refusal ? { ok: false as const, refusal } : await inTurn((over) => take(wanted, over)) // prettier-ignore
  if (!admitted) return noted(wanted, REFUSED.busy())
  return admitted.ok ? admitted : noted(wanted, admitted.refusal)
}

const noted = async (wanted: Wanted, refusal: TusRefusal): Promise<Admitted> => {
  await noteRefusal({ ...wanted, reason: refusal.reason })
  return { ok: false, refusal }
}

/** In its turn: the room is asked for, the row written, and the room asked for once more. */
const take = async (wanted: Wanted, over: AbortSignal): Promise<Admitted> => {
  const { payload, person, upload, story, size, sha256 } = wanted
  await dropEmptyTwins(wanted)
  const refusal = await roomFor({ payload, person, size })
  if (refusal) return { ok: false, refusal }
  const filename = nameOf(upload.metadata?.filename)
  const data = {
    ...{ tusId: upload.id, owner: person.id, story, filename, bytes: size },
    ...{ claimedSha256: sha256, sha256: '', asset: '', extra: upload.metadata?.extra === '1' },
    ...{ spool: await spoolMark(), state: 'receiving', revision: 0, pending: false },
  }
  if (over.aborted) return { ok: false, refusal: REFUSED.busy() }
  const made = await insertRow({ payload, collection: 'uploads', data })
  // Another web process may have given the same room at the same instant: who finds too much under way steps back.
  const tooMuch = made.ok ? await roomFor({ payload, person, size: 0 }) : null
  if (made.ok && tooMuch) {
    await markExpired({ payload, row: made.row, why: 'no-room', refusal: tooMuch })
    return { ok: false, refusal: tooMuch }
  }
  return { ok: true, metadata: { story, filename, sha256 } }
}

/** The same file for the same story, begun before and still without a byte: its sender never heard that it was. */
const dropEmptyTwins = async ({ payload, person, story, sha256 }: Wanted): Promise<void> => {
  if (sha256 === '') return
  const rows = await findRows({
    payload,
    collection: 'uploads',
    where: {
      and: [
        { owner: { equals: person.id } },
        { story: { equals: story } },
        { state: { equals: 'receiving' } },
      ],
    },
  })
  const twins = await inThisSpool(rows.filter((row) => row.claimedSha256 === sha256))
  for (const row of twins) {
    if (!(await bytesInSpool(row.tusId))) await markExpired({ payload, row, why: 'withdrawn' })
  }
}

const LONGEST_NAME = 500

/** Kept as it was typed, to be shown; never a path, never a name on a disk. Cut between letters, not within one. */
const nameOf = (typed: string | null | undefined) =>
  [...(typed ?? '').normalize('NFC')]
    .filter((char) => char >= ' ' && char !== '\u007f')
    .slice(0, LONGEST_NAME)
    .join('')

const refusalFor = async (asked: Wanted): Promise<TusRefusal | null> => {
  const { payload, person, size, story } = asked
  if (!holds(person, ...SENDERS)) return REFUSED.role()
  if (!Number.isSafeInteger(size) || size <= 0) return REFUSED.size()
  if (size > env.UPLOAD_MAX_BYTES) return REFUSED.tooBig(size, env.UPLOAD_MAX_BYTES)
  if (
    !(await creations.consume(person.id).then(
      () => true,
      () => false,
    ))
  )
    return REFUSED.rate()
  return (await mayAddTo(payload, story, person)) ? null : REFUSED.story()
}

const noteRefusal = (args: { payload: Payload; person: Person; story: string; reason: string }) =>
  record({
    payload: args.payload,
    actor: { id: args.person.id, name: args.person.name, roles: args.person.roles.join(' ') },
    action: 'upload.begin',
    outcome: 'refused',
    subject: 'uploads',
    subjectId: '',
    story: args.story.slice(0, 80),
    reason: args.reason,
  })
