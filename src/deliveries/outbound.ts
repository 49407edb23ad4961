import { now, nowIso } from '@/clock'
import { lineOf, NewsroomError } from '@/errors'
import { change } from '@/records/change'
import { compareAndSet, rowById, type Row } from '@/records/db'
import { MACHINE } from '@/records/event'
import type { Checkpoint, Context, Publisher, SealedFile, Work } from '@/publishers/publisher'
import type { Store } from '@/media/store'
import type { Delivery, Session } from './claim'
import type { SealedWords } from '@/signoff/content'
import type { PlacedFile } from '@/signoff/material'
import type { Sealed } from '@/signoff/seal'
import { lock, unlock } from './vault'

type Channel = Row<'channels'>

/** JSON of strings; anything else in it is left out. */
export const settingsOf = (channel: { settings?: string | null }): Record<string, string> => {
  const parsed: unknown = JSON.parse(channel.settings || '{}')
  if (typeof parsed !== 'object' || parsed === null) return {}
  return Object.fromEntries(
    Object.entries(parsed).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  )
}

export const tokenOf = (channel: Channel): string | null =>
  channel.token ? unlock(channel.token, { row: channel.id, column: 'token' }) : null

/** One writer: the token we started from must still be there, and nothing is ever overwritten with nothing. */
const keepToken =
  (session: Session, channel: Channel) =>
  async (token: string): Promise<boolean> => {
    const { payload } = session.deps
    if (token === '') return false
    const fresh = await rowById(payload, 'channels', channel.id)
    if (!fresh || fresh.token !== channel.token) return false
    const changed = await change({
      payload,
      collection: 'channels',
      id: channel.id,
      revision: fresh.revision,
      set: { token: lock(token, { row: channel.id, column: 'token' }) },
      event: { action: 'channel.token-renewed', actor: MACHINE, at: nowIso() },
    })
    if (changed.ok) channel.token = changed.row.token
    return changed.ok
  }

/** On disk at once, and only while the lease is ours: a process that lost it may not write over another's. */
const keepCheckpoint =
  (session: Session) =>
  async (checkpoint: Checkpoint): Promise<void> => {
    const { deps, row, me } = session
    const kept = await compareAndSet({
      payload: deps.payload,
      collection: 'deliveries',
      id: row.id,
      expect: { leaseBy: me },
      set: { checkpoint: lockCheckpoint(row, checkpoint) },
    })
    if (kept) return
    throw new NewsroomError({
      code: 'lease-lost',
      message: `the lease of delivery ${row.id} is somebody else's`,
      help: { vi: 'Tiến trình khác đã nhận việc này.', en: 'Another process took this over.' },
    })
  }

/** Nothing to remember is kept as nothing: an empty checkpoint leaves nothing behind on the platform. */
export const lockCheckpoint = (row: { id: string }, checkpoint: Checkpoint): string =>
  Object.keys(checkpoint).length === 0
    ? ''
    : lock(JSON.stringify(checkpoint), { row: row.id, column: 'checkpoint' })

const checkpointOf = (row: Delivery): Checkpoint => {
  if (!row.checkpoint) return {}
  const parsed: unknown = JSON.parse(unlock(row.checkpoint, { row: row.id, column: 'checkpoint' }))
  return typeof parsed === 'object' && parsed !== null ? (parsed as Checkpoint) : {} // written by lockCheckpoint
}

export const contextOf = (
  session: Session,
  channel: Channel,
  signal: AbortSignal,
  still: Context['still'] = async () => true,
): Context => ({
  settings: settingsOf(channel),
  token: tokenOf(channel),
  keep: keepCheckpoint(session),
  keepToken: keepToken(session, channel),
  now,
  signal,
  still: async () => !signal.aborted && (await still()) && !signal.aborted,
  fetch: session.deps.fetch,
})

