import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { TestPerson } from '../support/newsroom'
import { ffmpegsIn, flawsOf, openTranscodes, workFiles, type Transcodes } from './running-support'
import { until } from './support'

let on: Transcodes
let chief: TestPerson
let editor: TestPerson
let reporter: TestPerson
let processAsset: (typeof import('@/assets/process'))['processAsset']
let waitingInTurn: (typeof import('@/assets/waiting'))['waitingInTurn']

beforeAll(async () => {
  on = await openTranscodes()
  chief = await on.newsroom.person('desk-head')
  editor = await on.newsroom.person('editor')
  reporter = await on.newsroom.person('reporter')
  ;({ processAsset } = await import('@/assets/process'))
  ;({ waitingInTurn } = await import('@/assets/waiting'))
}, 120_000)
afterAll(() => on.newsroom.close())
/** Each case has the queue to itself. */
afterEach(async () => {
  const rows = await on.db.findRows({
    payload: on.payload,
    collection: 'outbox',
    where: { done: { equals: false } },
  })
  for (const { id } of rows)
    await on.db.compareAndSet({ ...at('outbox', id), expect: {}, set: { done: true } })
})

const at = <S extends 'assets' | 'outbox'>(collection: S, id: string) => ({
  payload: on.payload,
  collection,
  id,
})
const set = (asset: string, cells: Record<string, string | number>) =>
  on.db.compareAndSet({ ...at('assets', asset), expect: {}, set: cells })
const order = async (weight: 'heavy' | 'light' = 'heavy') =>
  (await waitingInTurn(on.payload, weight)).map(({ asset }) => asset)
const ask = (verb: string, asset: string, as: TestPerson | null, reason = 'Nhầm tệp') =>
  on.newsroom.call({ method: 'POST', path: `/transcodes/${verb}`, as, body: { asset, reason } })
const audit = (asset: string, action: string) =>
  on.db.findRows({
    payload: on.payload,
    collection: 'audit-entries',
    where: { and: [{ subjectId: { equals: asset } }, { action: { equals: action } }] },
  })

describe('which clip is next, by the rows alone', () => {
  it('desks take turns: one clip of the news does not wait for forty of sport', async () => {
    const [sport, news] = [await on.section('the-thao'), await on.section('thoi-su')]
    const forty: string[] = []
    for (let n = 0; n < 40; n += 1) forty.push(await on.waiting({ desk: sport }))
    const single = await on.waiting({ desk: news })
    expect((await order()).indexOf(single)).toBe(1)
    // Sport's first is running now: the news is next.
    await set(forty[0] ?? '', { leaseUntil: Date.now() + 60_000, startedAt: Date.now(), desk: sport, state: 'processing' }) // prettier-ignore
    expect((await order())[0]).toBe(single)
    expect(await order()).not.toContain(forty[0])
  })

  it('breaking news is first the moment a desk head says so, and back in its turn when taken back', async () => {
    const [first, second] = [await on.waiting(), await on.waiting()]
    expect(await order()).toEqual([first, second])
    expect((await ask('urgent', second, chief)).status).toBe(200)
    expect(await order()).toEqual([second, first])
    expect((await audit(second, 'asset.urgent'))[0]).toMatchObject({ actorId: chief.id })
    expect((await ask('calm', second, chief)).status).toBe(200)
    expect(await order()).toEqual([first, second])
  })

  it('stills and sound have slots of their own', async () => {
    const [clip, still, sound] = [
      await on.waiting(),
      await on.waiting({ kind: 'image' }),
      await on.waiting({ kind: 'audio' }),
    ]
    expect(await order('heavy')).toEqual([clip])
    expect(await order('light')).toEqual([still, sound])
  })

  it('what another worker holds, or what must wait a while, has no turn', async () => {
    const [held, later, free] = [await on.waiting(), await on.waiting(), await on.waiting()]
    await set(held, { leaseUntil: Date.now() + 60_000 })
    await set(later, { waitUntil: Date.now() + 60_000 })
    expect(await order()).toEqual([free])
  })

  it('only those who lead a desk call something breaking news; a refusal is written down', async () => {
    const asset = await on.waiting()
    expect((await ask('urgent', asset, editor)).status).toBe(403)
    expect((await ask('urgent', asset, null)).status).toBe(401)
    expect((await on.row(asset))?.urgentAt ?? 0).toBe(0)
    expect((await audit(asset, 'asset.urgent'))[0]).toMatchObject({ outcome: 'refused' })
  })
})

