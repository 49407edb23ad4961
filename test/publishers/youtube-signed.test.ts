import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { guardedFetch } from '../../src/publishers/http'
import { youtubePublisher } from '../../src/publishers/youtube/publisher'
import type { Work } from '../../src/publishers/publisher'
import type { YouTubeDouble } from '../doubles/youtube/double'
import { manualClock, startYouTubeDouble } from '../doubles/youtube/double'
import { installNetworkGuard } from '../support/network-guard'
import {
  clipBytes,
  GRAIN,
  jpeg,
  prepareThrough,
  sealed,
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

const stageOf = async () => {
  const clock = manualClock()
  const stage = await startYouTubeDouble({ clock })
  double = stage
  return { clock, stage, desk: youtubeDesk(stage, clock) }
}

const signed = clipBytes(GRAIN * 2 + 5000)
const flipped = (at: number): Buffer => {
  const bytes = Buffer.from(signed)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  return bytes
}
const workWith = (actual: () => Buffer): Work =>
  workOf({ renditions: { youtube: [sealed(signed, { actual })] } })

describe('only the signed bytes go out', () => {
  test.each([
    ['one byte changed at the start', flipped(100)],
    ['one byte changed at the end', flipped(signed.length - 1)],
    ['a byte too many', Buffer.concat([signed, Buffer.from('x')])],
    ['a whole piece too many', Buffer.concat([signed, clipBytes(GRAIN)])],
    ['cut short', signed.subarray(0, signed.length - 1)],
    ['cut at a chunk', signed.subarray(0, GRAIN)],
    ['empty', Buffer.alloc(0)],
  ])('%s: refused, and no video comes to be', async (_name, actual) => {
    const { stage, desk } = await stageOf()
    const answer = await youtubePublisher.prepare(
      desk.ctx,
      workWith(() => actual),
    )
    expect(answer).toMatchObject({ is: 'refused', code: 'bytes-differ' })
    expect(stage.ledger.videos()).toEqual([])
  })

  test('a file exchanged for another while the upload was interrupted is refused', async () => {
    const { stage, desk } = await stageOf()
    let actual = flipped(100)
    const work = workWith(() => actual)
    stage.faults.plan([{ route: 'session.put', nth: 2, do: 'drop-after' }])
    expect((await youtubePublisher.prepare(desk.ctx, work)).is).toBe('later')
    actual = signed
    const again = await youtubePublisher.prepare(desk.ctx, { ...work, checkpoint: desk.kept() })
    expect(again).toMatchObject({ is: 'refused', code: 'bytes-differ' })
    expect(stage.ledger.videos()).toEqual([])
  })

  test('a thumbnail that is not the signed one is refused before it is sent', async () => {
    const { clock, stage, desk } = await stageOf()
    const other = Buffer.concat([jpeg(), Buffer.from('x')])
    const thumbnail = sealed(jpeg(), { mime: 'image/jpeg', actual: () => other })
    const { answer } = await prepareThrough({
      publisher: youtubePublisher,
      desk,
      work: workOf({ thumbnail }),
      pass: clock.advance,
    })
    expect(answer).toMatchObject({ is: 'refused', code: 'bytes-differ' })
    expect(stage.ledger.calls('thumbnails.set')).toEqual([])
  })

  test('title, description and tags arrive exactly as they were signed', async () => {
    const { clock, stage, desk } = await stageOf()
    const variant = {
      title: 'Ngày hội “Đền Hùng”',
      text: 'Dòng một\nDòng hai #tin',
      tags: ['lễ hội', 'Phú Thọ'],
    }
    await prepareThrough({
      publisher: youtubePublisher,
      desk,
      work: workOf({ variant }),
      pass: clock.advance,
    })
    const { title, description, tags } = stage.ledger.videos()[0]?.parts.snippet ?? {}
    expect({ title, text: description, tags }).toEqual(variant)
  })
})

describe('the platform’s own timer', () => {
  const armed = async () => {
    const on = await stageOf()
    const ready = await prepareThrough({
      publisher: youtubePublisher,
      desk: on.desk,
      work: workOf({ insurance: true }),
      pass: on.clock.advance,
    })
    return { ...on, ready: ready.work }
  }

  test('without insurance none is set, and the hour passes without us', async () => {
    const { clock, stage, desk } = await stageOf()
    await prepareThrough({ publisher: youtubePublisher, desk, work: workOf(), pass: clock.advance })
    clock.advance(48 * 3600_000)
    expect(stage.ledger.madePublic()).toBe(0)
  })

  test('with insurance it goes off ten minutes after our hour, not before, and we find it out', async () => {
    const { clock, stage, desk, ready } = await armed()
    clock.advance(Date.parse('2026-03-02T11:09:00.000Z') - clock.now().getTime())
    expect(stage.ledger.madePublic()).toBe(0)
    clock.advance(2 * 60_000)
    expect(stage.ledger.madePublic()).toBe(1)
    expect((await youtubePublisher.find(desk.ctx, ready)).is).toBe('there')
    expect((await youtubePublisher.commit(desk.ctx, ready)).is).toBe('done')
    expect(stage.ledger.madePublic()).toBe(1)
  })

  test('a hold cancels it on the platform, reads that back, and nothing goes out', async () => {
    const { clock, stage, desk, ready } = await armed()
    const held = await youtubePublisher.amend(desk.ctx, { ...ready, insurance: false })
    expect(held).toMatchObject({ is: 'done', checkpoint: { timer: null } })
    clock.advance(48 * 3600_000)
    expect(stage.ledger.madePublic()).toBe(0)
  })

  test('a hold that comes after the timer says so', async () => {
    const { clock, desk, ready } = await armed()
    clock.advance(48 * 3600_000)
    const held = await youtubePublisher.amend(desk.ctx, { ...ready, insurance: false })
    expect(held).toMatchObject({ is: 'refused', code: 'already-public' })
  })

  test('a takedown before the hour drops the timer too', async () => {
    const { clock, stage, desk, ready } = await armed()
    expect(await youtubePublisher.retract(desk.ctx, ready)).toEqual({ is: 'done', how: 'hidden' })
    clock.advance(48 * 3600_000)
    expect(stage.ledger.madePublic()).toBe(0)
  })

  test('a timer whose answer was lost is still known, and switching the insurance off removes it', async () => {
    const { clock, stage, desk } = await stageOf()
    const run = (insurance: boolean) =>
      prepareThrough({
        publisher: youtubePublisher,
        desk,
        work: workOf({ insurance }),
        pass: clock.advance,
      })
    stage.settings.processing.afterMs = 0
    stage.faults.plan([{ route: 'videos.update', nth: 1, do: 'drop-after' }])
    expect((await youtubePublisher.prepare(desk.ctx, workOf({ insurance: true }))).is).toBe('later')
    expect((await run(false)).answer.is).toBe('done')
    clock.advance(48 * 3600_000)
    expect(stage.ledger.madePublic()).toBe(0)
  })

  test('a moved hour moves the timer', async () => {
    const { clock, stage, desk, ready } = await armed()
    const moved = { ...ready, dueAt: '2026-03-03T11:00:00.000Z', insurance: true }
    await prepareThrough({ publisher: youtubePublisher, desk, work: moved, pass: clock.advance })
    expect(stage.ledger.videos()[0]?.parts.status?.publishAt).toBe('2026-03-03T11:10:00.000Z')
  })
})

describe('what is said', () => {
  test('no answer holds a token, a session address or any other address', async () => {
    const { clock, stage, desk } = await stageOf()
    stage.faults.plan([
      { route: 'session.put', nth: 1, do: 'drop-before' },
      { route: 'session.put', nth: 3, do: 'fail-before' },
      { route: 'videos.list', nth: 1, do: 'drop-before' },
    ])
    const { answers, work } = await prepareThrough({
      publisher: youtubePublisher,
      desk,
      work: workOf(),
      pass: clock.advance,
    })
    stage.revoke()
    const late = await youtubePublisher.commit(desk.ctx, work)
    const lines = [...answers, late].map((answer) => ('line' in answer ? answer.line : ''))
    expect(lines.filter((line) => line !== '').length).toBeGreaterThan(3)
    expect(lines.join('\n')).not.toMatch(/https?:|upload_id|ya29|1\/\/|double-secret|127\.0\.0\.1/)
  })

  test('after a takedown a stranger finds neither a hidden nor a deleted video', async () => {
    for (const takedown of ['', 'delete']) {
      const { clock, stage, desk } = await stageOf()
      desk.settings.takedown = takedown
      const ready = await prepareThrough({
        publisher: youtubePublisher,
        desk,
        work: workOf(),
        pass: clock.advance,
      })
      const out = await youtubePublisher.commit(desk.ctx, ready.work)
      if (out.is !== 'done') throw new Error(out.is)
      const work = withReceipt(ready.work, out)
      expect(out.url).toBe(`${stage.url}/watch?v=${out.externalId}`)
      await youtubePublisher.retract(desk.ctx, work)
      const status = takedown === 'delete' ? 404 : 403
      expect(await youtubePublisher.seen(desk.ctx, work)).toEqual({ is: 'gone', status })
      expect((await fetch(out.url)).status).toBe(200)
      await stage.close()
    }
  })

  test('a failed processing names the platform’s reason', async () => {
    const { clock, stage, desk } = await stageOf()
    stage.settings.processing.end = 'failed'
    const { answer } = await prepareThrough({
      publisher: youtubePublisher,
      desk,
      work: workOf(),
      pass: clock.advance,
    })
    expect(answer).toMatchObject({ is: 'refused', code: 'processing-codec' })
  })

  test('an endpoint that is neither the platform nor this machine gets no token', async () => {
    const { stage, desk } = await stageOf()
    desk.settings.endpoint = 'https://youtube.example'
    expect(await youtubePublisher.connect(desk.ctx)).toMatchObject({
      is: 'refused',
      code: 'endpoint-not-allowed',
    })
    expect(stage.ledger.calls()).toEqual([])
  })

  test('without demo platforms a channel that points at this machine is refused before a token leaves', async () => {
    const { clock, stage } = await stageOf()
    const desk = youtubeDesk(stage, clock, { fetch: guardedFetch({ allowLoopback: false }) })
    expect(await youtubePublisher.connect(desk.ctx)).toMatchObject({
      is: 'refused',
      code: 'address-not-allowed',
    })
    expect(stage.ledger.calls()).toEqual([])
  })

  test('a platform that cannot be reached at all is tried later, the commit too: nothing was sent', async () => {
    const { clock, stage, desk } = await stageOf()
    const ready = await prepareThrough({
      publisher: youtubePublisher,
      desk,
      work: workOf(),
      pass: clock.advance,
    })
    await stage.close()
    expect((await youtubePublisher.commit(desk.ctx, ready.work)).is).toBe('later')
    expect((await youtubePublisher.find(desk.ctx, ready.work)).is).toBe('cannot-tell')
  })

  test('the account behind the token is named, and views are counted', async () => {
    const { clock, desk } = await stageOf()
    const ready = await prepareThrough({
      publisher: youtubePublisher,
      desk,
      work: workOf(),
      pass: clock.advance,
    })
    expect(await youtubePublisher.connect(desk.ctx)).toMatchObject({
      is: 'done',
      account: { name: 'Kênh thử' },
    })
    expect(await youtubePublisher.measure(desk.ctx, ready.work)).toEqual({ is: 'done', views: 0 })
  })
})
