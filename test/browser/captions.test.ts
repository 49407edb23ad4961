import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { text } from '../../scripts/journey/client'
import { startTranscriptionDouble, type TranscriptionDouble } from '../doubles/transcription/double'
import { insist } from '../support/drive'
import { openRoom, type Room } from '../support/room'
import { captionsDesk } from './captions-desk'
import * as eyes from './eyes'

/** Captions as an editor makes them and a reader meets them, in a real browser. Each case has a language of its own. */
let house: Room
let browser: Browser
let double: TranscriptionDouble
let desk: Awaited<ReturnType<typeof captionsDesk>>
let loginOf: (role: string) => eyes.Login
const album = eyes.album()
const open: eyes.Sight[] = []

beforeAll(async () => {
  double = await startTranscriptionDouble('a-key')
  double.say([{ start: 0.5, end: 3, text: ' Tea season has begun.' }])
  house = await openRoom({ settings: { TRANSCRIBE_URL: double.url, TRANSCRIBE_KEY: 'a-key' } })
  browser = await eyes.openBrowser()
  loginOf = eyes.loginsIn(house.dataDir)
  desk = await captionsDesk(house)
}, 600_000)
afterEach(async () => {
  for (const sight of open.splice(0)) await sight.context.close()
})
afterAll(async () => {
  await browser.close()
  await house.stop()
  await double.close()
  process.stdout.write(`Pictures of the captions: ${album.folder}\n`)
})

const signedIn = async (role: string, how: eyes.Look = {}): Promise<eyes.Sight> => {
  const sight = await eyes.openSight(browser, how)
  open.push(sight)
  await eyes.signInAt(sight.page, house.base, loginOf(role))
  return sight
}

/** The editor of captions, in the language of the case. */
const enter = async (page: Page, language: string) => {
  await page.goto(`${house.base}/admin/captions/${desk.asset}`)
  await page.getByLabel('Ngôn ngữ').selectOption(language)
}

const editorAt = async (language: string, how: eyes.Look = {}) => {
  const sight = await signedIn('editor', how)
  await enter(sight.page, language)
  return sight
}

const field = (page: Page, n: number) => page.getByRole('textbox', { name: `Chữ của câu ${n}` })
const status = (page: Page) => page.locator('.ht-cap__saving')
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const savedNow = (page: Page) => status(page).filter({ hasText: 'Đã lưu' }).waitFor()

it('an editor comes from the review room, writes by keys, takes a step back, and a reload loses nothing', async () => {
  const { page, complaints } = await signedIn('editor')
  await page.goto(`${house.base}/admin/review/${desk.story}`)
  await page.getByRole('link', { name: 'Phụ đề' }).click()
  await page.getByLabel('Ngôn ngữ').selectOption('fr')
  await page.getByText('Chưa có câu nào.').waitFor()
  await page.keyboard.press('n')
  await field(page, 1).fill('Chè Tân Cương')
  await page.keyboard.press('Escape')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('n')
  await field(page, 2).fill('vào vụ xuân.')
  await page.keyboard.press('Alt+KeyM')
  expect(await page.locator('.ht-cap__cue').count()).toBe(2)
  await page.keyboard.press('Alt+ArrowUp')
  await page.keyboard.press('Alt+KeyM')
  await page.locator('.ht-cap__cue').nth(1).waitFor({ state: 'detached' })
  await page.keyboard.press('Control+KeyZ')
  await page.locator('.ht-cap__cue').nth(1).waitFor()
  await savedNow(page)
  await desk.saved('fr', ['Chè Tân Cương', 'vào vụ xuân.'])
  await enter(page, 'fr')
  expect(await field(page, 1).inputValue()).toBe('Chè Tân Cương')
  expect(complaints).toEqual([])
}, 120_000)

it('while the line is away words are kept, through a closed tab too, and are saved by themselves after', async () => {
  await desk.write('zh', 'Chè Tân Cương', 'vào vụ xuân.')
  const { page, context } = await editorAt('zh')
  await field(page, 1).waitFor()
  await context.setOffline(true)
  await field(page, 1).fill('Chè Tân Cương đã')
  await status(page).filter({ hasText: 'Mất kết nối' }).waitFor()
  await page.close()
  await context.setOffline(false)
  const again = await context.newPage()
  await enter(again, 'zh')
  await field(again, 1).waitFor()
  await desk.saved('zh', ['Chè Tân Cương đã', 'vào vụ xuân.'])
}, 120_000)

it('when a colleague was faster both texts are shown, one is chosen, and the other comes back by a step back', async () => {
  await desk.write('ja', 'Chè Tân Cương', 'vào vụ xuân.')
  const { page } = await editorAt('ja')
  await field(page, 1).waitFor()
  await desk.write('ja', 'Bản của đồng nghiệp')
  await field(page, 1).fill('Bản của tôi')
  const box = page.getByRole('alert', { name: 'Người khác đã sửa phụ đề này trong lúc bạn gõ' })
  await box.waitFor()
  await box.getByText('Bản của đồng nghiệp').waitFor()
  await album.take(page, 'conflict-desk-light')
  await button(page, 'Giữ bản của tôi').click()
  await savedNow(page)
  await desk.saved('ja', ['Bản của tôi', 'vào vụ xuân.'])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+KeyZ')
  expect(await field(page, 1).inputValue()).toBe('Bản của đồng nghiệp')
  await savedNow(page)
  await desk.saved('ja', ['Bản của đồng nghiệp'])
}, 120_000)

