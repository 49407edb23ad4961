import { afterAll, afterEach, expect, test } from '@jest/globals'
import { youtubePublisher } from '../../src/publishers/youtube/publisher'
import type { YouTubeDouble } from '../doubles/youtube/double'
import { manualClock, startYouTubeDouble } from '../doubles/youtube/double'
import { installNetworkGuard } from '../support/network-guard'
import type { Desk } from './support'
import {
  clipBytes,
  GRAIN,
  prepareThrough,
  sha256,
  withReceipt,
  workOf,
  youtubeDesk,
} from './support'

const guard = installNetworkGuard()
afterAll(() => guard.finish())
let double: YouTubeDouble | null = null
afterEach(async () => {
  await double?.close()
  double = null
})

const SEALED = sha256(clipBytes(GRAIN * 2 + 5000))

/** A process that dies at its nth step (a call out, or a write of the checkpoint), before or after it. */
const dying = (desk: Desk, at: number, when: 'before' | 'after') => {
  let steps = 0
  let dead = false
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    if (dead) throw new Error('the process is dead')
    steps += 1
    const mine = steps === at
    if (mine && when === 'before') dead = true
    if (dead) throw new Error('the process is dead')
    const value = await work()
    if (mine) dead = true
    if (dead) throw new Error('the process is dead')
    return value
  }
  const { ctx } = desk
  const mortal: Desk = {
    ...desk,
    ctx: {
      ...ctx,
      fetch: (input, init) => step(() => ctx.fetch(input, init)),
      keep: (checkpoint) => step(() => ctx.keep(checkpoint)),
    },
  }
  return { mortal, steps: () => steps, died: () => dead }
}

const life = async () => {
  const clock = manualClock()
  double = await startYouTubeDouble({ clock })
  return { clock, double, desk: youtubeDesk(double, clock) }
}

/** How many steps an undisturbed preparation takes. */
const countSteps = async (): Promise<number> => {
  const { clock, desk } = await life()
  const { mortal, steps } = dying(desk, 0, 'before')
  await prepareThrough({
    publisher: youtubePublisher,
    desk: mortal,
    work: workOf({ insurance: true }),
    pass: clock.advance,
  })
  await double?.close()
  return steps()
}

test.each(['before', 'after'] as const)(
  'a worker killed %s any step of the preparation leaves one video with the signed bytes, public once',
  async (when) => {
    const total = await countSteps()
    expect(total).toBeGreaterThan(12)
    for (let at = 1; at <= total; at += 1) {
      const { clock, double: stage, desk } = await life()
      const { mortal, died } = dying(desk, at, when)
      const work = workOf({ insurance: true })
      for (let turn = 0; turn < 6 && !died(); turn += 1) {
        const now = { ...work, checkpoint: desk.kept() }
        await youtubePublisher.prepare(mortal.ctx, now).catch(() => null)
        clock.advance(3_000)
      }
      expect({ at, died: died() }).toEqual({ at, died: true })
      const again = await prepareThrough({
        publisher: youtubePublisher,
        desk,
        work: { ...work, checkpoint: desk.kept() },
        pass: clock.advance,
      })
      const [video, ...more] = stage.ledger.videos()
      expect({ at, is: again.answer.is, more: more.length }).toEqual({ at, is: 'done', more: 0 })
      expect(video).toMatchObject({ sha256: SEALED, id: again.work.externalId })
      expect(stage.ledger.madePublic()).toBe(0)
      const out = await youtubePublisher.commit(desk.ctx, again.work)
      expect(out.is).toBe('done')
      expect(stage.ledger.madePublic()).toBe(1)
      await stage.close()
    }
  },
)

test.each(['before', 'after'] as const)(
  'a worker killed %s any step of the commit is resolved by asking, and it was public at most once',
  async (when) => {
    for (let at = 1; at <= 2; at += 1) {
      const { clock, double: stage, desk } = await life()
      const ready = await prepareThrough({
        publisher: youtubePublisher,
        desk,
        work: workOf(),
        pass: clock.advance,
      })
      const { mortal } = dying(desk, at, when)
      const answer = await youtubePublisher.commit(mortal.ctx, ready.work)
      const found = await youtubePublisher.find(desk.ctx, ready.work)
      const out = stage.ledger.visible().length
      expect({ at, found: found.is }).toEqual({ at, found: out === 1 ? 'there' : 'absent' })
      expect({ at, out, is: answer.is }).toEqual({
        at,
        out: at === 2 && when === 'after' ? 1 : 0,
        is: at === 1 ? 'later' : 'unknown',
      })
      expect(stage.ledger.madePublic()).toBeLessThanOrEqual(1)
      await stage.close()
    }
  },
)

test('an upload whose session was lost after the last byte is found again in the list of uploads', async () => {
  const { clock, double: stage, desk } = await life()
  stage.faults.plan([{ route: 'session.put', nth: 3, do: 'drop-after' }])
  const first = await youtubePublisher.prepare(desk.ctx, workOf())
  expect(first.is).toBe('later')
  stage.expireSessions()
  const again = await prepareThrough({
    publisher: youtubePublisher,
    desk,
    work: workOf(),
    pass: clock.advance,
  })
  expect(again.answer).toMatchObject({ is: 'done' })
  expect(again.answers[0]).toMatchObject({ is: 'later' })
  expect(stage.ledger.videos().map((video) => video.id)).toEqual([again.work.externalId])
  expect(stage.ledger.inserts()).toBe(1)
})

test('an upload whose session died before the last byte starts over and ends in one video', async () => {
  const { clock, double: stage, desk } = await life()
  stage.faults.plan([{ route: 'session.put', nth: 2, do: 'fail-before' }])
  expect((await youtubePublisher.prepare(desk.ctx, workOf())).is).toBe('later')
  stage.expireSessions()
  const again = await prepareThrough({
    publisher: youtubePublisher,
    desk,
    work: workOf(),
    pass: clock.advance,
  })
  expect(again.answer.is).toBe('done')
  expect(stage.ledger.videos().map((video) => video.sha256)).toEqual([SEALED])
})

test('a finished upload that was never written down is taken from its session, and its commit is counted once', async () => {
  const { clock, double: stage, desk } = await life()
  const ready = await prepareThrough({
    publisher: youtubePublisher,
    desk,
    work: workOf(),
    pass: clock.advance,
  })
  const out = await youtubePublisher.commit(desk.ctx, ready.work)
  if (out.is !== 'done') throw new Error(out.is)
  const forgetful = { ...withReceipt(ready.work, out), externalId: null }
  const checkpoint = { ...ready.work.checkpoint, videoId: null }
  expect(await youtubePublisher.find(desk.ctx, { ...forgetful, checkpoint })).toMatchObject({
    is: 'there',
    receipt: { externalId: out.externalId },
  })
  stage.expireSessions()
  expect((await youtubePublisher.find(desk.ctx, { ...forgetful, checkpoint })).is).toBe(
    'cannot-tell',
  )
  clock.advance(60_000)
  expect((await youtubePublisher.find(desk.ctx, { ...forgetful, checkpoint })).is).toBe('there')
})
