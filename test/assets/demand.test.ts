import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { openNewsroom } from '../support/newsroom'
import { act, addVariant, newStory, openDesk, type Desk } from '../signoff/support'
import { makeClip, sha256 } from './support'

let desk: Desk
const BASE = ['frames', 'peaks', 'poster', 'proxy', 'sprite', 'web-hls', 'web-mp4']
/** As if the video platform took a square beside its MP4. */
const bindsOf = (platform: string) =>
  platform === 'youtube' ? ['web-mp4', 'square', 'no-such'] : ['web-hls', 'web-mp4', 'poster']

beforeAll(async () => {
  desk = await openDesk(await openNewsroom())
})
afterAll(() => desk.room.close())

const insert = async (
  collection: 'assets' | 'uploads',
  data: Record<string, string | number | boolean>,
) => {
  const made = await desk.db.insertRow({ payload: desk.room.payload, collection, data })
  if (!made.ok) throw new Error('the row exists')
  return made.row.id
}

/** A story whose clip lies in the store and waits for a worker. */
const withClip = async (seed: number, seconds = 2) => {
  const { probe } = await import('@/media/probe')
  const file = path.join(desk.room.folder, `${seed}.mp4`)
  await makeClip(file, { seed, seconds, size: '320x180' })
  const story = await newStory(desk)
  const storeKey = `originals/${seed}/source`
  await desk.store.putFile(storeKey, file, { mime: 'video/mp4' })
  const probed = await probe(file)
  if (!probed.ok) throw new Error(probed.reason)
  const hash = sha256(readFileSync(file))
  const common = { revision: 0, pending: false }
  const asset = await insert('assets', { ...common, title: 'clip', sha256: hash, storeKey, kind: 'video', mime: 'video/mp4', bytes: probed.facts.bytes, facts: JSON.stringify(probed.facts), durationSeconds: seconds, state: 'stored', progress: 0, failures: 0, leaseBy: '', leaseUntil: 0 }) // prettier-ignore
  await insert('uploads', { ...common, tusId: `t-${seed}`, owner: desk.reporter.id, story, asset, sha256: hash, state: 'accepted' }) // prettier-ignore
  return { story, asset }
}

const process = async (asset: string, binds = bindsOf, store = desk.store) => {
  const { processAsset } = await import('@/assets/process')
  const { payload } = desk.room
  return processAsset({ payload, store, asset, bindsOf: binds })
}
const ask = async (story: string, channel: string) => {
  const { askForMissing } = await import('@/assets/demand')
  return askForMissing({ payload: desk.room.payload, story, channel, bindsOf })
}
const rowOf = (asset: string) => desk.db.rowById(desk.room.payload, 'assets', asset)
const renditions = async (asset: string) => {
  const where = { asset: { equals: asset } }
  const rows = await desk.db.findRows({
    payload: desk.room.payload,
    collection: 'renditions',
    where,
  })
  return rows.sort((a, b) => (a.recipe < b.recipe ? -1 : 1))
}
const jobs = async (job: string, text: string) =>
  (await desk.db.findRows({ payload: desk.room.payload, collection: 'outbox', where: { job: { equals: job } } })) // prettier-ignore
    .filter((row) => row.payload.includes(text))
const review = async (story: string) =>
  (await desk.room.call({ path: `/desk/story/${story}`, as: desk.editor })).body as {
    variants: { channel: string; making: boolean; problems: { code: string }[] }[]
  }

