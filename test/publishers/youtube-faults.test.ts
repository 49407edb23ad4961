import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { youtubePublisher } from '../../src/publishers/youtube/publisher'
import type { Fault, YouTubeDouble } from '../doubles/youtube/double'
import { manualClock, startYouTubeDouble } from '../doubles/youtube/double'
import { installNetworkGuard } from '../support/network-guard'
import { clipBytes, GRAIN, prepareThrough, sha256, workOf, youtubeDesk } from './support'

const guard = installNetworkGuard()
afterAll(() => guard.finish())
let double: YouTubeDouble | null = null
afterEach(async () => {
  await double?.close()
  double = null
})

const SEALED = sha256(clipBytes(GRAIN * 2 + 5000))

const stageOf = async (faults: Fault[] = []) => {
  const clock = manualClock()
  const stage = await startYouTubeDouble({ clock, faults })
  double = stage
  return { clock, stage, desk: youtubeDesk(stage, clock) }
}

const routes = [
  ['token', 1],
  ['session.start', 1],
  ['session.put', 1],
  ['session.put', 2],
  ['session.put', 3],
  ['thumbnails.set', 1],
  ['videos.list', 1],
  ['videos.update', 1],
] as const
const ills = ['drop-before', 'drop-after', 'fail-before', 'fail-after', 'rate'] as const
const cases = routes.flatMap(([route, nth]) =>
  ills
    .filter((ill) => route !== 'token' || ill !== 'rate')
    .map((ill): [string, Fault] => [`${route} ${nth}: ${ill}`, { route, nth, do: ill }]),
)

describe('preparing through every misfortune', () => {
  test.each([
    ...cases,
    ['session.put 2: unauthorized', { route: 'session.put', nth: 2, do: 'unauthorized' }],
    ['session.put 3: unauthorized', { route: 'session.put', nth: 3, do: 'unauthorized' }],
    ['session.put 1: nothing kept', { route: 'session.put', nth: 1, do: 'keep-fewer', bytes: 0 }],
    ['session.put 3: nothing kept', { route: 'session.put', nth: 3, do: 'keep-fewer', bytes: 0 }],
    [
      'thumbnail too early',
      { route: 'thumbnails.set', nth: 1, do: 'refuse', status: 404, reason: 'videoNotFound' },
    ],
  ] satisfies [string, Fault][])(
    '%s: one video, the signed bytes, nothing public',
    async (_name, fault) => {
      const { clock, stage, desk } = await stageOf([fault])
      const { answer, work } = await prepareThrough({
        publisher: youtubePublisher,
        desk,
        work: workOf({ insurance: true }),
        pass: clock.advance,
      })
      expect(answer.is).toBe('done')
      expect(stage.ledger.videos().map((video) => [video.id, video.sha256])).toEqual([
        [work.externalId, SEALED],
      ])
      expect(stage.ledger.videos()[0]).toMatchObject({
        thumbnail: { mime: 'image/jpeg' },
        parts: { status: { publishAt: '2026-03-02T11:10:00.000Z' } },
      })
      expect(stage.ledger.madePublic()).toBe(0)
    },
  )

  test('a server that keeps a part of a chunk gets the rest from the byte it names', async () => {
    const { clock, stage, desk } = await stageOf([
      { route: 'session.put', nth: 1, do: 'keep-fewer', bytes: GRAIN },
    ])
    desk.settings.chunkBytes = String(GRAIN * 2)
    const { answer } = await prepareThrough({
      publisher: youtubePublisher,
      desk,
      work: workOf(),
      pass: clock.advance,
    })
    expect(answer.is).toBe('done')
    expect(stage.ledger.videos().map((video) => video.sha256)).toEqual([SEALED])
    expect(stage.faults.unused()).toEqual([])
  })

  test('the day’s quota holds it until midnight Pacific, and it goes on from there', async () => {
    const { clock, stage, desk } = await stageOf([{ route: 'session.start', nth: 1, do: 'quota' }])
    const first = await youtubePublisher.prepare(desk.ctx, workOf())
    expect(first).toMatchObject({ is: 'quota', until: '2026-03-02T08:00:00.000Z' })
    clock.advance(6 * 3600_000)
    const again = await prepareThrough({
      publisher: youtubePublisher,
      desk,
      work: workOf(),
      pass: clock.advance,
    })
    expect(again.answer.is).toBe('done')
    expect(stage.ledger.videos()).toHaveLength(1)
  })
})

const committing = async (faults: Fault[], settings: Partial<YouTubeDouble['settings']> = {}) => {
  const { clock, stage, desk } = await stageOf()
  Object.assign(stage.settings, settings)
  const ready = await prepareThrough({
    publisher: youtubePublisher,
    desk,
    work: workOf(),
    pass: clock.advance,
  })
  stage.faults.plan(faults)
  const answer = await youtubePublisher.commit(desk.ctx, ready.work)
  const found = await youtubePublisher.find(desk.ctx, ready.work)
  return { answer, found, stage, desk, ready, clock }
}

describe('the commit', () => {
  test.each([
    ['drop-after', 'unknown', 'there', 1],
    ['fail-after', 'unknown', 'there', 1],
    ['drop-before', 'unknown', 'absent', 0],
    ['fail-before', 'unknown', 'absent', 0],
    ['rate', 'later', 'absent', 0],
    ['quota', 'quota', 'absent', 0],
  ] as const)(
    '%s answers %s, asking says %s, and it went public %i times',
    async (ill, is, asked, times) => {
      const { answer, found, stage } = await committing([
        { route: 'videos.update', nth: 1, do: ill },
      ])
      expect([answer.is, found.is, stage.ledger.madePublic()]).toEqual([is, asked, times])
      expect(stage.ledger.calls('videos.update')).toHaveLength(1)
    },
  )

  test('a token that died is renewed, and the refused call is the only one that is made again', async () => {
    const { answer, stage } = await committing([
      { route: 'videos.update', nth: 1, do: 'unauthorized' },
    ])
    expect(answer.is).toBe('done')
    expect(stage.ledger.calls('videos.update').map((call) => call.status)).toEqual([401, 200])
    expect(stage.ledger.madePublic()).toBe(1)
  })

  test('a project that was never audited is kept private, and that is said', async () => {
    const { answer, found } = await committing([], { audited: false })
    expect(answer).toEqual({ is: 'blocked', line: 'the platform kept it private' })
    expect(found.is).toBe('absent')
  })

  test('a permission that was taken back asks for a new connection and changes nothing', async () => {
    const { stage, desk, ready } = await committing([])
    stage.revoke()
    expect((await youtubePublisher.commit(desk.ctx, ready.work)).is).toBe('reconnect')
    expect((await youtubePublisher.find(desk.ctx, ready.work)).is).toBe('cannot-tell')
    expect((await youtubePublisher.connect(desk.ctx)).is).toBe('reconnect')
  })

  test('a video that somebody removed on the platform is refused, not uploaded again', async () => {
    const { stage, desk, ready } = await committing([])
    await youtubePublisher.retract(
      { ...desk.ctx, settings: { ...desk.settings, takedown: 'delete' } },
      ready.work,
    )
    const answer = await youtubePublisher.commit(desk.ctx, ready.work)
    expect(answer).toMatchObject({ is: 'refused', code: 'videoNotFound' })
    expect(stage.ledger.videos()).toHaveLength(1)
  })
})
