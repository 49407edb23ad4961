import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { Upload } from 'tus-js-client'
import { list, text, type Person } from '../../scripts/journey/client'
import { makeClip } from '../assets/support'
import { everybody, insist } from '../support/drive'
import { openRoom, type Room } from '../support/room'
import * as eyes from './eyes'

/** A newsroom whose worker makes one clip at a time and was just sent several long ones. */
const TITLES = [
  'Cầu Ngòi Lao hợp long',
  'Chợ phiên Bắc Hà ngày cuối năm',
  'Lũ về trong đêm ở Mường Pồn',
  'Học sinh vùng cao trở lại trường',
]
const stories = new Map<string, string>()
let house: Room
let browser: Browser
let loginOf: (role: string) => eyes.Login
const album = eyes.album()
const open: eyes.Sight[] = []

beforeAll(async () => {
  house = await openRoom({ settings: { TRANSCODE_CONCURRENCY: '1' } })
  browser = await eyes.openBrowser()
  loginOf = eyes.loginsIn(house.dataDir)
  const reporter = (await everybody(house.base, house.dataDir))('reporter')
  for (const [at, title] of TITLES.entries()) stories.set(title, await sent(reporter, title, at))
}, 240_000)
afterEach(async () => {
  for (const sight of open.splice(0)) await sight.context.close()
})
afterAll(async () => {
  await browser.close()
  await house.stop()
  process.stdout.write(`Pictures of the transcodes: ${album.folder}\n`)
})

const sent = async (reporter: Person, title: string, seed: number): Promise<string> => {
  const idOf = async (where: string) =>
    text(list((await reporter.get(where)).body, 'docs')[0], 'id')
  const made = await reporter.post('/stories', {
    kind: 'clip',
    title,
    summary: 'Một câu sapo.',
    body: 'Một đoạn.',
    section: await idOf('/sections?limit=1'),
    source: await idOf('/sources?limit=1&where[own][equals]=true'),
  })
  const story = text(made.body, 'doc.id')
  const file = path.join(house.dataDir, `${seed}.mp4`)
  await makeClip(file, { seed: 500 + seed, seconds: 40, size: '1280x720' })
  await new Promise<void>((resolve, reject) => {
    new Upload(readFileSync(file), {
      endpoint: `${house.base}/tus`,
      headers: { authorization: `JWT ${reporter.token}` },
      metadata: { filename: `quay-${seed}.mp4`, story },
      onError: reject,
      onSuccess: () => resolve(),
    }).start()
  })
  return story
}

const signedIn = async (role: string, how: eyes.Look = {}): Promise<eyes.Sight> => {
  const sight = await eyes.openSight(browser, how)
  open.push(sight)
  await eyes.signInAt(sight.page, house.base, loginOf(role))
  return sight
}

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const rows = (within: Locator) => within.locator('.ht-transcode')
const titlesIn = (within: Locator) => rows(within).locator('.ht-transcode__words a').allInnerTexts()
const button = (within: Locator, verb: string) =>
  within.getByRole('button', { name: new RegExp(`^${verb}: `) })
const arrive = async (page: Page) => {
  await page.goto(`${house.base}/admin/transcodes`)
  await rows(part(page, 'Đang làm')).first().waitFor({ timeout: 60_000 })
}

it('shows what runs with its progress moving by itself, and what waits with its turn and why', async () => {
  const { page, complaints } = await signedIn('editor')
  await page.getByRole('navigation', { name: 'Các mục' }).getByRole('link', { name: 'Chuyển mã' }).click() // prettier-ignore
  const running = part(page, 'Đang làm')
  const bar = running.getByRole('progressbar')
  await bar.waitFor({ timeout: 60_000 })
  const at = async () => Number(await bar.getAttribute('aria-valuenow'))
  const first = await at()
  await insist('the bar moves', 60, async () => ((await at()) > first ? true : null))
  await running.getByText(/Đã làm \d+ % · .* · còn khoảng \d+ (giây|phút)/).waitFor()
  const waiting = part(page, 'Chờ tới lượt')
  await waiting.getByText('Lượt 1', { exact: true }).waitFor()
  expect(await waiting.getByText('Chờ máy rảnh.').count()).toBe(await rows(waiting).count())
  // Not theirs to say what goes before everybody else's.
  expect(await button(waiting, 'Làm trước').count()).toBe(0)
  expect(complaints).toEqual([])
})