describe('Chọn kênh thì mới làm bản của kênh', () => {
  it('makes the base alone at first, and one thing more when a channel that binds it is chosen', async () => {
    const { story, asset } = await withClip(501)
    await process(asset)
    const first = await renditions(asset)
    expect(first.map(({ recipe }) => recipe)).toEqual(BASE)

    await act(desk, desk.reporter, story, 'submit')
    await act(desk, desk.editor, story, 'take')
    expect((await addVariant(desk, story, desk.channels.video)).status).toBe(201)
    expect(await jobs('asset.wanted', desk.channels.video)).toHaveLength(1)
    await ask(story, desk.channels.video)
    expect(await rowOf(asset)).toMatchObject({ state: 'stored', progress: 0 })
    expect(await jobs('asset.process', asset)).toHaveLength(1)

    // What everybody gets is there: the desk works on while the channel's file is made.
    expect((await act(desk, desk.editor, story, 'clear')).status).toBe(200)

    expect(await process(asset)).toBe('done')
    const now = await renditions(asset)
    expect(now.map(({ recipe }) => recipe)).toEqual([
      'frames',
      'peaks',
      'poster',
      'proxy',
      'sprite',
      'square',
      'web-hls',
      'web-mp4',
    ])
    expect(now.filter(({ recipe }) => recipe !== 'square')).toEqual(first)
    expect(await rowOf(asset)).toMatchObject({ state: 'ready', progress: 1 })

    await ask(story, desk.channels.video)
    expect(await rowOf(asset)).toMatchObject({ state: 'ready' })
    expect(await jobs('asset.process', asset)).toHaveLength(1)
  }, 120_000)

  it('asks before the words of the variant are written: by the channel that the job names', async () => {
    const { story, asset } = await withClip(502)
    await process(asset)
    await ask(story, desk.channels.video)
    expect(await rowOf(asset)).toMatchObject({ state: 'stored' })
    await ask(story, desk.channels.video)
    expect(await jobs('asset.process', asset)).toHaveLength(1)
  }, 120_000)

  it('sees a channel that is chosen while the encoder runs, in the same go', async () => {
    const { story, asset } = await withClip(503)
    await act(desk, desk.reporter, story, 'submit')
    await act(desk, desk.editor, story, 'take')
    await addVariant(desk, story, desk.channels.video)
    let looked = 0
    const late = (platform: string) => {
      looked += 1
      return looked === 1 ? [] : bindsOf(platform)
    }
    await process(asset, late)
    expect((await renditions(asset)).map(({ recipe }) => recipe)).toContain('square')
  }, 120_000)

  it('holds up nothing with a file that this clip can never be', async () => {
    const { story, asset } = await withClip(504)
    await act(desk, desk.reporter, story, 'submit')
    await act(desk, desk.editor, story, 'take')
    await addVariant(desk, story, desk.channels.video)
    await process(asset, () => ['web-mp4', 'reels'])
    expect(await rowOf(asset)).toMatchObject({ state: 'ready' })
    expect((await renditions(asset)).map(({ recipe }) => recipe)).toEqual(BASE)
  }, 120_000)

  it('is asked again when the work that may have looked too early has ended', async () => {
    const { story, asset } = await withClip(506)
    const { payload } = desk.room
    const set = (cells: Record<string, string>) =>
      desk.db.compareAndSet({ payload, collection: 'assets', id: asset, expect: {}, set: cells })
    await process(asset)
    await set({ state: 'processing' })
    expect(await ask(story, desk.channels.video)).toBe('later')
    expect(await jobs('asset.process', asset)).toHaveLength(0)
    await set({ state: 'ready' })
    expect(await ask(story, desk.channels.video)).toBe('done')
    expect(await rowOf(asset)).toMatchObject({ state: 'stored' })
  }, 120_000)

  it('leaves to a person what failed or was stopped: saving words starts no encoder', async () => {
    const { story, asset } = await withClip(507)
    const { payload } = desk.room
    await process(asset)
    await desk.db.compareAndSet({ payload, collection: 'assets', id: asset, expect: {}, set: { state: 'failed', failure: 'Đã dừng.' } }) // prettier-ignore
    expect(await ask(story, desk.channels.video)).toBe('done')
    expect(await rowOf(asset)).toMatchObject({ state: 'failed', failure: 'Đã dừng.' })
  }, 120_000)

  it('one file that comes to nothing holds up no other, is said on its channel, and can be tried again', async () => {
    const { story, asset } = await withClip(508)
    await act(desk, desk.reporter, story, 'submit')
    await act(desk, desk.editor, story, 'take')
    await addVariant(desk, story, desk.channels.video)
    const broken = {
      ...desk.store,
      putFile: (...args: Parameters<typeof desk.store.putFile>) =>
        args[0].includes('/youtube-')
          ? Promise.reject(new Error('no such picture'))
          : desk.store.putFile(...args),
    }
    const real = (platform: string) => (platform === 'youtube' ? ['youtube'] : [])
    expect(await process(asset, real, broken)).toBe('done')
    expect(await rowOf(asset)).toMatchObject({ state: 'ready', failures: 0 })
    expect((await renditions(asset)).map(({ recipe }) => recipe)).toEqual(BASE)
    expect((await review(story)).variants[0]).toMatchObject({
      making: false,
      problems: [{ code: 'unmade' }],
    })
    const body = { asset, reason: '' }
    const again = await desk.room.call({ method: 'POST', path: '/transcodes/retry', as: desk.editor, body }) // prettier-ignore
    expect(again.status).toBe(200)
    expect((await review(story)).variants[0]).toMatchObject({ making: true, problems: [] })
    expect(await process(asset, real)).toBe('done')
    expect((await renditions(asset)).map(({ recipe }) => recipe)).toContain('youtube')
    expect(await rowOf(asset)).toMatchObject({ state: 'ready', unmade: '' })
    expect((await review(story)).variants[0]).toMatchObject({ making: false, problems: [] })
  }, 120_000)

  it('tells the review room of each channel whose files are still made', async () => {
    const { story, asset } = await withClip(505)
    await act(desk, desk.reporter, story, 'submit')
    await act(desk, desk.editor, story, 'take')
    await addVariant(desk, story, desk.channels.website)
    expect((await review(story)).variants[0]).toMatchObject({ making: true, problems: [] })
    await process(asset)
    expect((await review(story)).variants[0]).toMatchObject({ making: false, problems: [] })
  }, 120_000)
})

