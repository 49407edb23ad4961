import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { at, list, number, text, type Person } from '../../scripts/journey/client'
import { gridClip } from '../media/redact-clips'
import { bring, everybody, insist, room } from '../support/drive'
import { openRoom, type Room } from '../support/room'
import * as eyes from './eyes'

/** An editor covers a face in a real browser: with a mouse, by keys alone, and with a finger on a phone. */
let house: Room
let browser: Browser
let reporter: Person
let editor: Person
const album = eyes.album()
const open: eyes.Sight[] = []

beforeAll(async () => {
  house = await openRoom()
  browser = await eyes.openBrowser()
  const as = await everybody(house.base, house.dataDir)
  ;[reporter, editor] = [as('reporter'), as('editor')]
}, 240_000)
afterEach(async () => {
  for (const sight of open.splice(0)) await sight.context.close()
})
afterAll(async () => {
  await browser.close()
  await house.stop()
  process.stdout.write(`Pictures of covering: ${album.folder}\n`)
})

const upload = async (story: string, bytes: Buffer) => {
  const named = (words: Record<string, string>) =>
    Object.entries(words)
      .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
      .join(',')
  const headers = { Authorization: `JWT ${reporter.token}`, 'Tus-Resumable': '1.0.0' }
  const begun = await fetch(`${house.base}/tus`, {
    method: 'POST',
    headers: {
      ...headers,
      'Upload-Length': String(bytes.length),
      'Upload-Metadata': named({ story, filename: 'hien-truong.mp4' }),
    },
  })
  const sent = await fetch(new URL(begun.headers.get('location') ?? '', house.base), {
    method: 'PATCH',
    headers: {
      ...headers,
      'Upload-Offset': '0',
      'Content-Type': 'application/offset+octet-stream',
    },
    body: new Uint8Array(bytes),
  })
  if (sent.status !== 204) throw new Error(`not sent: ${begun.status} ${sent.status}`)
}

const untilReady = (story: string) =>
  insist('the clip is made', 120, async () =>
    text(await room(editor, story), 'asset.state') === 'ready' ? true : null,
  )

/** A story with a clip of its own, before the editor. */
const clipStory = async (title: string, side: number): Promise<string> => {
  const first = async (from: string) => text(list((await reporter.get(from)).body, 'docs')[0], 'id')
  const made = await reporter.post('/stories', {
    kind: 'clip',
    title,
    summary: 'Một câu sapo.',
    body: 'Một đoạn.',
    section: await first('/sections?limit=1'),
    source: await first('/sources?limit=1&where[own][equals]=true'),
  })
  const story = text(made.body, 'doc.id')
  const file = path.join(house.dataDir, `${side}.mp4`)
  await gridClip(file, { width: side, height: 360 })
  await upload(story, readFileSync(file))
  await untilReady(story)
  await bring({ person: reporter, story, action: 'submit', to: ['submitted'], reader: editor })
  await bring({ person: editor, story, action: 'take', to: ['in-review'], reader: editor })
  return story
}

const covering = async (story: string, how: eyes.Look = {}): Promise<eyes.Sight> => {
  const sight = await eyes.openSight(browser, how)
  open.push(sight)
  await eyes.signInAt(sight.page, house.base, eyes.loginsIn(house.dataDir)('editor'))
  await sight.page.goto(`${house.base}/admin/review/${story}`)
  await sight.page.getByRole('button', { name: /^Che hình, tắt tiếng/ }).click()
  await stage(sight.page).waitFor()
  return sight
}
const stage = (page: Page) => page.getByRole('application', { name: 'Hình để vẽ khung che' })
const row = (page: Page, name: RegExp) =>
  page.getByRole('list', { name: 'Những chỗ che và tắt tiếng' }).getByRole('button', { name })
const save = (page: Page) => page.getByRole('button', { name: 'Lưu và chuyển mã lại' })

const saved = async (story: string) =>
  list((await editor.get(`/desk/redactions/${story}`)).body, 'redactions')

