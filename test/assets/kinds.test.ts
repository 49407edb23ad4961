import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import path from 'node:path'
import { setUpBench, type Bench } from '../fixtures/bench'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'
import { openDoor, sendWhole, storyIn, uploadRow, type Door } from './support'

let newsroom: Newsroom
let door: Door
let reporter: TestPerson
let bench: Bench
let store: import('@/media/store').Store

beforeAll(async () => {
  newsroom = await openNewsroom()
  door = await openDoor(newsroom)
  reporter = await newsroom.person('reporter')
  bench = await setUpBench(path.join(newsroom.folder, 'bench'), 9)
  store = (await import('@/media/store')).openStore()
  await store.ready()
})
afterAll(async () => {
  await door.close()
  await newsroom.close()
})

/** From the first byte to the last rendition, as the worker would take it. */
const takeIn = async (bytes: Buffer) => {
  const { payload } = newsroom
  const story = await storyIn(newsroom, 'draft', reporter)
  const sent = await sendWhole(newsroom, door, reporter, { bytes, story })
  const { receiveUpload } = await import('@/assets/receive')
  await receiveUpload({ payload, store, upload: sent.id })
  const { asset = '' } = await uploadRow(newsroom, sent.tusId)
  const { processAsset } = await import('@/assets/process')
  await processAsset({ payload, store, asset: asset ?? '' })
  const { rowById } = await import('@/records/db')
  const { renditionsOf } = await import('@/assets/main-asset')
  const made = await renditionsOf(payload, asset ?? '')
  return { row: await rowById(payload, 'assets', asset ?? ''), made: made.map((one) => one.recipe) }
}

describe('Tư liệu: video, âm thanh, ảnh', () => {
  it.each([
    ['a clip', 'video', 'video/mp4', () => bench.clip],
    ['a sound file', 'audio', 'audio/mpeg', () => bench.sound],
    ['a photograph', 'image', 'image/jpeg', () => bench.jpeg],
  ])(
    '%s is taken, kept as its kind and ready for the desk',
    async (_name, kind, mime, bytes) => {
      const { row, made } = await takeIn(bytes())
      expect(row).toMatchObject({ kind, mime, state: 'ready' })
      expect(made.length).toBeGreaterThan(0)
    },
    120_000,
  )
})
