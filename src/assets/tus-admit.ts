import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { Payload } from 'payload'
import { record } from '@/audit/record'
import { env } from '@/env'
import { holds, type Person } from '@/people/person'
import { findRows, insertRow } from '@/records/db'
import { REFUSED, type TusRefusal } from './refusals'
import { freeBytes } from './spool'
import { mayAddTo } from './story-door'

type Asked = { id: string; size?: number; metadata?: Record<string, string | null> }
type Admitted = { ok: true; metadata: Record<string, string> } | { ok: false; refusal: TusRefusal }

/** A person begins at most so many uploads a minute, counted in the memory of each web process. */
const creations = new RateLimiterMemory({ points: 30, duration: 60 })
/** The file is in the spool, then in the store, then its renditions: three times its size. */
const ROOM_NEEDED = 3

const SENDERS = ['contributor', 'reporter', 'producer', 'editor', 'desk-head'] as const

/** Decides whether an upload may begin, and writes its row. Nothing of the file has been read yet. */
export const admit = async (args: {
  payload: Payload
  person: Person
  upload: Asked
}): Promise<Admitted> => {
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
      state: 'receiving',
      revision: 0,
      pending: false,
    },
  })
  return { ok: true, metadata: { story, filename, sha256: claimedSha256 } }
}

/** Kept as it was typed, to be shown; never a path, never a name on a disk. */
const nameOf = (typed: string | null | undefined) =>
  [...(typed ?? '').normalize('NFC')]
    .filter((char) => char >= ' ' && char !== '\u007f')
    .join('')
    .slice(0, 200)

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
  const used = await underWay(payload, person)
  if (used + size > env.UPLOAD_QUOTA_BYTES) return REFUSED.quota(used, env.UPLOAD_QUOTA_BYTES)
  if ((await freeBytes()) < ROOM_NEEDED * size) return REFUSED.disk()
  return null
}

/** Bytes that this person's unfinished uploads will take in the spool. */
const underWay = async (payload: Payload, person: Person): Promise<number> => {
  const rows = await findRows({
    payload,
    collection: 'uploads',
    where: {
      and: [{ owner: { equals: person.id } }, { state: { in: ['receiving', 'received'] } }],
    },
  })
  return rows.reduce((sum, row) => sum + (row.bytes ?? 0), 0)
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
