import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { PEOPLE } from '../../scripts/seed/lists'
import { openRoom, type Room } from '../support/room'
import * as eyes from './eyes'
import { storyMaker } from './stories'

/** One whole newsroom with the demo in it, looked at in a real browser as every person who works there. */
let house: Room
let browser: Browser
let make: Awaited<ReturnType<typeof storyMaker>>
let loginOf: (role: string) => eyes.Login
const album = eyes.album()
const open: eyes.Sight[] = []

beforeAll(async () => {
  house = await openRoom({ demoStories: true })
  browser = await eyes.openBrowser()
  make = await storyMaker(house)
  loginOf = eyes.loginsIn(house.dataDir)
}, 240_000)
afterEach(async () => {
  for (const sight of open.splice(0)) await sight.context.close()
})
afterAll(async () => {
  await browser.close()
  await house.stop()
  process.stdout.write(`Pictures of every role: ${album.folder}\n`)
})

const look = async (how: eyes.Look = {}): Promise<eyes.Sight> => {
  const sight = await eyes.openSight(browser, how)
  open.push(sight)
  return sight
}

const signedIn = async (role: string, how: eyes.Look = {}): Promise<eyes.Sight> => {
  const sight = await look(how)
  await eyes.signInAt(sight.page, house.base, loginOf(role))
  return sight
}

