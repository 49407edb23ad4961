import type { Refusal } from '../../errors'
import { lineOf } from '../../errors'
import type { Accepts, Answer, Checkpoint, Context, Prepared } from '../publisher'
import type { Publisher, Receipt, Work } from '../publisher'
import { seenAs } from './seen'

export type SavedEdition = { path: string; digest: string; mediaPaths: string[] }
export type FoundEdition = SavedEdition & { state: 'live' | 'withdrawn' | 'superseded' }

/** What the site hands over: a publisher may not import the room that keeps the editions. */
export type WebsiteHands = {
  /**
   * Copies the files to where the edition will have them; strangers reach none of them. May be repeated, and goes on
   * where it stopped. `alive` is asked between two files and throws when the work is somebody else's.
   */
  stageEdition: (input: {
    work: Work
    alive: () => Promise<void>
  }) => Promise<{ ok: true } | Refusal>
  /** Hashes the copies as they lie there now, however long it takes; `hashed` is what `saveEdition` is told. */
  verifyStaged: (input: {
    work: Work
    alive: () => Promise<void>
  }) => Promise<{ ok: true; hashed: string } | Refusal>
  /** Stores the edition of this delivery; the same delivery twice is one edition. Hashes what was not. */
  saveEdition: (input: {
    work: Work
    still: () => Promise<boolean>
    hashed?: string | undefined
  }) => Promise<({ ok: true } & SavedEdition) | Refusal>
  withdrawEdition: (input: {
    deliveryId: string
    storyId: string
  }) => Promise<{ ok: true; mediaPaths: string[] }>
  findEdition: (input: { deliveryId: string }) => Promise<FoundEdition | null>
  /** Where strangers meet the site, without a slash at the end. */
  publicUrl: string
  /**
   * Reads our own address, which may well lie on loopback or a private net: the guarded fetch of the
   * platforms would refuse it. Only addresses below `publicUrl` are read with it.
   */
  fetch?: typeof globalThis.fetch
}

export const websiteAccepts: Accepts = {
  kinds: ['clip', 'text', 'audio', 'photo'],
  rendition: 'web-hls',
  // Captions where somebody accepted some; see `boundNow` of sign-off.
  binds: ['web-hls', 'web-mp4', 'poster', 'captions'],
  title: { max: 200, unit: 'characters', source: 'house rule', verifiedAt: '2026-11-21' },
  text: { max: 20_000, unit: 'characters', source: 'house rule', verifiedAt: '2026-11-21' },
  tags: { max: 20, unit: 'items', source: 'house rule', verifiedAt: '2026-11-21' },
  duration: null,
  size: null,
  thumbnail: false,
}

const asReceipt = (publicUrl: string, edition: SavedEdition): Receipt => ({
  externalId: edition.digest,
  url: new URL(edition.path, publicUrl).href,
  checkpoint: {
    committed: true,
    path: edition.path,
    digest: edition.digest,
    media: JSON.stringify(edition.mediaPaths),
  },
})

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

/** What an earlier commit or find left in the checkpoint, for when the edition's row cannot be asked. */
const remembered = (checkpoint: Checkpoint): SavedEdition | null => {
  const { path, digest, media } = checkpoint
  if (typeof path !== 'string' || typeof digest !== 'string' || typeof media !== 'string')
    return null
  return { path, digest, mediaPaths: strings(JSON.parse(media)) }
}

/** Nothing is out, and asking again is safe. */
const AGAIN = ['not-any-more', 'too-slow']

const notDone = (refusal: Refusal): Answer<never> =>
  AGAIN.includes(refusal.reason)
    ? { is: 'later', afterMs: 500, line: refusal.help.en }
    : { is: 'refused', code: refusal.reason, line: refusal.help.en }

/** That something of ours lies there is kept before the first byte: whoever cancels knows to take it away. */
const STAGED: Checkpoint = { staged: true }

const hashedIn = ({ hashed }: Checkpoint) => (typeof hashed === 'string' ? hashed : undefined)

