import type { Accepts, Publisher, Receipt, Work } from '../publisher'

export const dryRunAccepts: Accepts = {
  kinds: ['clip', 'text', 'audio', 'photo'],
  rendition: null,
  binds: [],
  title: null,
  text: null,
  tags: null,
  duration: null,
  size: null,
  thumbnail: false,
}

const receiptOf = (work: Work): Receipt => ({
  externalId: `dry-${work.deliveryId}`,
  url: `about:blank#${work.deliveryId}`,
  checkpoint: { committed: true },
})

/** The null member: does everything a publisher does and puts nothing anywhere. For practice. */
export const dryRunPublisher = (board: Set<string> = new Set()): Publisher => ({
  name: 'dry-run',
  accepts: dryRunAccepts,
  // Nobody out there has an account: the channel's own settings say which of them this is.
  connect: async ({ settings }) => ({
    is: 'done',
    account: { id: settings.account || 'dry-run', name: 'Chạy thử' },
  }),
  prepare: async (_ctx, work) => ({ is: 'done', checkpoint: work.checkpoint }),
  commit: async (_ctx, work) => {
    board.add(work.deliveryId)
    return { is: 'done', ...receiptOf(work) }
  },
  check: async (_ctx, work) =>
    board.has(work.deliveryId)
      ? { is: 'done', ...receiptOf(work) }
      : { is: 'pending', line: 'not on the board' },
  find: async (_ctx, work) =>
    board.has(work.deliveryId) ? { is: 'there', receipt: receiptOf(work) } : { is: 'absent' },
  amend: async () => ({ is: 'cannot' }),
  retract: async (_ctx, work) => {
    board.delete(work.deliveryId)
    return { is: 'done', how: 'deleted' }
  },
  seen: async (_ctx, work) =>
    board.has(work.deliveryId) ? { is: 'seen', status: 200 } : { is: 'gone', status: 410 },
  measure: async () => ({ is: 'cannot' }),
})
