import type { Payload } from 'payload'
import { nowIso } from '@/clock'
import type { Outcome, Refusal } from '@/errors'
import { holds, type Person } from '@/people/person'
import { change } from '@/records/change'
import { rowById } from '@/records/db'
import { digestOfTrack, tracksOf } from './accepted'
import { CAPTIONERS } from './captioners'
import { NO, problemsLeft } from './refusals'
import { checkCues } from './rules'
import { actorOf, cuesOf, type CaptionRow } from './rows'
import { captionsConflict } from './save'

/**
 * Asked before captions that readers would see change: who decides on stories lets go of the signatures that bind them,
 * or says no. This room does not know sign-off; the switchboard hands it in.
 */
export type BeforeReaders = (args: {
  payload: Payload
  person: Person
  asset: string
  detail: Record<string, string | number | boolean>
}) => Promise<Outcome<{ story: string }>>

type Asked = {
  payload: Payload
  person: Person
  id: string
  revision: number
  beforeReaders: BeforeReaders
}

const mayAccept = async (payload: Payload, row: CaptionRow): Promise<Refusal | null> => {
  if (row.state === 'accepted') return NO.accepted
  const cues = cuesOf(row)
  if (cues.length === 0) return NO.empty
  const asset = await rowById(payload, 'assets', row.asset)
  const clipMs = Math.round((asset?.durationSeconds ?? 0) * 1000)
  const stopping = checkCues(cues, clipMs).filter(({ stops }) => stops)
  return stopping.length > 0 ? problemsLeft(stopping.length) : null
}

type Move = {
  action: 'captions.accept' | 'captions.reopen'
  refusal: (payload: Payload, row: CaptionRow) => Promise<Refusal | null>
  set: (person: Person, row: CaptionRow) => Record<string, string>
}

const ACCEPT: Move = {
  action: 'captions.accept',
  refusal: mayAccept,
  set: ({ id, name }, row) => ({
    state: 'accepted',
    digest: tracksOf([{ ...row, state: 'accepted' }])
      .map(digestOfTrack)
      .join(''),
    acceptedBy: id,
    acceptedByName: name,
    acceptedAt: nowIso(),
  }),
}

const REOPEN: Move = {
  action: 'captions.reopen',
  refusal: async (_payload, row) => (row.state === 'accepted' ? null : NO.draft),
  set: () => ({ state: 'draft', digest: '', acceptedBy: '', acceptedByName: '', acceptedAt: '' }),
}

/**
 * The signatures fall first, then the captions move: a death in between leaves a signature too few, never one too many.
 * What a seal binds is read from the rows again each time anyway, so there is no instant in which an old one would hold.
 */
const moved = async (asked: Asked, move: Move): Promise<Outcome<{ row: CaptionRow }>> => {
  const { payload, person, id, revision } = asked
  if (!holds(person, ...CAPTIONERS)) return NO.role
  const row = await rowById(payload, 'captions', id)
  if (!row) return NO.absent
  if (row.revision !== revision) return captionsConflict(row)
  const refusal = await move.refusal(payload, row)
  if (refusal) return refusal
  const { asset, language } = row
  const detail = { language, origin: row.origin ?? 'person', cues: row.count ?? 0 }
  const freed = await asked.beforeReaders({ payload, person, asset, detail: { ...detail, what: move.action } }) // prettier-ignore
  if (!freed.ok) return freed
  const done = await change({
    payload,
    collection: 'captions',
    id,
    revision,
    set: move.set(person, row),
    event: {
      action: move.action,
      actor: actorOf(person),
      at: nowIso(),
      story: freed.story,
      detail: { ...detail, asset },
      tell: [{ job: 'captions.make', payload: { asset } }],
    },
  })
  if (done.ok) return { ok: true, row: done.row }
  const now = await rowById(payload, 'captions', id)
  return now ? captionsConflict(now) : NO.absent
}

/** A person takes the words for the newsroom: from now on they are what readers get. */
export const acceptCaptions = (asked: Asked) => moved(asked, ACCEPT)

/** Accepted captions become a draft again, to be mended; readers of the next edition get none until they are accepted. */
export const reopenCaptions = (asked: Asked) => moved(asked, REOPEN)