/** The public site. The files go first and unseen. Storing the edition is the commit; a stranger's read is the proof. */
export const websitePublisher = (hands: WebsiteHands): Publisher => {
  const prepare = async (ctx: Context, work: Work): Promise<Answer<Prepared>> => {
    if (work.kind === 'clip' && (work.renditions['web-hls'] ?? []).length === 0) {
      return { is: 'refused', code: 'no-rendition', line: 'there are no signed files for the site' }
    }
    const alive = () => {
      ctx.signal.throwIfAborted()
      return ctx.keep(STAGED)
    }
    try {
      await alive()
      const staged = await hands.stageEdition({ work, alive })
      return staged.ok ? { is: 'done', checkpoint: STAGED } : notDone(staged)
    } catch (error) {
      return { is: 'unknown', line: lineOf(error) }
    }
  }
  const verify = async (ctx: Context, work: Work): Promise<Answer<Prepared>> => {
    const alive = async () => ctx.signal.throwIfAborted()
    try {
      const looked = await hands.verifyStaged({ work, alive })
      if (!looked.ok) return notDone(looked)
      return { is: 'done', checkpoint: { ...work.checkpoint, hashed: looked.hashed } }
    } catch (error) {
      return { is: 'unknown', line: lineOf(error) }
    }
  }
  const commit = async (ctx: Context, work: Work): Promise<Answer<Receipt>> => {
    try {
      const hashed = hashedIn(work.checkpoint)
      const saved = await hands.saveEdition({ work, still: ctx.still, hashed })
      return saved.ok ? { is: 'done', ...asReceipt(hands.publicUrl, saved) } : notDone(saved)
    } catch (error) {
      return { is: 'unknown', line: lineOf(error) }
    }
  }
  const check = async (work: Work): Promise<Answer<Receipt>> => {
    const edition = await hands.findEdition({ deliveryId: work.deliveryId })
    if (!edition) return { is: 'pending', line: 'there is no edition' }
    if (edition.state === 'withdrawn') {
      return { is: 'refused', code: 'withdrawn', line: 'the edition was withdrawn' }
    }
    return { is: 'done', ...asReceipt(hands.publicUrl, edition) }
  }
  return {
    name: 'website',
    accepts: websiteAccepts,
    connect: async () => ({
      is: 'done',
      account: { id: hands.publicUrl, name: new URL(hands.publicUrl).host },
    }),
    prepare,
    verify,
    commit,
    check: (_ctx, work) => check(work),
    find: async (_ctx, work) => {
      try {
        const edition = await hands.findEdition({ deliveryId: work.deliveryId })
        if (!edition || edition.state === 'withdrawn') return { is: 'absent' }
        return { is: 'there', receipt: asReceipt(hands.publicUrl, edition) }
      } catch (error) {
        return { is: 'cannot-tell', line: lineOf(error) }
      }
    },
    // A correction is a newer edition by a delivery of its own, never a change of this one.
    amend: async () => ({ is: 'cannot' }),
    retract: async (_ctx, work) => {
      try {
        await hands.withdrawEdition({ deliveryId: work.deliveryId, storyId: work.storyId })
        return { is: 'done', how: 'deleted' }
      } catch (error) {
        return { is: 'later', afterMs: 2_000, line: lineOf(error) }
      }
    },
    seen: async (ctx, work) => {
      try {
        const kept = await hands.findEdition({ deliveryId: work.deliveryId })
        const edition = kept ?? remembered(work.checkpoint)
        if (!edition) return { is: 'cannot-tell', line: 'there is no edition to look for' }
        return await seenAs({
          edition,
          publicUrl: hands.publicUrl,
          fetch: hands.fetch ?? globalThis.fetch,
          signal: ctx.signal,
        })
      } catch (error) {
        return { is: 'cannot-tell', line: lineOf(error) }
      }
    },
    measure: async () => ({ is: 'cannot' }),
  }
}