describe('Che mặt trong phòng duyệt', () => {
  it('is drawn with the mouse, ended while it plays, taken back, saved, and made anew before one’s eyes', async () => {
    const story = await clipStory('Người dân kể lại vụ việc', 640)
    const { page, complaints } = await covering(story)
    const box = await stage(page).boundingBox()
    if (!box) throw new Error('no picture to draw on')
    const point = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const
    await page.mouse.move(...point(0.25, 0.25))
    await page.mouse.down()
    await page.mouse.move(...point(0.5, 0.5), { steps: 4 })
    await page.mouse.up()
    await row(page, /^Che 1 · 0:00,0–0:04,0$/).waitFor()
    await page.getByLabel('Chỗ đang xem').fill('3')
    await page.getByRole('button', { name: 'Che 1: Đến đây' }).click()
    await row(page, /^Che 1 · 0:00,0–0:03,0$/).waitFor()
    await page.getByRole('button', { name: 'Tắt tiếng từ đây' }).click()
    await row(page, /^Tắt tiếng 2 ·/).waitFor()
    await page.getByRole('button', { name: 'Hoàn tác' }).click()
    await row(page, /^Tắt tiếng 2 ·/).waitFor({ state: 'detached' })
    await album.take(page, 'cover-drawn')
    await save(page).click()
    await page.getByText('Mọi bản của clip đang được làm lại').waitFor()
    await page.getByRole('progressbar', { name: /^Đang làm lại/ }).waitFor()
    await album.take(page, 'cover-making')
    const [cover] = await saved(story)
    expect(at(cover, 'toMs')).toBe(3000)
    for (const [name, value] of [
      ['x', 0.25],
      ['y', 0.25],
      ['width', 0.25],
      ['height', 0.25],
    ] as const)
      // prettier-ignore
      expect(Math.abs(number(cover, `box.${name}`) - value)).toBeLessThan(0.01)
    await untilReady(story)
    await page.getByRole('progressbar', { name: /^Đang làm lại/ }).waitFor({ state: 'detached' })
    await page.getByLabel('Xem bản chưa che').waitFor()
    await album.take(page, 'cover-made')
    await page.getByRole('button', { name: 'Đóng' }).click()
    await page.getByRole('button', { name: 'Che hình, tắt tiếng (1)' }).waitFor()
    await album.take(page, 'cover-played')
    expect(complaints).toEqual([])
  }, 240_000)

  it('is done by keys alone', async () => {
    const story = await clipStory('Bé gái nhận giải', 656)
    const { page, complaints } = await covering(story)
    await stage(page).focus()
    await page.keyboard.press('b')
    await row(page, /^Che 1 ·/).waitFor()
    await page.getByRole('button', { name: 'Che 1', exact: true }).focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Shift+ArrowDown')
    await page.getByLabel('Chỗ đang xem').fill('2')
    await stage(page).focus()
    await page.keyboard.press('o')
    await page.keyboard.press('m')
    await row(page, /^Tắt tiếng 2 · 0:02,0–0:04,0$/).waitFor()
    await page.keyboard.press('Control+z')
    await row(page, /^Tắt tiếng 2 ·/).waitFor({ state: 'detached' })
    await save(page).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Mọi bản của clip đang được làm lại').waitFor()
    const [cover] = await saved(story)
    expect([number(cover, 'box.x'), number(cover, 'box.height'), at(cover, 'toMs')]).toEqual([expect.closeTo(0.33), expect.closeTo(0.31), 2000]) // prettier-ignore
    expect(complaints).toEqual([])
  }, 240_000)

  it.each(['light', 'dark'] as const)(
    'is drawn with a finger on a phone, %s, and nothing is pushed sideways',
    async (theme) => {
      const story = await clipStory(`Chợ sớm, ${theme}`, theme === 'light' ? 672 : 688)
      const { page, complaints } = await covering(story, { screen: 'phone', theme })
      await stage(page).scrollIntoViewIfNeeded()
      const box = await stage(page).boundingBox()
      if (!box) throw new Error('no picture to draw on')
      const finger = { pointerId: 7, pointerType: 'touch', isPrimary: true, button: 0, buttons: 1, bubbles: true } // prettier-ignore
      const touch = (type: string, x: number, y: number) =>
        stage(page).dispatchEvent(type, { ...finger, clientX: box.x + x * box.width, clientY: box.y + y * box.height }) // prettier-ignore
      await page.evaluate(() => {
        // A finger made by a script is none that a browser knows to hold.
        Element.prototype.setPointerCapture = () => undefined
      })
      await touch('pointerdown', 0.2, 0.2)
      await touch('pointermove', 0.4, 0.6)
      await touch('pointerup', 0.4, 0.6)
      await row(page, /^Che 1 ·/).waitFor()
      expect(await eyes.overflowOf(page)).toBe(0)
      for (const name of ['Thêm khung che', 'Che 1: Từ đây', 'Che 1: Bỏ', 'Lưu và chuyển mã lại'])
        expect([name, await eyes.isInSight(page, page.getByRole('button', { name }))]).toEqual([name, true]) // prettier-ignore
      await album.take(page, `cover-phone-${theme}`)
      await save(page).tap()
      await page.getByText('Mọi bản của clip đang được làm lại').waitFor()
      expect(await saved(story)).toHaveLength(1)
      expect(complaints).toEqual([])
    },
    240_000,
  )

  it('is not offered to whoever may not', async () => {
    const story = await clipStory('Hội làng', 704)
    const sight = await eyes.openSight(browser)
    open.push(sight)
    await eyes.signInAt(sight.page, house.base, eyes.loginsIn(house.dataDir)('head'))
    await sight.page.goto(`${house.base}/admin/review/${story}`)
    await sight.page.getByRole('complementary', { name: 'Ký duyệt' }).waitFor()
    expect(await sight.page.getByRole('button', { name: /^Che hình/ }).count()).toBe(0)
  }, 120_000)
})