const fileOf = (store: Store, file: PlacedFile): SealedFile => ({
  path: file.path,
  bytes: file.bytes,
  sha256: file.sha256,
  mime: file.mime,
  open: async (start) => {
    const stream = await store.open(file.key, start ? { start } : undefined)
    if (stream) return stream
    throw new NewsroomError({
      code: 'file-absent',
      message: `${file.path} is not in the store`,
      help: {
        vi: 'Tệp đã duyệt không còn trong kho.',
        en: 'A signed file is no longer in the store.',
      },
    })
  },
})

/** The delivery as plain values: what was signed, where it stands, and nothing else. */
export const workOf = (store: Store, row: Delivery, sealed: Sealed): Work => {
  const { words } = sealed
  const renditions = Object.entries(sealed.renditions).map(
    ([recipe, files]) => [recipe, files.map((file) => fileOf(store, file))] as const,
  )
  return {
    deliveryId: row.id,
    storyId: row.story,
    sealId: sealed.seal.id,
    sealDigest: sealed.seal.digest,
    kind: words.kind,
    story: words.story,
    variant: { title: words.variant.title, text: words.variant.text, tags: words.variant.tags },
    facts: words.facts,
    renditions: Object.fromEntries(renditions),
    thumbnail: words.variant.thumbnail ? fileOf(store, words.variant.thumbnail) : null,
    checkpoint: checkpointOf(row),
    externalId: row.externalId || null,
    url: row.url || null,
    dueAt: row.dueAt,
    insurance: row.armed === true,
  }
}

const NO_WORDS: SealedWords = {
  kind: 'clip',
  story: {
    slug: '',
    title: '',
    summary: '',
    body: '',
    byline: '',
    section: '',
    sectionSlug: '',
    credit: '',
    signedBy: '',
  },
  variant: { title: '', text: '', tags: [], thumbnail: null },
  facts: null,
}

/** The delivery as it was sent, whether or not its seal still holds: to ask, to look and to take back. */
export const sentWork = async (session: Session): Promise<Work> => {
  const { deps, row } = session
  const sealed = row.seal ? await deps.readSeal({ payload: deps.payload, seal: row.seal }) : null
  const nothing = {
    seal: { id: row.seal ?? '', digest: row.sealDigest ?? '' },
    words: NO_WORDS,
    renditions: {},
  }
  return workOf(deps.store, row, sealed ?? nothing)
}

type Member = 'prepare' | 'verify' | 'commit' | 'check' | 'amend' | 'retract'
type AnswerOf<M extends Member> = Awaited<ReturnType<NonNullable<Publisher[M]>>>

/** Calls the platform. A throw, a deadline or a lost lease is `unknown`: the effect may have happened. */
export const ask = async <M extends Member>(args: {
  session: Session
  channel: Channel
  member: M
  work: Work
  deadlineMs?: number
  still?: Context['still']
}): Promise<AnswerOf<M> | { is: 'unknown'; line: string } | { is: 'cannot' }> => {
  const { session, member, work } = args
  const publisher = session.deps.publishers[session.row.platform]
  if (!publisher) return { is: 'unknown', line: `no publisher for ${session.row.platform}` }
  const call: ((ctx: Context, work: Work) => Promise<unknown>) | undefined = publisher[member]
  if (!call) return { is: 'cannot' }
  const limit = args.deadlineMs ? [AbortSignal.timeout(args.deadlineMs)] : []
  const signal = AbortSignal.any([session.signal, ...limit])
  const cut = new Promise<{ is: 'unknown'; line: string }>((resolve) => {
    signal.addEventListener('abort', () =>
      resolve({ is: 'unknown', line: 'cut off before an answer' }),
    )
  })
  try {
    const answer = call(contextOf(session, args.channel, signal, args.still), work)
    answer.catch(() => undefined) // when `cut` wins, a later failure is nobody's
    return (await Promise.race([answer, cut])) as AnswerOf<M> // the member's own promise
  } catch (error) {
    return { is: 'unknown', line: lineOf(error) }
  }
}
