import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { everybody } from '../support/drive'
import { openRoom, type Room } from '../support/room'
import { until } from '../assets/support'
import * as eyes from './eyes'

/** The archive editor's screen in a real browser, over the demo's clips as the worker made them. */
let house: Room
let browser: Browser
let sight: eyes.Sight
const album = eyes.album()
const WET = 'Nước sông lên nhanh'

type Answer = { items?: { scrub: unknown }[] }

const editorOf = async () => (await everybody(house.base, house.dataDir))('editor')

/** The worker has made the stills of every clip. */
const whenMade = async () => {
  const editor = await editorOf()
  await until('the stills are made', async () => {
    const { items = [] } = (await editor.get('/library')).body as Answer // our own endpoint
    return items.length === 3 && items.every(({ scrub }) => scrub !== null)
  }, 240_000) // prettier-ignore
}

beforeAll(async () => {
  house = await openRoom({ demoStories: true })
  browser = await eyes.openBrowser()
  sight = await eyes.openSight(browser)
  await eyes.signInAt(sight.page, house.base, eyes.loginsIn(house.dataDir)('editor'))
  await whenMade()
}, 420_000)
afterAll(async () => {
  await browser.close()
  await house.stop()
  process.stdout.write(`Pictures of the library: ${album.folder}\n`)
})

const enter = async (query = ''): Promise<Page> => {
  const { page } = sight
  await page.goto(`${house.base}/admin/kho-tu-lieu${query}`)
  await page.locator('[data-tape]').first().waitFor()
  return page
}
const tapes = (page: Page) => page.locator('[data-tape]')
const panel = (page: Page) => page.getByRole('complementary').filter({ hasText: 'Bản quyền' })
const focused = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.tape ?? '')

describe('Kho tư liệu', () => {
  it('is reached from the menu and finds the old tape by the keyboard alone', async () => {
    const page = await enter()
    const menu = page.getByRole('navigation', { name: 'Các mục' })
    await menu.getByRole('link', { name: 'Kho tư liệu' }).click()
    await page.getByText('3 tư liệu').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('nuoc song')
    await page.getByText('1 tư liệu').waitFor()
    await page.keyboard.press('ArrowDown')
    const found = await focused(page)
    await page.keyboard.press('Enter')
    await panel(page).getByRole('link', { name: WET }).waitFor()
    await album.take(page, 'library-opened')
    await page.keyboard.press('Escape')
    await panel(page).waitFor({ state: 'detached' })
    expect([found, await focused(page)]).toEqual([found, found])
    expect(found).not.toBe('')
  })

  it('forgives a wrong letter and says that it did', async () => {
    const page = await enter('?q=nuoc%20sonh')
    await page.getByText('gần giống nhất').waitFor()
    expect(await tapes(page).count()).toBe(1)
    await page.getByRole('searchbox').first().fill('hoan toan khong co')
    await page.getByText('Không thấy tư liệu nào khớp.').waitFor()
    await page.getByRole('button', { name: 'Bỏ hết điều kiện' }).click()
    await page.getByText('3 tư liệu').waitFor()
  })

  it('shows another still for every place that the hand is at', async () => {
    const page = await enter()
    const picture = tapes(page).first().locator('.ht-tape__picture')
    const box = await picture.boundingBox()
    const stillAt = async (share: number) => {
      await picture.hover({ position: { x: (box?.width ?? 0) * share, y: 20 } })
      const still = page.locator('.ht-tape__frame i')
      await still.waitFor()
      return still.evaluate((one) => (one as HTMLElement).style.backgroundPosition)
    }
    const seen = new Set([await stillAt(0.1), await stillAt(0.9)])
    await album.take(page, 'library-scrubbed')
    expect(seen.size).toBe(2)
  })

  it('keeps what is said of a tape, shows its rights at once, and takes it back', async () => {
    const page = await enter('?q=nuoc%20song')
    await tapes(page).first().click()
    await panel(page).getByLabel('Nơi').fill('Bản Lìm')
    await panel(page).getByLabel('Dùng đến hết ngày').fill('2020-01-31')
    await panel(page).getByRole('button', { name: 'Lưu ghi chú' }).click()
    await tapes(page).first().getByText('Hết hạn 31/01/2020').waitFor()
    await page.goto(`${house.base}/admin/kho-tu-lieu?rights=expired&place=ban%20lim`)
    await page.getByText('1 tư liệu').waitFor()
    await tapes(page).first().click()
    await panel(page).getByLabel('Dùng đến hết ngày').fill('2020-02-29')
    await panel(page).getByRole('button', { name: 'Lưu ghi chú' }).click()
    await tapes(page).first().getByText('Hết hạn 29/02/2020').waitFor()
    await panel(page).getByRole('button', { name: 'Hoàn tác' }).click()
    await tapes(page).first().getByText('Hết hạn 31/01/2020').waitFor()
  })

  it('does not lose a word when somebody else described the tape meanwhile', async () => {
    const page = await enter('?q=chuyen%20doi%20so')
    await tapes(page).first().click()
    await panel(page).getByLabel('Nơi').fill('Bản xa')
    const asset = (await tapes(page).first().getAttribute('data-tape')) ?? ''
    const other = await editorOf()
    await other.post(`/library/${asset}/notes`, { revision: 0, place: 'Xã bên' })
    await panel(page).getByRole('button', { name: 'Lưu ghi chú' }).click()
    await panel(page).getByText('Bản vừa lưu: Xã bên').waitFor()
    expect(await panel(page).getByLabel('Nơi').inputValue()).toBe('Bản xa')
    await panel(page).getByRole('button', { name: 'Lưu ghi chú' }).click()
    await tapes(page).first().getByText('Bản xa').waitFor()
  })

  it('fits a desk and a phone, by day and by night, opened and not', async () => {
    const { page } = sight
    sight.complaints.length = 0
    for (const screen of ['desk', 'laptop', 'phone'] as const) {
      for (const theme of ['light', 'dark'] as const) {
        await page.setViewportSize(eyes.SCREENS[screen])
        await page.emulateMedia({ colorScheme: theme })
        await enter()
        const closed = await eyes.overflowOf(page)
        await album.take(page, `library-${screen}-${theme}`)
        await tapes(page).first().click()
        await panel(page).getByRole('button', { name: 'Lưu ghi chú' }).waitFor()
        await album.take(page, `library-open-${screen}-${theme}`)
        const seen = { screen, theme, closed, open: await eyes.overflowOf(page) }
        expect({ ...seen, complaints: sight.complaints }).toEqual({ screen, theme, closed: 0, open: 0, complaints: [] }) // prettier-ignore
        expect(await eyes.isInSight(page, panel(page))).toBe(true)
      }
    }
  }, 180_000)
})
