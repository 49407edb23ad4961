import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { mayBegin, together } from '@/app/(desk)/gui-tin/browser/lanes'
import { makeClip, sha256, until } from '../assets/support'
import { lineOf, openDesk, write } from './desk'

let desk: Awaited<ReturnType<typeof openDesk>>
let clips: string[]

beforeAll(async () => {
  desk = await openDesk()
  clips = ['một', 'hai', 'ba'].map((name) => path.join(desk.newsroom.folder, `Clip ${name}.mp4`))
  for (const [index, clip] of clips.entries())
    await makeClip(clip, { seconds: 8, seed: 300 + index, size: '1920x1080' })
}, 120_000)
afterAll(() => desk.close())

const uploads = async () => {
  const { findRows } = await import('@/records/db')
  const where = { owner: { equals: desk.reporter.id } }
  return findRows({
    payload: desk.newsroom.payload,
    collection: 'uploads',
    where,
    sort: 'createdAt',
  })
}
const receiveAll = async () => {
  const { receiveUpload } = await import('@/assets/receive')
  const { openStore } = await import('@/media/store')
  const { payload } = desk.newsroom
  for (const row of await uploads())
    await receiveUpload({ payload, store: openStore(), upload: row.id })
}
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

describe('the queue of files', () => {
  const task = (phase: Parameters<typeof mayBegin>[0][number]['phase']) => ({ phase })

  it('lets begin those that wait, in their order, while fewer than two are busy', () => {
    const three = [task('queued'), task('queued'), task('queued')]
    expect(mayBegin(three, 2)).toEqual(three.slice(0, 2))
    expect(mayBegin([task('going'), task('waiting'), task('queued')], 2)).toEqual([])
    expect(mayBegin([task('reading'), task('signed-out'), task('queued')], 2)).toEqual([])
  })

  it('gives the place of one that was paused, refused or done to the next', () => {
    for (const phase of ['paused', 'refused', 'done'] as const)
      expect(mayBegin([task('going'), task(phase), task('queued')], 2)).toHaveLength(1)
  })

  it('adds up what is sent and how fast, without what was refused', () => {
    const of = (phase: 'going' | 'refused' | 'done', sent: number, speed: number) => ({
      phase,
      sent,
      speed,
      file: { size: 100 },
    })
    expect(together([of('going', 50, 10), of('done', 100, 0), of('refused', 0, 0)])).toEqual({
      sent: 150,
      total: 200,
      speed: 10,
      secondsLeft: 5,
    })
  })
})

