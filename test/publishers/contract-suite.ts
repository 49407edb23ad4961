import { afterEach, describe, expect, test } from '@jest/globals'
import type { Publisher, Work } from '../../src/publishers/publisher'
import type { Desk } from './support'
import { prepareThrough, withReceipt } from './support'

/** A publisher and the outside world it talks to, with the world's own count of what is public. */
export type Stage = {
  publisher: Publisher
  desk: Desk
  work: Work
  visible: () => number
  pass: (ms: number) => void
  /** The next commit has its effect and its answer is lost; null where there is no way to lose one. */
  loseNextCommit: (() => void) | null
  close: () => Promise<void>
}

/** The one suite that every publisher passes. */
export const keepsThePublishersPromise = (name: string, start: () => Promise<Stage>): void => {
  let stage: Stage | null = null
  const begin = async (): Promise<Stage> => {
    stage = await start()
    return stage
  }
  afterEach(async () => {
    await stage?.close()
    stage = null
  })
  const prepared = async (on: Stage): Promise<Work> => {
    const { answer, work } = await prepareThrough(on)
    expect(answer).toMatchObject({ is: 'done' })
    return work
  }
  const committed = async (on: Stage): Promise<Work> => {
    const work = await prepared(on)
    const answer = await on.publisher.commit(on.desk.ctx, work)
    if (answer.is !== 'done') throw new Error(`commit answered ${JSON.stringify(answer)}`)
    return withReceipt(work, answer)
  }

  describe(`kênh ${name}`, () => {
    test('preparing twice leaves one thing, and strangers see nothing of it', async () => {
      const on = await begin()
      const first = await prepared(on)
      const second = await prepareThrough({ ...on, work: first })
      expect(second.work.externalId).toBe(first.externalId)
      expect(second.answer.is).toBe('done')
      expect(on.visible()).toBe(0)
    })

    test('what was prepared and not committed is not out', async () => {
      const on = await begin()
      const work = await prepared(on)
      expect(await on.publisher.find(on.desk.ctx, work)).toEqual({ is: 'absent' })
    })

    test('one commit puts exactly one thing out, and account and stranger both find it', async () => {
      const on = await begin()
      const work = await committed(on)
      expect(on.visible()).toBe(1)
      expect(await on.publisher.check(on.desk.ctx, work)).toMatchObject({
        is: 'done',
        externalId: work.externalId,
      })
      expect(await on.publisher.find(on.desk.ctx, work)).toMatchObject({ is: 'there' })
      expect(await on.publisher.seen(on.desk.ctx, work)).toMatchObject({ is: 'seen' })
    })

    test('a takedown makes it disappear for strangers, and may be repeated', async () => {
      const on = await begin()
      const work = await committed(on)
      expect(await on.publisher.retract(on.desk.ctx, work)).toMatchObject({ is: 'done' })
      expect(await on.publisher.retract(on.desk.ctx, work)).toMatchObject({ is: 'done' })
      expect(on.visible()).toBe(0)
      expect(await on.publisher.seen(on.desk.ctx, work)).toMatchObject({ is: 'gone' })
      expect(await on.publisher.find(on.desk.ctx, work)).toEqual({ is: 'absent' })
    })

    test('a commit whose answer was lost is unknown, and asking finds it out there once', async () => {
      const on = await begin()
      const work = await prepared(on)
      on.loseNextCommit?.()
      const answer = await on.publisher.commit(on.desk.ctx, work)
      expect(answer.is).toBe(on.loseNextCommit ? 'unknown' : 'done')
      expect(await on.publisher.find(on.desk.ctx, work)).toMatchObject({ is: 'there' })
      expect(on.visible()).toBe(1)
    })
  })
}