const SRT = `1
00:00:00,500 --> 00:00:03,000
Chè Tân Cương vào vụ xuân.

2
00:00:02,800 --> 00:00:06,000
Bốn mươi sáu tấn chè búp khô đã lên đường tới nhiều tỉnh trong tháng này.
`

it('a file is imported, its problems are marked on the caption in words, and only what is mended is accepted', async () => {
  const { page } = await editorAt('ko')
  await page.getByText('Chưa có câu nào.').waitFor()
  await page.locator('input[type=file]').setInputFiles({ name: 'a.srt', mimeType: 'text/plain', buffer: Buffer.from(SRT) }) // prettier-ignore
  await page.getByText('Đè lên câu trước').waitFor()
  await page.getByText('Dòng dài hơn 42 ký tự').waitFor()
  expect(await button(page, 'Duyệt phụ đề').isDisabled()).toBe(true)
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    for (const screen of ['desk', 'phone'] as const) {
      await page.setViewportSize(eyes.SCREENS[screen])
      await enter(page, 'ko')
      await page.getByText('Đè lên câu trước').waitFor()
      await album.take(page, `editor-${screen}-${theme}`)
      expect([screen, theme, await eyes.overflowOf(page)]).toEqual([screen, theme, 0])
    }
  }
  await page.setViewportSize(eyes.SCREENS.desk)
  await button(page, 'Tới lỗi đầu tiên').click()
  await page.getByLabel('Từ', { exact: true }).fill('00:03.100')
  await field(page, 2).fill('Bốn mươi sáu tấn chè búp khô\nđã lên đường trong tháng này.')
  await page.getByText('Đè lên câu trước').waitFor({ state: 'detached' })
  await button(page, 'Duyệt phụ đề').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Duyệt phụ đề' }).click()
  await page.getByText('Đã duyệt nên không sửa thẳng được.').waitFor()
  expect(text(await desk.row('ko'), 'state')).toBe('accepted')
  await album.take(page, 'accepted-desk-dark')
}, 180_000)

it('the machine writes a draft in another language, labelled as the machine’s, which a person accepts', async () => {
  const { page } = await editorAt('en')
  await button(page, 'Nhờ máy chép').click()
  await page.getByText('Bản này do máy chép (whisper-1).').waitFor({ timeout: 60_000 })
  expect(await field(page, 1).inputValue()).toBe('Tea season has begun.')
  await album.take(page, 'machine-desk-light')
  await button(page, 'Duyệt phụ đề').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Duyệt phụ đề' }).click()
  await page.getByText('Đã duyệt nên không sửa thẳng được.').waitFor()
}, 180_000)

it('a reader switches them on, and they follow the film', async () => {
  await desk.write('vi', 'Chè Tân Cương vào vụ xuân.', 'Bốn mươi sáu tấn', 'đã lên đường.')
  await desk.accept('vi')
  const url = await desk.publish()
  const sight = await eyes.openSight(browser)
  open.push(sight)
  const { page, complaints } = sight
  await page.goto(url)
  const first = page.locator('video track').first()
  expect([await first.getAttribute('srclang'), await first.getAttribute('label')]).toEqual(['vi', 'Tiếng Việt']) // prettier-ignore
  await page.locator('video').evaluate((video: HTMLVideoElement) => {
    video.muted = true
    // The page's player stops it once, to put the stream in: that breaks off this promise, and it plays on.
    video.play().catch(() => undefined)
  })
  await page.keyboard.press('c')
  const seen = await insist('the caption is on the screen', 60, () =>
    page.locator('video').evaluate((video: HTMLVideoElement) => {
      const [track] = video.textTracks
      const [cue] = track?.activeCues ?? []
      return track?.mode === 'showing' && cue && 'text' in cue ? String(cue.text) : null
    }),
  )
  expect(seen).toMatch(/Chè Tân Cương|Bốn mươi sáu|lên đường/)
  await page.locator('video').evaluate((video: HTMLVideoElement) => video.pause())
  await album.take(page, 'reader-desk-light')
  const master = await page.locator('video').getAttribute('data-captioned')
  const answer = await page.request.get(new URL(master ?? '', url).href)
  expect(await answer.text()).toContain('TYPE=SUBTITLES')
  expect(complaints).toEqual([])
  expect(await desk.sealState()).toBe('valid')
}, 300_000)

it('on a phone they are reopened, after a question that says what it costs', async () => {
  await desk.write('lo', 'Một câu')
  await desk.accept('lo')
  const { page } = await editorAt('lo', { screen: 'phone' })
  await button(page, 'Sửa lại').tap()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Ấn của trang tin mất hiệu lực.').waitFor()
  await dialog.getByRole('button', { name: 'Sửa lại' }).tap()
  await button(page, 'Duyệt phụ đề').waitFor()
  await album.take(page, 'reopened-phone-light')
  expect(text(await desk.row('lo'), 'state')).toBe('draft')
}, 120_000)