describe('stopping a transcode', () => {
  it('ends ffmpeg, takes its files away, and says who and why; done again it becomes whole', async () => {
    const asset = await on.clip({ seed: 21, seconds: 6, size: '1280x720' })
    const work = processAsset({ payload: on.payload, store: on.store, asset })
    await until('ffmpeg runs', () => ffmpegsIn(on.newsroom.folder).length > 0)
    const asked = await ask('stop', asset, editor, 'Gửi nhầm bản nháp')
    expect(asked).toMatchObject({ status: 200, body: { state: 'stopping' } })
    expect(await work).toBe('done')
    expect(ffmpegsIn(on.newsroom.folder)).toEqual([])
    expect(workFiles(on.newsroom.folder)).toEqual([])
    expect(await flawsOf(on, asset)).toEqual([])
    const row = await on.row(asset)
    expect(row).toMatchObject({ state: 'failed', leaseBy: '', failure: `${editor.name} đã dừng chuyển mã: Gửi nhầm bản nháp` }) // prettier-ignore
    expect(JSON.parse(row?.failureHelp ?? '')).toMatchObject({ en: `${editor.name} stopped the transcode: Gửi nhầm bản nháp` }) // prettier-ignore
    expect((await audit(asset, 'asset.stop'))[0]).toMatchObject({ actorId: editor.id, reason: 'Gửi nhầm bản nháp' }) // prettier-ignore
    expect(await audit(asset, 'asset.stopped')).toHaveLength(1)

    expect((await ask('retry', asset, editor)).status).toBe(200)
    expect(await processAsset({ payload: on.payload, store: on.store, asset })).toBe('done')
    expect(await on.row(asset)).toMatchObject({ state: 'ready', progress: 1, failure: '' })
    expect(await flawsOf(on, asset)).toEqual([])
  }, 120_000)

  it('of a clip that only waits is done at once, and it has no turn any more', async () => {
    const asset = await on.waiting()
    expect((await ask('stop', asset, editor)).body).toMatchObject({ state: 'failed' })
    expect(await processAsset({ payload: on.payload, store: on.store, asset })).toBe('done')
    expect(await on.row(asset)).toMatchObject({ state: 'failed' })
  })

  it('of a clip whose worker died in the middle is finished by the sweep', async () => {
    const { sweepAssets } = await import('@/assets/sweep')
    const asset = await on.waiting()
    await set(asset, { state: 'stopping', leaseBy: 'dead', leaseUntil: Date.now() - 1 })
    await sweepAssets(on.payload, on.store)
    expect(await on.row(asset)).toMatchObject({ state: 'failed' })
    expect(await audit(asset, 'asset.stopped')).toHaveLength(1)
  })

  it('asks for a reason, and is not for reporters', async () => {
    const asset = await on.waiting()
    expect(await ask('stop', asset, editor, ' ')).toMatchObject({ status: 422, body: { reason: 'no-reason' } }) // prettier-ignore
    expect((await ask('stop', asset, reporter)).status).toBe(403)
    expect(await on.row(asset)).toMatchObject({ state: 'stored' })
  })

  it('of what is ready is refused in words', async () => {
    const asset = await on.waiting({ state: 'ready' })
    expect(await ask('stop', asset, editor)).toMatchObject({ status: 409, body: { reason: 'state' } }) // prettier-ignore
  })
})

describe('a clip that fails', () => {
  it('is parked after the third time with a reason to read, and a person may have it done again', async () => {
    const asset = await on.clip({ seed: 31, seconds: 2, size: '320x180' })
    const broken = { ...on.store, localCopy: () => Promise.reject(new Error('no such thing')) }
    const job = { payload: on.payload, store: broken, asset }
    await expect(processAsset(job)).rejects.toThrow('no such thing')
    await expect(processAsset(job)).rejects.toThrow('no such thing')
    expect(await processAsset(job)).toBe('done')
    expect(await on.row(asset)).toMatchObject({ state: 'failed', failures: 3 })
    expect((await on.row(asset))?.failure).toContain('gửi lại')
    expect(JSON.parse((await on.row(asset))?.failureHelp ?? '').en).toContain('send it again')
    expect((await ask('retry', asset, chief)).status).toBe(200)
    expect(await on.row(asset)).toMatchObject({
      state: 'stored',
      failures: 0,
      failure: '',
      failureHelp: '',
    })
    expect(await order()).toContain(asset)
  })
})

describe('what a person sees of it', () => {
  it('progress only grows, and what runs, waits and is parked is listed in that order', async () => {
    const running = await on.clip({ seed: 41, seconds: 4, size: '640x360' })
    const second = await on.waiting()
    const third = await on.waiting()
    const parked = await on.waiting({ state: 'failed', failure: 'Tệp hỏng.' })
    await ask('urgent', third, chief)
    const seen: number[] = []
    const work = processAsset({ payload: on.payload, store: on.store, asset: running })
    await until('it runs', async () => {
      const progress = (await on.row(running))?.progress ?? 0
      seen.push(progress)
      return progress > 0.05
    })
    const answer = await on.newsroom.call({ path: '/transcodes', as: editor })
    const list = answer.body.transcodes as { asset: string; state: string; turn: number | null }[]
    const mine = list.filter(({ asset }) => [running, second, third, parked].includes(asset))
    expect(mine.map(({ asset, state }) => [asset, state])).toEqual([
      [running, 'running'],
      [third, 'waiting'],
      [second, 'waiting'],
      [parked, 'parked'],
    ])
    expect(mine[1]?.turn).toBe(1)
    const ended = work.then(() => true)
    await until('it is done', async () => {
      seen.push((await on.row(running))?.progress ?? 0)
      return Promise.race([ended, Promise.resolve(false)])
    })
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    const left = workFiles(on.newsroom.folder)
    expect(left.filter((name) => name.startsWith(running))).toEqual([])
    expect((await on.newsroom.call({ path: '/transcodes', as: reporter })).status).toBe(403)
  }, 120_000)
})
