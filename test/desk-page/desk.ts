import { chromium, type BrowserContextOptions, type Page } from 'playwright-core'
import { openNewsroom } from '../support/newsroom'
import { freePort, servePage } from './serve'

const PASSWORD = 'a-password-for-tests-only'

/** A newsroom with one section and one source, its page on a port, and a browser. */
export const openDesk = async () => {
  const port = await freePort()
  const newsroom = await openNewsroom({
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  })
  const served = await servePage(newsroom, port)
  await (await import('@/media/store')).openStore().ready()
  const reporter = await newsroom.person('reporter')
  const { payload } = newsroom
  await payload.create({ collection: 'sections', data: { name: 'Kinh tế', slug: 'kinh-te' } })
  await payload.create({
    collection: 'sources',
    data: { name: 'Tự sản xuất', credit: 'Báo Trung Du', own: true, inForce: true },
  })
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  const close = async () => {
    await browser.close()
    await served.close()
    await newsroom.close()
  }

  const open = async (options: BrowserContextOptions) => {
    const context = await browser.newContext({ locale: 'vi-VN', ...options })
    const page = await context.newPage()
    await page.goto(`${served.origin}/gui-tin`)
    await page.getByLabel('Thư điện tử').fill(reporter.email)
    await page.getByLabel('Mật khẩu').fill(PASSWORD)
    await page.getByRole('button', { name: 'Đăng nhập' }).click()
    await page.getByRole('heading', { name: 'Tin mới' }).waitFor()
    return { context, page }
  }
  return { newsroom, served, reporter, open, close }
}

/** How fast the page may send, bytes a second; -1 is as fast as it goes. */
export const lineOf = async (page: Page) => {
  const line = await page.context().newCDPSession(page)
  return (uploadThroughput: number) =>
    line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 20,
      downloadThroughput: -1,
      uploadThroughput,
    })
}

export const write = async (page: Page, title: string) => {
  await page.getByLabel('Tít').first().fill(title)
  await page.getByLabel('Chuyên mục').selectOption({ label: 'Kinh tế' })
  await page.getByLabel('Nguồn').selectOption({ label: 'Tự sản xuất' })
}