it('a desk head on a phone puts the last clip first, and takes it back', async () => {
  const { page, complaints } = await signedIn('desk-head', { screen: 'phone' })
  await arrive(page)
  const waiting = part(page, 'Chờ tới lượt')
  const last = (await titlesIn(waiting)).at(-1) ?? ''
  await button(rows(waiting).last(), 'Làm trước').tap()
  await page
    .getByText(`«${last}» sẽ được làm trước.`)
    .or(page.getByRole('status'))
    .first()
    .waitFor()
  const first = rows(waiting).first()
  await first.getByText('Tin nóng', { exact: true }).waitFor()
  expect((await titlesIn(waiting))[0]).toBe(last)
  await album.take(page, 'urgent-phone')
  await page.getByRole('button', { name: 'Hoàn tác' }).tap()
  await first.getByText('Tin nóng', { exact: true }).waitFor({ state: 'detached' })
  expect((await titlesIn(waiting)).at(-1)).toBe(last)
  expect(complaints).toEqual([])
})

it('an editor stops a clip by keyboard alone, reads who did it and why, and has it done again', async () => {
  const { page, complaints } = await signedIn('editor')
  await arrive(page)
  const running = part(page, 'Đang làm')
  const [title = ''] = await titlesIn(running)
  await button(rows(running).first(), 'Dừng').focus()
  await page.keyboard.press('Enter')
  const asked = page.getByRole('dialog', { name: 'Dừng' })
  await asked.waitFor()
  await page.keyboard.press('Escape')
  await asked.waitFor({ state: 'detached' })
  expect(await titlesIn(running)).toEqual([title])
  await button(rows(running).first(), 'Dừng').focus()
  await page.keyboard.press('Enter')
  await asked.waitFor()
  await page.keyboard.type('Nhầm bản nháp')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const parked = part(page, 'Cần người xem')
  await parked.getByText(/đã dừng chuyển mã: Nhầm bản nháp$/).waitFor()
  expect(await titlesIn(parked)).toEqual([title])
  await album.take(page, 'stopped')
  await button(parked, 'Chuyển mã lại').focus()
  await page.keyboard.press('Enter')
  await parked.waitFor({ state: 'detached' })
  await page.getByText(title).first().waitFor()
  expect(complaints).toEqual([])
})

it('the review room says that the clip is being made and leads to the list', async () => {
  const { page, complaints } = await signedIn('editor')
  await page.goto(`${house.base}/admin/review/${stories.get(TITLES[3] ?? '')}`)
  await page.getByRole('link', { name: 'Xem hàng chờ chuyển mã' }).click()
  await page.getByRole('heading', { name: 'Chuyển mã', exact: true }).waitFor()
  await arrive(page)
  await page.getByRole('link', { name: TITLES[3] }).click()
  await page.waitForURL(/\/admin\/review\//)
  expect(complaints).toEqual([])
})

it('the inspector sees all of it and is offered nothing; the administrator is told no title of a story', async () => {
  const inspector = await signedIn('inspector')
  await arrive(inspector.page)
  expect(await inspector.page.locator('.ht-transcode button').count()).toBe(0)
  const admin = await signedIn('admin')
  await arrive(admin.page)
  await admin.page.getByText('quay-3.mp4').first().waitFor()
  expect(await admin.page.getByText(TITLES[3] ?? '').count()).toBe(0)
  expect([...inspector.complaints, ...admin.complaints]).toEqual([])
})

it.each([
  { screen: 'desk', theme: 'light', language: 'vi', heading: 'Chuyển mã' },
  { screen: 'desk', theme: 'dark', language: 'en', heading: 'Transcoding' },
  { screen: 'phone', theme: 'light', language: 'vi', heading: 'Chuyển mã' },
  { screen: 'phone', theme: 'dark', language: 'en', heading: 'Transcoding' },
] as const)('fits a $screen in $theme, in $language', async ({ heading, language, ...how }) => {
  const { page, context, complaints } = await signedIn('secretariat', how)
  // As Payload keeps it when somebody picks a language in their account.
  await context.addCookies([{ name: 'payload-lng', value: language, url: house.base }])
  await page.goto(`${house.base}/admin/transcodes`)
  await page.getByRole('heading', { name: heading, exact: true }).waitFor()
  await page.locator('.ht-transcode').first().waitFor()
  await album.take(page, `${how.screen}-${how.theme}`)
  expect({ overflow: await eyes.overflowOf(page), complaints }).toEqual({ overflow: 0, complaints: [] }) // prettier-ignore
})
