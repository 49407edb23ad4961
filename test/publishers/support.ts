import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type {
  Answer,
  Checkpoint,
  Context,
  Prepared,
  Publisher,
  SealedFile,
  Work,
} from '../../src/publishers/publisher'
import type { YouTubeDouble } from '../doubles/youtube/double'

export const GRAIN = 256 * 1024

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** Bytes that start like an MP4 and differ everywhere; the same seed gives the same bytes. */
export const clipBytes = (size: number, seed = 'clip'): Buffer => {
  const bytes = Buffer.alloc(size)
  for (let at = 0; at < size; at += 32) {
    createHash('sha256').update(`${seed}-${at}`).digest().copy(bytes, at)
  }
  bytes.write('ftypisom', 4, 'latin1')
  return bytes
}

/** A sealed file; `actual` is what opening it gives, when that is not what was sealed. */
export const sealed = (
  bytes: Buffer,
  given: { mime?: string; path?: string; actual?: () => Buffer } = {},
): SealedFile => ({
  path: given.path ?? 'clip.mp4',
  bytes: bytes.length,
  sha256: sha256(bytes),
  mime: given.mime ?? 'video/mp4',
  open: async (start = 0) => {
    const now = (given.actual?.() ?? bytes).subarray(start)
    const pieces = []
    for (let at = 0; at < now.length; at += 100_000) pieces.push(now.subarray(at, at + 100_000))
    return Readable.from(pieces)
  },
})

export const jpeg = (): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), clipBytes(2000, 'jpeg')])

export const workOf = (change: Partial<Work> = {}): Work => {
  const clip = sealed(clipBytes(GRAIN * 2 + 5000))
  const poster = sealed(jpeg(), { mime: 'image/jpeg', path: 'poster.jpg' })
  return {
    deliveryId: 'delivery-1',
    storyId: 'story-1',
    sealId: 'seal-1',
    sealDigest: 'd'.repeat(64),
    kind: 'clip',
    story: {
      slug: 'cau-moi',
      title: 'Cầu mới thông xe',
      summary: 'Tóm tắt',
      body: 'Nội dung',
      byline: 'Phóng viên',
      section: 'Thời sự',
      sectionSlug: 'thoi-su',
      credit: 'Ảnh: Phóng viên',
      signedBy: 'Tổng biên tập',
    },
    variant: { title: 'Cầu mới thông xe', text: 'Mô tả ngắn.', tags: ['cầu', 'giao thông'] },
    facts: { durationSeconds: 12, width: 1280, height: 720, hasSound: true },
    renditions: { youtube: [clip], 'web-mp4': [clip], 'web-hls': [clip], poster: [poster] },
    thumbnail: poster,
    checkpoint: {},
    externalId: null,
    url: null,
    dueAt: '2026-03-02T11:00:00.000Z',
    insurance: false,
    ...change,
  }
}

/** Plays the room of deliveries: keeps what it is told to keep, and nothing else. */
export type Desk = { ctx: Context; kept: () => Checkpoint; settings: Record<string, string> }

export const deskOf = (given: {
  settings?: Record<string, string>
  token?: string | null
  now?: () => Date
  checkpoint?: Checkpoint
  fetch?: typeof globalThis.fetch
}): Desk => {
  let kept: Checkpoint = given.checkpoint ?? {}
  const settings = given.settings ?? {}
  return {
    kept: () => kept,
    settings,
    ctx: {
      settings,
      token: given.token ?? null,
      keep: async (checkpoint) => {
        kept = structuredClone(checkpoint)
      },
      keepToken: async () => true,
      still: async () => true,
      now: given.now ?? (() => new Date('2026-03-02T03:00:00.000Z')),
      signal: new AbortController().signal,
      fetch: given.fetch ?? globalThis.fetch,
    },
  }
}

export const youtubeDesk = (
  double: YouTubeDouble,
  clock: { now: () => Date },
  change: {
    settings?: Record<string, string>
    checkpoint?: Checkpoint
    fetch?: typeof globalThis.fetch
  } = {},
): Desk =>
  deskOf({
    settings: {
      endpoint: double.url,
      watch: double.url,
      chunkBytes: String(GRAIN),
      ...change.settings,
    },
    token: double.token,
    now: clock.now,
    ...(change.checkpoint ? { checkpoint: change.checkpoint } : {}),
    ...(change.fetch ? { fetch: change.fetch } : {}),
  })

/** Repeats `prepare` with what was kept until it says something final; time passes in between. */
export const prepareThrough = async (args: {
  publisher: Publisher
  desk: Desk
  work: Work
  pass: (ms: number) => void
}): Promise<{ answer: Answer<Prepared>; work: Work; answers: Answer<Prepared>[] }> => {
  const answers: Answer<Prepared>[] = []
  for (let round = 0; round < 60; round += 1) {
    const work = { ...args.work, checkpoint: { ...args.work.checkpoint, ...args.desk.kept() } }
    const answer = await args.publisher.prepare(args.desk.ctx, work)
    answers.push(answer)
    if (answer.is === 'done') {
      const ready = {
        ...work,
        checkpoint: answer.checkpoint,
        externalId: answer.externalId ?? null,
      }
      return { answer, work: ready, answers }
    }
    if (answer.is !== 'pending' && answer.is !== 'later') return { answer, work, answers }
    args.pass(answer.is === 'later' ? Math.max(answer.afterMs, 1000) : 5000)
  }
  throw new Error(`prepare never ended: ${JSON.stringify(answers.at(-1))}`)
}

/** A work after a receipt came in, as the room of deliveries would keep it. */
export const withReceipt = (
  work: Work,
  receipt: { externalId: string; url: string; checkpoint?: Checkpoint },
): Work => ({
  ...work,
  externalId: receipt.externalId,
  url: receipt.url,
  checkpoint: receipt.checkpoint ?? work.checkpoint,
})
