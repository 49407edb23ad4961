import type { Accepts, Answer, Publisher, Receipt, Work } from '@/publishers/publisher'

type Trouble =
  | 'lost-before'
  | 'lost-after'
  | 'throw-after'
  | 'hang'
  | 'later'
  | 'quota'
  | 'refuse'
  | 'reconnect'
  | 'block'

/** A platform of the outside world, in memory: it keeps its own ledger, and is never kinder than a real one. */
export type Platform = {
  publisher: Publisher
  /** Every commit that reached the platform, by delivery. */
  commits: string[]
  /** What a stranger sees now. */
  visible: Set<string>
  /** How often a delivery turned public. */
  turnedPublic: string[]
  /** Timers that the platform holds by itself. */
  timers: Map<string, string>
  uploads: Set<string>
  tokens: (string | null)[]
  /** What the next commit meets. */
  next: (trouble: Trouble | null) => void
  /** What `find` says whatever is true. */
  findSays: (says: 'cannot-tell' | null) => void
  /** Runs inside the commit, before its effect. */
  during: (work: (() => Promise<void>) | null) => void
  /** The platform's timer for this delivery fires. */
  fire: (delivery: string) => void
}

const acceptsOf = (recipe: string): Accepts => ({
  kinds: ['clip'],
  rendition: recipe,
  binds: [recipe],
  title: { max: 100, unit: 'characters', source: 'this double', verifiedAt: '2026-11-21' },
  text: null,
  tags: null,
  duration: null,
  size: null,
  thumbnail: false,
})

/** A platform that takes this one rendition. */
export const startPlatform = (name: string, recipe = 'web-mp4'): Platform => {
  const accepts = acceptsOf(recipe)
  let trouble: Trouble | null = null
  let says: 'cannot-tell' | null = null
  let during: (() => Promise<void>) | null = null
  const commits: string[] = []
  const turnedPublic: string[] = []
  const visible = new Set<string>()
  const uploads = new Set<string>()
  const timers = new Map<string, string>()
  const tokens: (string | null)[] = []

  const show = (delivery: string) => {
    if (!visible.has(delivery)) turnedPublic.push(delivery)
    visible.add(delivery)
  }
  const receipt = (work: Work): Receipt => ({
    externalId: `x-${work.deliveryId}`,
    url: `https://platform.test/${work.deliveryId}`,
    checkpoint: { ...work.checkpoint, committed: true },
  })

  const commit = async (work: Work): Promise<Answer<Receipt>> => {
    const met = trouble
    trouble = null
    await during?.()
    const line = 'the double was told to'
    if (met === 'later') return { is: 'later', afterMs: 1_000, line }
    if (met === 'quota') return { is: 'quota', until: '2026-11-22T08:00:00.000Z', line }
    if (met === 'refuse') return { is: 'refused', code: 'forbidden-words', line }
    if (met === 'reconnect') return { is: 'reconnect', line }
    if (met === 'block') return { is: 'blocked', line }
    if (met === 'hang') return new Promise(() => undefined)
    if (met === 'lost-before') return { is: 'unknown', line: 'the line went dead' }
    if (!uploads.has(work.deliveryId)) return { is: 'refused', code: 'not-prepared', line }
    commits.push(work.deliveryId)
    timers.delete(work.deliveryId)
    show(work.deliveryId)
    if (met === 'lost-after') return { is: 'unknown', line: 'the line went dead' }
    if (met === 'throw-after') throw new Error('the line went dead')
    return { is: 'done', ...receipt(work) }
  }

  const publisher: Publisher = {
    name,
    accepts,
    connect: async () => ({ is: 'done', account: { id: 'a1', name: 'Kênh thử' } }),
    prepare: async (ctx, work) => {
      tokens.push(ctx.token)
      uploads.add(work.deliveryId)
      await ctx.keep({ upload: `u-${work.deliveryId}`, seal: work.sealDigest })
      if (work.insurance) timers.set(work.deliveryId, work.dueAt)
      const checkpoint = { upload: `u-${work.deliveryId}`, seal: work.sealDigest }
      return { is: 'done', checkpoint, externalId: `x-${work.deliveryId}` }
    },
    commit: (_ctx, work) => commit(work),
    check: async (_ctx, work) =>
      visible.has(work.deliveryId)
        ? { is: 'done', ...receipt(work) }
        : { is: 'pending', line: 'not yet' },
    find: async (_ctx, work) => {
      if (says) return { is: says, line: 'the platform does not say' }
      return visible.has(work.deliveryId)
        ? { is: 'there', receipt: receipt(work) }
        : { is: 'absent' }
    },
    amend: async (_ctx, work) => {
      if (visible.has(work.deliveryId))
        return { is: 'refused', code: 'already-public', line: 'too late' }
      if (!work.insurance) timers.delete(work.deliveryId)
      return { is: 'done', ...receipt(work), checkpoint: work.checkpoint }
    },
    retract: async (_ctx, work) => {
      visible.delete(work.deliveryId)
      uploads.delete(work.deliveryId)
      timers.delete(work.deliveryId)
      return { is: 'done', how: 'deleted' }
    },
    seen: async (ctx, work) => {
      if (ctx.token !== null) throw new Error('a stranger has no token')
      return visible.has(work.deliveryId)
        ? { is: 'seen', status: 200 }
        : { is: 'gone', status: 404 }
    },
    measure: async () => ({ is: 'cannot' }),
  }
  return {
    publisher,
    commits,
    visible,
    turnedPublic,
    timers,
    uploads,
    tokens,
    next: (met) => {
      trouble = met
    },
    findSays: (word) => {
      says = word
    },
    during: (work) => {
      during = work
    },
    fire: (delivery) => {
      if (timers.delete(delivery)) show(delivery)
    },
  }
}