describe('several files at once from a phone', () => {
  it('go two at a time, each can be paused, and the story is handed in when all are there', async () => {
    const { context, page } = await desk.open(PHONE)
    const line = await lineOf(page)
    await write(page, 'Ba clip một lúc')
    await page.locator('#pick').getByLabel('Chọn tệp', { exact: true }).setInputFiles(clips)
    await page.locator('#chosen').getByText('Kèm theo').first().waitFor()
    await line(400_000)
    await page.getByRole('button', { name: 'Gửi tin' }).click()
    const rows = page.locator('#files > .transfer')
    await rows.nth(0).getByText('/giây').waitFor()
    await rows.nth(1).getByText('/giây').waitFor()
    expect(await rows.nth(2).getByText('Chờ tới lượt').isVisible()).toBe(true)
    await page.locator('#all').getByText('Đã xong 0/3 tệp').waitFor()

    await rows.nth(0).getByRole('button', { name: 'Tạm dừng' }).click()
    await rows.nth(0).getByText('Đang tạm dừng').waitFor()
    await rows.nth(2).getByText('/giây').waitFor()
    // Going on waits its turn, for two others have the line now.
    await rows.nth(0).getByRole('button', { name: 'Gửi tiếp' }).click()
    await rows.nth(0).getByText('Chờ tới lượt').waitFor()
    await line(-1)
    await page.locator('#sending').waitFor({ state: 'hidden' })

    const rowsOf = await uploads()
    expect(rowsOf.map(({ state, extra }) => [state, extra === true])).toEqual([
      ['received', false],
      ['received', true],
      ['received', true],
    ])
    await receiveAll()
    const hashes = clips.map((clip) => sha256(readFileSync(clip)))
    expect((await uploads()).map((row) => row.sha256)).toEqual(hashes)
    const card = page.locator('#items > li').filter({ hasText: 'Ba clip một lúc' })
    await card.getByText('Chờ duyệt').waitFor()
    await card.getByText('Kèm theo 2 tệp').waitFor()
    const { mainAssetOf } = await import('@/assets/main-asset')
    const main = await mainAssetOf(desk.newsroom.payload, rowsOf[0]?.story ?? '')
    expect(main?.sha256).toBe(hashes[0])
    await context.close()
  }, 180_000)

  it('are each named after a closed tab, and go on together when all are chosen again', async () => {
    const before = (await uploads()).length
    const { context, page } = await desk.open(PHONE)
    const files = await Promise.all(
      [710, 720].map(async (seed) => {
        const file = path.join(desk.newsroom.folder, `lại ${seed}.mp4`)
        await makeClip(file, { seconds: 8, seed, size: '1920x1080' })
        return file
      }),
    )
    await write(page, 'Hai clip dở dang')
    await page.locator('#pick').getByLabel('Chọn tệp', { exact: true }).setInputFiles(files)
    await (
      await lineOf(page)
    )(300_000)
    await page.getByRole('button', { name: 'Gửi tin' }).click()
    await until('both were begun', async () => (await uploads()).length === before + 2)
    const sentBefore = desk.served.counted.patched
    await until('some has come', () => desk.served.counted.patched > sentBefore + 200_000)
    await page.close({ runBeforeUnload: false })

    const again = await context.newPage()
    await again.goto(`${desk.served.origin}/gui-tin`)
    await again.locator('#unfinished > .card').nth(1).waitFor()
    const from = desk.served.counted.patched
    await again.getByLabel('Chọn lại tệp').first().setInputFiles(files)
    await until('both are whole', async () =>
      (await uploads()).slice(before).every(({ state }) => state === 'received'),
    )
    const whole = files.reduce((sum, file) => sum + readFileSync(file).length, 0)
    expect(desk.served.counted.patched - from).toBeLessThan(whole)
    await receiveAll()
    const card = again.locator('#items > li').filter({ hasText: 'Hai clip dở dang' })
    await card.getByText('Chờ duyệt').waitFor()
    await context.close()
  }, 180_000)
})

describe('files dropped on the page of a desk computer', () => {
  it('are taken for the new story, the first clip as its clip; the page does not go away', async () => {
    const { context, page } = await desk.open({ viewport: { width: 1280, height: 900 } })
    await page.getByText('Hoặc kéo thả tệp').waitFor()
    await page.evaluate(() => {
      const data = new DataTransfer()
      data.items.add(new File(['anh'], 'anh.jpg', { type: 'image/jpeg' }))
      data.items.add(new File(['clip'], 'hiện trường.mp4', { type: 'video/mp4' }))
      for (const name of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(
          new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }),
        )
    })
    const chosen = page.locator('#chosen > li')
    await chosen.nth(1).waitFor()
    expect(await chosen.allInnerTexts()).toEqual([
      expect.stringMatching(/^anh\.jpg[^]*Kèm theo/),
      expect.stringMatching(/^hiện trường\.mp4[^]*Clip/),
    ])
    await chosen.nth(0).getByRole('button', { name: 'Bỏ anh.jpg' }).click()
    expect(await chosen.count()).toBe(1)
    expect(new URL(page.url()).pathname).toBe('/gui-tin')
    await context.close()
  }, 120_000)
})

it('hashes a file in the browser as the server does', async () => {
  const { hashOf } = await import('@/app/(desk)/gui-tin/browser/hash')
  const bytes = Buffer.alloc(3_000_001, 7)
  const file = new File([bytes], 'a')
  const hands = { onProgress: () => undefined, stopped: () => false }
  expect(await hashOf(file, hands)).toBe(createHash('sha256').update(bytes).digest('hex'))
  expect(await hashOf(file, { ...hands, stopped: () => true })).toBeNull()
})
