import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { youtubePublisher } from '../../src/publishers/youtube/publisher'
import type { YouTubeDouble } from '../doubles/youtube/double'
import { manualClock, startYouTubeDouble } from '../doubles/youtube/double'
import { installNetworkGuard } from '../support/network-guard'
import { prepareThrough, workOf, youtubeDesk } from './support'

const guard = installNetworkGuard()
afterAll(() => guard.finish())
let double: YouTubeDouble | null = null
afterEach(async () => {
  await double?.close()
  double = null
})

const preparedOn = async (insurance = false) => {
  const clock = manualClock()
  const stage = await startYouTubeDouble({ clock })
  double = stage
  const desk = youtubeDesk(stage, clock)
  const { work } = await prepareThrough({
    publisher: youtubePublisher,
    desk,
    work: workOf({ insurance }),
    pass: clock.advance,
  })
  return { clock, stage, desk, work }
}

describe('a commit that is stopped on its way', () => {
  test('while the token is fetched: nothing is made public, and it may be asked again', async () => {
    const { clock, stage, desk, work } = await preparedOn()
    clock.advance(2 * 3600_000) // the access token is dead by now: a new one is fetched first
    const before = stage.ledger.calls('token').length
    const still = async () => stage.ledger.calls('token').length === before
    const answer = await youtubePublisher.commit({ ...desk.ctx, still }, work)
    expect(answer).toMatchObject({ is: 'later' })
    expect(stage.ledger.madePublic()).toBe(0)
    expect(await youtubePublisher.commit(desk.ctx, work)).toMatchObject({ is: 'done' })
    expect(stage.ledger.madePublic()).toBe(1)
  })

  test('between a refused try and the next with a new token: the next is not made', async () => {
    const { stage, desk, work } = await preparedOn()
    stage.faults.plan([{ route: 'videos.update', nth: 1, do: 'unauthorized' }])
    let asked = 0
    const still = async () => {
      asked += 1
      return asked === 1
    }
    expect(await youtubePublisher.commit({ ...desk.ctx, still }, work)).toMatchObject({
      is: 'later',
    })
    expect(asked).toBe(2)
    expect(stage.ledger.madePublic()).toBe(0)
  })
})

describe('a timer of the platform that was faster than we are', () => {
  test('a worker that lost its work asks before it touches the timer, and so hides nothing that is out', async () => {
    const { stage, desk, work } = await preparedOn(true)
    expect(await youtubePublisher.commit(desk.ctx, work)).toMatchObject({ is: 'done' })
    // It slept between its look at the video and its next call: what it read is long out of date.
    const asleep: typeof globalThis.fetch = async (input, init) => {
      const answer = await desk.ctx.fetch(input, init)
      const { url, method } = new Request(input, init)
      if (method !== 'GET' || !url.includes('/videos')) return answer
      const text = (await answer.text()).replace(/"public"/g, '"private"')
      return new Response(text, { status: answer.status, headers: answer.headers })
    }
    const keep = () => Promise.reject(new Error('the lease is somebody else’s'))
    const late = { ...desk.ctx, fetch: asleep, keep }
    const uninsured = { ...work, insurance: false }
    await expect(youtubePublisher.prepare(late, uninsured)).rejects.toThrow('lease')
    expect(stage.ledger.visible()).toHaveLength(1)
    await expect(youtubePublisher.amend(late, uninsured)).rejects.toThrow('lease')
    expect(stage.ledger.visible()).toHaveLength(1)
  })

  test('preparing once more does not make the video private to publish it a second time', async () => {
    const { clock, stage, desk, work } = await preparedOn(true)
    clock.advance(8 * 3600_000 + 11 * 60_000)
    expect(stage.ledger.visible()).toHaveLength(1)
    expect(await youtubePublisher.prepare(desk.ctx, work)).toMatchObject({ is: 'done' })
    expect(stage.ledger.visible()).toHaveLength(1)
    expect(await youtubePublisher.commit(desk.ctx, work)).toMatchObject({ is: 'done' })
    expect(stage.ledger.madePublic()).toBe(1)
  })
})
