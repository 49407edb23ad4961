import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Payload } from 'payload'
import { record } from '@/audit/record'
import { env } from '@/env'
import { holds, type Person } from '@/people/person'
import { insertRow } from '@/records/db'
import { REFUSED, type TusRefusal } from './refusals'
import { roomFor } from './room'
import { spoolMark } from './spool-home'
import { mayAddTo } from './story-door'

type Asked = { id: string; size?: number; metadata?: Record<string, string | null> }
type Admitted = { ok: true; metadata: Record<string, string> } | { ok: false; refusal: TusRefusal }

/** A person begins at most so many uploads a minute, counted in the memory of each web process. */
const creations = new RateLimiterMemory({ points: 30, duration: 60 })

const SENDERS = ['contributor', 'reporter', 'producer', 'editor', 'desk-head'] as const

let last: Promise<unknown> = Promise.resolve()
/** One after another: two that begin at once must not both be given the last of the room. */
const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const mine = last.then(work, work)
  last = mine
  return mine
}

type Asking = { payload: Payload; person: Person; upload: Asked }

/** Decides whether an upload may begin, and writes its row. Nothing of the file has been read yet. */
export const admit = (asking: Asking): Promise<Admitted> => inTurn(() => admitOne(asking))

const admitOne = async (args: Asking): Promise<Admitted> => {
  const { payload, person, upload } = args
  const story = upload.metadata?.story ?? ''
  const refusal = await refusalFor({ payload, person, size: upload.size ?? 0, story })
  if (refusal) {
    await noteRefusal({ payload, person, story, reason: refusal.reason })
    return { ok: false, refusal }
  }
  const filename = nameOf(upload.metadata?.filename)
  const claimed = (upload.metadata?.sha256 ?? '').toLowerCase()
  const claimedSha256 = /^[0-9a-f]{64}$/.test(claimed) ? claimed : ''
  const extra = upload.metadata?.extra === '1'
  await insertRow({
    payload,
    collection: 'uploads',
    data: {
      tusId: upload.id,
      owner: person.id,
      story,
      filename,
      bytes: upload.size ?? 0,
      claimedSha256,
      sha256: '',
      asset: '',
      extra,
      spool: await spoolMark(),
      state: 'receiving',
      revision: 0,
      pending: false,
    },
  })
  return { ok: true, metadata: { story, filename, sha256: claimedSha256 } }
}

const LONGEST_NAME = 500

/** Kept as it was typed, to be shown; never a path, never a name on a disk. Cut between letters, not within one. */
const nameOf = (typed: string | null | undefined) =>
  [...(typed ?? '').normalize('NFC')]
    .filter((char) => char >= ' ' && char !== '\u007f')
    .slice(0, LONGEST_NAME)
    .join('')

const refusalFor = async (asked: {
  payload: Payload
  person: Person
  size: number
  story: string
}): Promise<TusRefusal | null> => {
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
  if (!(await mayAddTo(payload, story, person))) return REFUSED.story()
  return roomFor({ payload, person, size })
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
