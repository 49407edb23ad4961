import { mkdtempSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
} from 'playwright-core'

export type Login = { role: string; name: string; email: string; password: string }

/** The screens that a newsroom works at. */
export const SCREENS = {
  desk: { width: 1440, height: 860 },
  laptop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const

export type Look = {
  screen?: keyof typeof SCREENS
  theme?: 'light' | 'dark'
  locale?: string
  zone?: string
}

/** One window of one person, and whatever their browser complained of. */
export type Sight = { page: Page; context: BrowserContext; complaints: string[] }

const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
]

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })

export const loginsIn = (dataDir: string): ((role: string) => Login) => {
  const rows = JSON.parse(readFileSync(path.join(dataDir, 'demo-logins.json'), 'utf8')) as Login[] // the seed's own file
  return (role) => {
    const found = rows.find((row) => row.role === role)
    if (!found) throw new Error(`nobody is ${role}`)
    return found
  }
}

const listen = (page: Page, complaints: string[]) => {
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(`${line.text()} (${line.location().url})`)
  })
  page.on('pageerror', (error) => complaints.push(error.message))
}

export const openSight = async (browser: Browser, look: Look = {}): Promise<Sight> => {
  const context = await browser.newContext({
    viewport: SCREENS[look.screen ?? 'desk'],
    hasTouch: look.screen === 'phone',
    colorScheme: look.theme ?? 'light',
    locale: look.locale ?? 'vi-VN',
    timezoneId: look.zone ?? 'Asia/Ho_Chi_Minh',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  listen(page, complaints)
  return { page, context, complaints }
}

/** At the sign-in page of the admin, as a person does it. */
export const signInAt = async (page: Page, base: string, login: Login): Promise<void> => {
  await page.goto(`${base}/admin`)
  await page.locator('input[name=email]').fill(login.email)
  await page.locator('input[name=password]').fill(login.password)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL((url) => !url.pathname.startsWith('/admin/login'))
}

/** How far the page can be pushed sideways, in pixels. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Whether the whole of it stands inside the window, without anybody pushing anything sideways. */
export const isInSight = async (page: Page, what: Locator): Promise<boolean> => {
  const box = await what.boundingBox()
  const width = page.viewportSize()?.width ?? 0
  return box !== null && box.x >= 0 && box.x + box.width <= width
}

/** Whether a thing keeps inside another from left to right: a card that is too wide lies over its neighbour. */
export const isWithin = async (inner: Locator, outer: Locator): Promise<boolean> => {
  const [small, large] = [await inner.boundingBox(), await outer.boundingBox()]
  if (!small || !large) return false
  return small.x >= large.x - 1 && small.x + small.width <= large.x + large.width + 1
}

export const languageOf = (page: Page): Promise<string> =>
  page.evaluate(() => document.documentElement.lang)

/** Pictures for people to look at; the folder stays behind. */
export const album = () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hoi-tu-screens-'))
  return {
    folder,
    take: (page: Page, name: string) => page.screenshot({ path: path.join(folder, `${name}.png`) }),
  }
}
