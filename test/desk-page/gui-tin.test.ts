import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { makeClip, sha256, until } from '../assets/support'
import { openNewsroom, type Newsroom, type TestPerson } from '../support/newsroom'
import { freePort, servePage } from './serve'

const PASSWORD = 'a-password-for-tests-only'
let newsroom: Newsroom
let served: Awaited<ReturnType<typeof servePage>>
let browser: Browser
let reporter: TestPerson
let editor: TestPerson | undefined
let db: typeof import('@/records/db')
let clip: string
let lists: { sectionId: string; sourceId: string }

beforeAll(async () => {
  const port = await freePort()
  newsroom = await openNewsroom({ PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` })
  served = await servePage(newsroom, port)
  await (await import('@/media/store')).openStore().ready()
  db = await import('@/records/db')
  reporter = await newsroom.person('reporter')
  const section = await newsroom.payload.create({
    collection: 'sections',
    data: { name: 'Kinh tế', slug: 'kinh-te' },
  })
  const source = await newsroom.payload.create({
    collection: 'sources',
    data: { name: 'Tự sản xuất', credit: 'Báo Trung Du', own: true, inForce: true },
  })
  lists = { sectionId: String(section.id), sourceId: String(source.id) }
  clip = path.join(newsroom.folder, 'Chè Tân Cương.mp4')
  await makeClip(clip, { seconds: 20, size: '1920x1080' })
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
}, 120_000)
afterAll(async () => {
  await browser.close()
  await served.close()
  await newsroom.close()
})

const phone = () => browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'vi-VN' })
const open = async (context: BrowserContext): Promise<Page> => {
  const page = await context.newPage()
  await page.goto(`${served.origin}/gui-tin`)
  return page
}
const signIn = async (page: Page) => {
  await page.getByLabel('Thư điện tử').fill(reporter.email)
  await page.getByLabel('Mật khẩu').fill(PASSWORD)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  await page.getByRole('heading', { name: 'Tin mới' }).waitFor()
}
const picker = (page: Page) => page.locator('#pick').getByLabel('Chọn tệp', { exact: true })
const write = async (page: Page, title: string) => {
  await page.getByLabel('Tít').first().fill(title)
  await page.getByLabel('Chuyên mục').selectOption({ label: 'Kinh tế' })
  await page.getByLabel('Nguồn').selectOption({ label: 'Tự sản xuất' })
}
const uploadsOf = () =>
  db.findRows({
    payload: newsroom.payload,
    collection: 'uploads',
    where: { owner: { equals: reporter.id } },
    sort: '-createdAt',
  })
const receiveAll = async () => {
  const { receiveUpload } = await import('@/assets/receive')
  const { openStore } = await import('@/media/store')
  for (const row of await uploadsOf()) {
    await receiveUpload({ payload: newsroom.payload, store: openStore(), upload: row.id })
  }
}

/** As if so much were already on its way from this reporter that no more may begin. */
const fillQuota = async () => {
  const { env } = await import('@/env')
  const { payload } = newsroom
  const data = {
    tusId: 'f'.repeat(32),
    owner: reporter.id,
    story: '',
    bytes: env.UPLOAD_QUOTA_BYTES,
    state: 'receiving',
    revision: 0,
    pending: false,
  }
  const made = await db.insertRow({ payload, collection: 'uploads', data })
  if (!made.ok) throw new Error('the quota could not be filled')
  const { id } = made.row
  const end = () => db.compareAndSet({ payload, collection: 'uploads', id, expect: { state: 'receiving' }, set: { state: 'expired' } }) // prettier-ignore
  return { end }
}

const storyOf = (title: string) =>
  db.findRow({
    payload: newsroom.payload,
    collection: 'stories',
    where: { title: { equals: title } },
  })
const actAsEditor = async (title: string, action: string, reason?: string) => {
  editor ??= await newsroom.person('editor')
  const story = String((await storyOf(title))?.id)
  const item = await db.findRow({
    payload: newsroom.payload,
    collection: 'desk-items',
    where: { story: { equals: story } },
  })
  const body = { story, action, revision: item?.revision, ...(reason ? { reason } : {}) }
  const answer = await newsroom.call({ method: 'POST', path: '/actions', as: editor, body })
  if (answer.status !== 200)
    throw new Error(`${action}: ${answer.status} ${JSON.stringify(answer.body)}`)
}

describe('the reporter’s page on a phone', () => {
  it('keeps every letter when the tab is closed before anything was sent', async () => {
    const context = await phone()
    const first = await open(context)
    await signIn(first)
    await write(first, 'Mưa lớn ở Võ Nhai')
    await first.getByLabel('Nội dung').first().fill('Từ tối qua, nước lên nhanh.')
    await first.close()
    const second = await open(context)
    await second.getByRole('heading', { name: 'Tin mới' }).waitFor()
    expect(await second.getByLabel('Tít').first().inputValue()).toBe('Mưa lớn ở Võ Nhai')
    expect(await second.getByLabel('Nội dung').first().inputValue()).toBe(
      'Từ tối qua, nước lên nhanh.',
    )
    await context.close()
  }, 120_000)

  it('names the unfinished file after a closed tab, refuses another, and goes on at the byte; the server proves it', async () => {
    const context = await phone()
    const first = await open(context)
    await signIn(first)
    await write(first, 'Chè Tân Cương vào vụ')
    await picker(first).setInputFiles(clip)
    // A line so slow that the tab can be closed in the middle: half a megabyte a second.
    const line = await context.newCDPSession(first)
    await line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 20,
      downloadThroughput: -1,
      uploadThroughput: 500_000,
    })
    await first.getByRole('button', { name: 'Gửi tin' }).click()
    await first.locator('#sending').getByText('/giây').waitFor()
    await first.locator('#sending').getByText('còn').waitFor()
    const before = served.counted.patched
    await until('some of the file has come', () => served.counted.patched > before + 500_000)
    await first.close({ runBeforeUnload: false })

    const second = await open(context)
    await second.getByRole('heading', { name: 'Tệp gửi dở: Chè Tân Cương.mp4' }).waitFor()
    const again = second.getByLabel('Chọn lại tệp')
    const other = path.join(newsroom.folder, 'other.mp4')
    await makeClip(other, { seed: 900 })
    await again.setInputFiles(other)
    await second.getByText('Đây không phải tệp đang gửi dở').waitFor()
    const sentAgainFrom = served.counted.patched
    await again.setInputFiles(clip)
    await until(
      'the file is whole',
      async () => (await uploadsOf())[0]?.state === 'received',
      60_000,
    )
    const whole = readFileSync(clip)
    expect(served.counted.patched - sentAgainFrom).toBeLessThan(whole.length)
    await receiveAll()
    const [row] = await uploadsOf()
    expect([row?.state, row?.sha256, row?.claimedSha256]).toEqual([
      'accepted',
      sha256(whole),
      sha256(whole),
    ])
    await second.locator('#items').getByText('Chờ chuyển mã').waitFor()
    await context.close()
  }, 180_000)

  it('lets go of a file that arrived and was not judged yet, and the story waits for it no more', async () => {
    const context = await phone()
    const page = await open(context)
    await signIn(page)
    await write(page, 'Gửi nhầm tệp')
    const wrong = path.join(newsroom.folder, 'nhầm.mp4')
    await makeClip(wrong, { seed: 901 })
    await picker(page).setInputFiles(wrong)
    await page.getByRole('button', { name: 'Gửi tin' }).click()
    const card = page.locator('#items > li').filter({ hasText: 'Gửi nhầm tệp' })
    await card.getByText('Tệp đã tới, đang kiểm tra.').waitFor()
    page.once('dialog', (dialog) => void dialog.accept())
    await card.getByRole('button', { name: 'Bỏ tệp này' }).click()
    await card.getByText('Bạn đã bỏ tệp này.').waitFor()
    const [row] = await uploadsOf()
    expect([row?.state, row?.refusal]).toEqual(['expired', 'withdrawn'])
    await context.close()
  }, 120_000)

  it('hands the story in by itself once its file has come, shows why it came back, and sends it again mended', async () => {
    const context = await phone()
    const page = await open(context)
    await signIn(page)
    await write(page, 'Hồ Núi Cốc mùa nước')
    const file = path.join(newsroom.folder, 'nui-coc.mp4')
    await makeClip(file, { seed: 333 })
    await picker(page).setInputFiles(file)
    await page.getByRole('button', { name: 'Gửi tin' }).click()
    const card = page.locator('#items > li').filter({ hasText: 'Hồ Núi Cốc' })
    await card.getByText('đang kiểm tra').waitFor()
    await receiveAll()
    await card.getByText('Chờ duyệt').waitFor()

    await actAsEditor('Hồ Núi Cốc mùa nước', 'take')
    await actAsEditor('Hồ Núi Cốc mùa nước', 'return', 'Thiếu tên hồ ở câu đầu')
    await card.getByText('Biên tập: Thiếu tên hồ ở câu đầu').waitFor({ timeout: 40_000 })
    await card.getByRole('button', { name: 'Sửa' }).click()
    await card.getByLabel('Nội dung').fill('Hồ Núi Cốc đầy nước.')
    await card.getByRole('button', { name: 'Gửi lại' }).click()
    await card.getByText('Chờ duyệt').waitFor()
    const story = await storyOf('Hồ Núi Cốc mùa nước')
    expect(story).toMatchObject({ body: 'Hồ Núi Cốc đầy nước.', revision: 1 })
    await context.close()
  }, 180_000)

  it('asks for another file in place of one that was refused, and hands the story in with it', async () => {
    const context = await phone()
    const page = await open(context)
    await signIn(page)
    await write(page, 'Cam Sơn thay tệp')
    const broken = path.join(newsroom.folder, 'broken.mp4')
    writeFileSync(broken, 'no clip at all '.repeat(1000))
    await picker(page).setInputFiles(broken)
    await page.getByRole('button', { name: 'Gửi tin' }).click()
    const card = page.locator('#items > li').filter({ hasText: 'Cam Sơn thay tệp' })
    await card.getByText('đang kiểm tra').waitFor()
    await receiveAll()
    await card.locator('.band.red').waitFor()
    expect(await card.getByRole('button', { name: 'Gửi duyệt' }).isVisible()).toBe(false)
    const good = path.join(newsroom.folder, 'cam-son.mp4')
    await makeClip(good, { seed: 410 })
    await card.getByLabel('Chọn tệp khác').setInputFiles(good)
    await card.getByText('đang kiểm tra').waitFor()
    await receiveAll()
    await card.getByText('Chờ duyệt').waitFor()
    await context.close()
  }, 180_000)

  it('states no source for anybody, and keeps only the section that was chosen last', async () => {
    const context = await phone()
    const page = await open(context)
    await signIn(page)
    const [section, source] = [page.getByLabel('Chuyên mục'), page.getByLabel('Nguồn')]
    await source.locator('option', { hasText: 'Tự sản xuất' }).waitFor({ state: 'attached' })
    expect([await section.inputValue(), await source.inputValue()]).toEqual(['', ''])
    await page.getByLabel('Thể loại').selectOption('text')
    await page.getByLabel('Tít').first().fill('Chưa ghi nguồn')
    await section.selectOption({ label: 'Kinh tế' })
    await page.getByRole('button', { name: 'Gửi tin' }).click()
    expect(await page.locator('#compose select:invalid').getAttribute('name')).toBe('source')
    expect(await storyOf('Chưa ghi nguồn')).toBeNull()
    await source.selectOption({ label: 'Tự sản xuất' })
    await page.getByRole('button', { name: 'Gửi tin' }).click()
    await page.locator('#items > li').filter({ hasText: 'Chưa ghi nguồn' }).waitFor()
    const again = await open(context)
    await again.locator('select[name=source] option', { hasText: 'Tự sản xuất' }).waitFor({ state: 'attached' }) // prettier-ignore
    expect(await again.getByLabel('Chuyên mục').inputValue()).toBe(lists.sectionId)
    expect(await again.getByLabel('Nguồn').inputValue()).toBe('')
    await context.close()
  }, 120_000)

  it('offers a file, and no handing in that could only fail, for a clip without one', async () => {
    const { sectionId, sourceId } = lists
    const body = { kind: 'clip', title: 'Không có tệp', section: sectionId, source: sourceId }
    await newsroom.call({ method: 'POST', path: '/stories', as: reporter, body })
    const context = await phone()
    const page = await open(context)
    await signIn(page)
    const card = page.locator('#items > li').filter({ hasText: 'Không có tệp' })
    await card.getByText('Clip chưa có tệp.').waitFor()
    expect(await card.getByRole('button', { name: 'Gửi duyệt' }).isVisible()).toBe(false)
    expect(await card.getByLabel('Chọn tệp', { exact: true }).count()).toBe(1)
    await context.close()
  }, 120_000)

  it('says why a clip was turned away at the door, and waits for another file, not for a press', async () => {
    const filling = await fillQuota()
    const context = await phone()
    const page = await open(context)
    await signIn(page)
    await write(page, 'Bị chặn ở cửa')
    await picker(page).setInputFiles(clip)
    await page.getByRole('button', { name: 'Gửi tin' }).click()
    await page.locator('#sending').getByText('Bạn đang gửi dở').waitFor()
    const card = page.locator('#items > li').filter({ hasText: 'Bị chặn ở cửa' })
    await card.getByText('Clip chưa có tệp.').waitFor()
    expect(await card.getByRole('button', { name: 'Gửi duyệt' }).isVisible()).toBe(false)
    await filling.end()
    await card.getByLabel('Chọn tệp', { exact: true }).setInputFiles(clip)
    await card.getByText('đang kiểm tra').waitFor()
    await receiveAll()
    await card.getByText('Chờ duyệt').waitFor()
    await context.close()
  }, 180_000)

  it('loses nothing while the line is away, and goes on by itself when it is back', async () => {
    const context = await phone()
    const page = await open(context)
    await signIn(page)
    await write(page, 'Cầu treo thông xe')
    const file = path.join(newsroom.folder, 'cau-treo.mp4')
    await makeClip(file, { seconds: 12, seed: 620, size: '1920x1080' })
    await picker(page).setInputFiles(file)
    const line = await context.newCDPSession(page)
    const net = { latency: 20, downloadThroughput: -1, uploadThroughput: 400_000 }
    await line.send('Network.emulateNetworkConditions', { ...net, offline: false })
    await page.getByRole('button', { name: 'Gửi tin' }).click()
    await page.locator('#sending').getByText('/giây').waitFor()
    await line.send('Network.emulateNetworkConditions', { ...net, offline: true })
    await page.locator('#line').getByText('Mất mạng').waitFor()
    await line.send('Network.emulateNetworkConditions', {
      ...net,
      offline: false,
      uploadThroughput: -1,
    })
    await until(
      'the file is whole',
      async () => (await uploadsOf())[0]?.state === 'received',
      60_000,
    )
    await receiveAll()
    const [row] = await uploadsOf()
    expect([row?.state, row?.sha256]).toEqual(['accepted', sha256(readFileSync(file))])
    await context.close()
  }, 180_000)
})