describe('Điều ban biên tập đọc', () => {
  it('names the channel and how far it is, until it is there', async () => {
    const { checksOf } = await import('@/signoff/ui/checks')
    const variant = { id: 'v', channelName: 'Kênh video', making: true, problems: [] }
    const renditions = [{ recipe: 'web-mp4', loudness: -16 }]
    const asset = {
      state: 'processing',
      progress: 0.42,
      secondsLeft: 3,
      pass: '',
      failure: null,
      goesOut: true,
    }
    const room = { story: { kind: 'clip' }, asset, renditions, variants: [variant], watch: null }
    const said = checksOf(room as unknown as Parameters<typeof checksOf>[0], 'vi')
    expect(said.find(({ key }) => key === 'asset')).toMatchObject({ good: true })
    const line = said.find(({ key }) => key === 'v')
    expect(line).toMatchObject({ good: false, fill: { name: 'Kênh video', n: 42 } })
    expect(line?.words.vi).toBe('Đang chuyển mã cho {name}: {n} %')
  })

  it('says in their own language why a clip failed, beside what it keeps from going out', async () => {
    const { checksOf } = await import('@/signoff/ui/checks')
    const failure = { vi: 'Tệp hỏng.', en: 'The file is broken.' }
    const said = (language: 'vi' | 'en', { goesOut, making }: Record<string, boolean>) => {
      const variant = { id: 'v', channelName: 'Kênh video', making, problems: [] }
      const asset = { state: 'failed', progress: 1, failure, goesOut }
      const room = { story: { kind: 'clip' }, asset, renditions: [], variants: [variant], watch: null } // prettier-ignore
      return checksOf(room as unknown as Parameters<typeof checksOf>[0], language)
        .filter(({ good }) => !good)
        .map(({ key, fill }) => [key, fill?.why ?? fill?.what])
    }
    expect(said('vi', { goesOut: false, making: false })).toEqual([['asset', failure.vi]])
    expect(said('en', { goesOut: false, making: false })).toEqual([['asset', failure.en]])
    expect(said('en', { goesOut: true, making: false })).toEqual([])
    expect(said('en', { goesOut: true, making: true })).toEqual([['v', failure.en]])
  })
})
