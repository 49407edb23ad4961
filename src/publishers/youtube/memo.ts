import type { Checkpoint, Context, Work } from '../publisher'

/** What this publisher remembers between calls. `session` is a bearer: the caller keeps it encrypted. */
export type Memo = {
  session: string | null
  /** How far bytes may have been sent, and the hash of everything up to there. */
  sent: number
  sentSha: string
  /** When a finished-or-not session was first found to be gone. */
  lostAt: string | null
  videoId: string | null
  thumbnail: boolean
  /** The platform's own timer, as last asked for. */
  timer: string | null
  /** The platform said yes to it. Until then it may or may not be there. */
  timerSet: boolean
  committed: boolean
}

const text = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null

export const memoOf = (work: Work): Memo => {
  const kept = work.checkpoint
  return {
    session: text(kept.session),
    sent: typeof kept.sent === 'number' ? kept.sent : 0,
    sentSha: text(kept.sentSha) ?? '',
    lostAt: text(kept.lostAt),
    videoId: text(kept.videoId) ?? work.externalId,
    thumbnail: kept.thumbnail === true,
    timer: text(kept.timer),
    timerSet: kept.timerSet === true,
    committed: kept.committed === true,
  }
}

export const asCheckpoint = (memo: Memo): Checkpoint => ({ ...memo })

/** Changes the memo and has it on disk before anything else happens. */
export const keep = async (ctx: Context, memo: Memo, change: Partial<Memo>): Promise<void> => {
  Object.assign(memo, change)
  await ctx.keep(asCheckpoint(memo))
}

/** The name under which the owner finds the upload again when its session is lost. Nobody else sees it. */
export const fileNameOf = (work: Work): string => `ht-${work.deliveryId}.mp4`