const enter = async (page: Page, story: string): Promise<void> => {
  await page.goto(`${house.base}/admin/review/${story}`)
  await page.getByRole('complementary', { name: 'Ký duyệt' }).waitFor()
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const here = (page: Page) => new URL(page.url()).pathname

const OWN_PAGE = ['reporter', 'contributor']
const NO_STORIES = ['admin']
const DESK = PEOPLE.filter(({ role }) => ![...OWN_PAGE, ...NO_STORIES].includes(role))

const LOOKS = [
  { screen: 'desk', theme: 'light' },
  { screen: 'desk', theme: 'dark' },
  { screen: 'phone', theme: 'light' },
  { screen: 'phone', theme: 'dark' },
] as const

/** The same place on every screen in either light: nothing is cut off, nothing complains. */
const lookEverywhere = async (
  from: eyes.Sight,
  name: string,
  path: string,
  ready: (page: Page) => Promise<void>,
) => {
  const { page, complaints } = from
  for (const how of LOOKS) {
    await page.setViewportSize(eyes.SCREENS[how.screen])
    await page.emulateMedia({ colorScheme: how.theme })
    await page.goto(house.base + path)
    await ready(page)
    await album.take(page, `${name}-${how.screen}-${how.theme}`)
    const seen = {
      ...how,
      overflow: await eyes.overflowOf(page),
      lang: await eyes.languageOf(page),
    }
    expect({ ...seen, complaints }).toEqual({ ...how, overflow: 0, lang: 'vi', complaints: [] })
  }
}

const seesHeading = (name: string) => (page: Page) =>
  page.getByRole('heading', { name, exact: true }).first().waitFor()

describe('signing in leads each person to their own work', () => {
  it.each(DESK)('$name sees the desk board, on a desk and on a phone', async ({ role }) => {
    const first = await signedIn(role)
    await seesHeading('Chờ tôi')(first.page)
    expect(here(first.page)).toBe('/admin')
    expect(first.complaints).toEqual([])
    await lookEverywhere(first, `${role}-board`, '/admin', seesHeading('Chờ tôi'))
  })

  it.each(PEOPLE.filter(({ role }) => OWN_PAGE.includes(role)))(
    '$name is sent from the admin to the page for sending stories',
    async ({ role }) => {
      const first = await signedIn(role)
      await seesHeading('Tin mới')(first.page)
      expect(here(first.page)).toBe('/gui-tin')
      await first.page.goto(`${house.base}/admin/deliveries`)
      await seesHeading('Tin mới')(first.page)
      expect(here(first.page)).toBe('/gui-tin')
      await lookEverywhere(first, `${role}-send`, '/gui-tin', seesHeading('Tin mới'))
    },
  )

  it('the administrator is told that stories belong to the desk, and finds people, channels and the audit', async () => {
    const first = await signedIn('admin')
    await first.page.getByText('Tin bài do ban biên tập giữ.').waitFor()
    const menu = first.page.getByRole('navigation', { name: 'Các mục' })
    expect(await menu.getByRole('link', { name: 'Tin bài' }).count()).toBe(0)
    for (const name of ['Kênh', 'Người', 'Nhật ký'])
      expect(await menu.getByRole('link', { name }).count()).toBe(1)
    await lookEverywhere(first, 'admin-board', '/admin', seesHeading('Bàn làm việc'))
    await lookEverywhere(first, 'admin-deliveries', '/admin/deliveries', seesHeading('Lượt đăng'))
  })
})

describe('the review room', () => {
  it('offers the head the signature, and the deputy only the reason why not', async () => {
    const story = await make.cleared('Chợ nổi họp lại sau mười năm')
    const head = await signedIn('head')
    await enter(head.page, story)
    expect(await button(head.page, 'Ký 1 kênh').isEnabled()).toBe(true)
    const deputy = await signedIn('deputy')
    await enter(deputy.page, story)
    expect(await button(deputy.page, /^Ký/).count()).toBe(0)
    await deputy.page.getByText('Việc chưa làm được, và vì sao').click()
    const why = await deputy.page
      .getByRole('listitem')
      .filter({ hasText: /^Ký duyệt:/ })
      .innerText()
    expect(why.length).toBeGreaterThan('Ký duyệt: '.length)
  })

  it('shows the inspector everything and offers nothing', async () => {
    const { story } = await make.published('Cầu mới qua suối thông xe')
    const inspector = await signedIn('inspector')
    await enter(inspector.page, story)
    expect(
      await inspector.page.getByRole('heading', { name: 'Nhật ký', exact: true }).count(),
    ).toBe(1)
    const offered = await inspector.page
      .getByRole('main')
      .getByRole('button')
      .filter({ visible: true })
      .allInnerTexts()
    const aside = await inspector.page
      .getByRole('complementary', { name: 'Ký duyệt' })
      .getByRole('button')
      .allInnerTexts()
    expect([...offered, ...aside]).toEqual([])
  })

  it('fits every screen, as the boards of deliveries and channels do', async () => {
    const role = 'head'
    const story = await make.signed('Vườn chè mở cửa đón khách')
    const first = await signedIn(role)
    await lookEverywhere(first, `${role}-room`, `/admin/review/${story}`, async (page) => {
      await page.getByRole('complementary', { name: 'Ký duyệt' }).waitFor()
    })
    await lookEverywhere(first, `${role}-deliveries`, '/admin/deliveries', seesHeading('Lượt đăng'))
    await lookEverywhere(first, `${role}-channels`, '/admin/channels', seesHeading('Trang tin'))
  }, 180_000)
})

describe('what is decided in the browser is decided in the newsroom', () => {
  it('the head finds a cleared story on a phone, taps it, and signs it by key', async () => {
    const title = 'Trạm y tế xã có bác sĩ trực đêm'
    const story = await make.cleared(title)
    const { page, complaints } = await signedIn('head', { screen: 'phone' })
    await page.getByRole('region', { name: 'Chờ tôi' }).getByRole('link', { name: title }).tap()
    const sign = button(page, 'Ký 1 kênh')
    await sign.focus()
    await page.keyboard.press('Enter')
    await page.getByText('Tổng biên tập ký').waitFor()
    await make.untilState(story, 'signed')
    await album.take(page, 'head-signed-phone')
    expect(complaints).toEqual([])
  })

  it('the editor is warned before a save would void the seal, and Escape keeps it', async () => {
    const story = await make.signed('Mùa nước nổi về sớm')
    const { page } = await signedIn('editor')
    await page.goto(`${house.base}/admin/collections/stories/${story}`)
    await page.locator('input[name=title]').fill('Mùa nước nổi về muộn')
    await button(page, 'Lưu').click()
    const warning = page.getByRole('dialog', { name: 'Lưu sẽ làm mất hiệu lực quyết định trước' })
    await warning.waitFor()
    await album.take(page, 'editor-warned')
    const before = await make.revisionOf(story)
    await page.keyboard.press('Escape')
    await warning.waitFor({ state: 'detached' })
    expect(await make.stateOf(story)).toBe('signed')
    expect(await make.revisionOf(story)).toBe(before)
    await button(page, 'Lưu').click()
    await button(page, 'Vẫn lưu').click()
    await make.untilState(story, 'in-review')
  })

  it('the head takes a story down from one screen, and its public page is gone for everybody', async () => {
    const { story, url } = await make.published('Tin phải gỡ')
    expect((await fetch(url)).status).toBe(200)
    const { page, complaints } = await signedIn('head')
    await enter(page, story)
    await button(page, 'Gỡ khỏi mọi kênh').click()
    const asked = page.getByRole('dialog', { name: 'Gỡ khỏi mọi kênh' })
    await asked.getByLabel('Lý do').fill('Sai tên nhân vật.')
    await button(page, 'Gỡ khỏi mọi kênh').last().click()
    await page.getByText('Đã gỡ', { exact: true }).first().waitFor()
    expect((await fetch(url)).status).toBe(410)
    await album.take(page, 'head-taken-down')
    expect(complaints).toEqual([])
  })

  it('the composer counts what is typed against what the channel takes', async () => {
    const story = await make.cleared('Đếm chữ như nền tảng đếm')
    const { page } = await signedIn('editor')
    await enter(page, story)
    const card = page.getByRole('article', { name: 'Trang tin' })
    await card.getByLabel('Tiêu đề').fill('Mười ba chữ ở')
    await card.getByText(/^13\/\d+$/).waitFor()
  })
})

describe('the admin connects channels', () => {
  it('for practice, and changes one without ever being shown a token', async () => {
    const { page, complaints } = await signedIn('admin')
    await page.goto(`${house.base}/admin/channels`)
    await button(page, 'Kết nối kênh').click()
    await page.getByRole('combobox', { name: 'Nền tảng' }).selectOption({ label: 'Chạy thử' })
    await page.getByLabel('Tên kênh trong tòa soạn').fill('Kênh tập')
    await button(page, 'Kết nối kênh').click()
    const card = page.getByRole('listitem', { name: 'Kênh tập' })
    await card.getByText('Chạy thử (Kênh tập)').waitFor()
    await card.getByRole('button', { name: 'Sửa' }).click()
    await card.getByLabel('Giữ mọi lượt đăng của kênh').check()
    await card.getByRole('button', { name: 'Lưu' }).click()
    await card.getByText('Đang giữ', { exact: true }).waitFor()
    await album.take(page, 'admin-channels')
    expect(complaints).toEqual([])
  })

  it('and is told in plain words when the platform does not take the token', async () => {
    const { page } = await signedIn('admin')
    await page.goto(`${house.base}/admin/channels`)
    await button(page, 'Kết nối kênh').click()
    await page.getByRole('combobox', { name: 'Nền tảng' }).selectOption({ label: 'YouTube' })
    await page.getByLabel('Tên kênh trong tòa soạn').fill('YouTube thật')
    await page.getByLabel('Mã truy cập').fill('{"refreshToken":"khong-phai-demo"}')
    await button(page, 'Kết nối kênh').click()
    await page.getByRole('alert').getByText('Tòa soạn đang chạy thử').waitFor()
    await album.take(page, 'admin-channels-refused')
    expect(await page.getByLabel('Mã truy cập').getAttribute('type')).toBe('password')
  })
})

describe('small screens lose nothing', () => {
  it('an editor moves a story on from its own page on a phone', async () => {
    const story = await make.submitted('Sửa cầu ngầm bằng điện thoại')
    const { page } = await signedIn('editor', { screen: 'phone' })
    await page.goto(`${house.base}/admin/collections/stories/${story}`)
    const take = button(page, 'Nhận biên tập')
    await take.waitFor()
    expect(await eyes.isInSight(page, take)).toBe(true)
    await album.take(page, 'editor-edit-phone')
    await take.tap()
    await make.untilState(story, 'in-review')
  })

  it('the list of stories is read on a phone without pushing it sideways', async () => {
    const { page } = await signedIn('editor', { screen: 'phone' })
    await page.goto(`${house.base}/admin/collections/stories`)
    const row = page.locator('.collection-list tbody tr').first()
    await row.waitFor()
    for (const cell of await row.locator('td').filter({ visible: true }).all())
      expect(await eyes.isInSight(page, cell)).toBe(true)
    expect(await eyes.overflowOf(page)).toBe(0)
    await album.take(page, 'editor-list-phone')
  })

  it('all six columns of the board stand on a screen 1280 pixels wide', async () => {
    const { page } = await signedIn('editor', { screen: 'laptop' })
    await seesHeading('Chờ tôi')(page)
    const columns = await page.locator('.ht-column').all()
    expect(columns).toHaveLength(6)
    for (const column of columns) {
      expect(await eyes.isInSight(page, column)).toBe(true)
      for (const card of await column.locator('.ht-story').all())
        expect(await eyes.isWithin(card, column)).toBe(true)
    }
    await album.take(page, 'editor-board-laptop')
  })
})

describe('the house says what it can keep', () => {
  it('an editor in another country reads the newsroom’s hour, and which zone it is', async () => {
    const story = await make.draft('Giờ của tòa soạn')
    const saved = await make.savedAt(story)
    const { page } = await signedIn('inspector', { zone: 'America/New_York' })
    await page.goto(`${house.base}/admin/collections/stories/${story}`)
    const line = page.locator('.ht-saved')
    await line.waitFor()
    const hour = new Date(saved).toLocaleTimeString('vi', {
      timeZone: 'Asia/Ho_Chi_Minh',
      hour: '2-digit',
      minute: '2-digit',
    })
    expect(await line.innerText()).toMatch(new RegExp(`^Sửa lần cuối ${hour} .*GMT\\+7$`))
    await page.goto(`${house.base}/admin/collections/stories`)
    const cell = page.locator('tr', { hasText: 'Giờ của tòa soạn' }).locator('.cell-updatedAt')
    expect(await cell.innerText()).toContain(hour)
  })

  it('counts what was written first as "bản 1"', async () => {
    const story = await make.draft('Bản đầu tiên')
    const { page } = await signedIn('editor')
    await enter(page, story)
    await page.getByText('bản 1', { exact: true }).waitFor()
    await page.goto(`${house.base}/admin/collections/stories/${story}`)
    await page.getByText('Bản 1', { exact: true }).waitFor()
  })

  it('promises no letter to whoever forgot a password', async () => {
    const { page } = await look()
    await page.goto(`${house.base}/admin/forgot`)
    await page.getByText('Quên mật khẩu? Báo quản trị viên').waitFor()
    expect(here(page)).toBe('/admin/login')
    expect(await page.locator('a[href$="/forgot"]').filter({ visible: true }).count()).toBe(0)
  })

  it('has one page of channels', async () => {
    const { page } = await signedIn('admin')
    await page.goto(`${house.base}/admin/collections/channels`)
    await button(page, 'Kết nối kênh').waitFor()
    expect(here(page)).toBe('/admin/channels')
  })
})

describe('the language of the house', () => {
  it.each(['fr-FR', 'en-US'])('is Vietnamese for a browser that asks for %s', async (locale) => {
    const { page } = await look({ locale })
    await page.goto(`${house.base}/admin/login`)
    await button(page, 'Đăng nhập').waitFor()
    expect(await eyes.languageOf(page)).toBe('vi')
    await page.locator('input[name=email]').fill('khong.co@hoi-tu.test')
    await page.locator('input[name=password]').fill('sai-hoan-toan')
    await button(page, 'Đăng nhập').click()
    await page.getByText('Email hoặc mật khẩu không chính xác').waitFor()
  })

  it('is English for whoever chooses it', async () => {
    const { page } = await signedIn('editor')
    await page.goto(`${house.base}/admin/account`)
    await page.locator('.payload-settings__language input').fill('English')
    await page.keyboard.press('Enter')
    await page.getByText('Language').first().waitFor()
    await page.goto(`${house.base}/admin`)
    await seesHeading('Waiting for me')(page)
    expect(await eyes.languageOf(page)).toBe('en')
  })
})
