import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { at, list, signIn, text } from '../../scripts/journey/client'
import { insist } from '../support/drive'
import { openRoom, type Room } from '../support/room'
import * as eyes from './eyes'

/** The built newsroom behind its policy: what the pages need runs, what nobody of ours wrote does not. */
let house: Room
let browser: Browser
let loginOf: (role: string) => eyes.Login
beforeAll(async () => {
  house = await openRoom({ demoStories: true })
  browser = await eyes.openBrowser()
  loginOf = eyes.loginsIn(house.dataDir)
  await insist('the newsroom answers', 60, async () =>
    (await fetch(`${house.base}/api/health`)).ok ? true : null,
  )
}, 240_000)
afterAll(async () => {
  await browser.close()
  await house.stop()
})

const signedIn = async (role: string): Promise<eyes.Sight> => {
  const sight = await eyes.openSight(browser)
  await eyes.signInAt(sight.page, house.base, loginOf(role))
  return sight
}

/** A demo clip that the worker has finished. */
const aClip = async (): Promise<string> => {
  const head = await signIn(house.base, loginOf('head'))
  return insist('a clip is made', 180, async () => {
    const { body } = await head.get('/desk/board')
    const cards = list(body, 'columns').flatMap((column) => list(column, 'items'))
    const ready = cards.find((card) => at(card, 'kind') === 'clip' && at(card, 'thumb') && at(card, 'processing') === null) // prettier-ignore
    return ready ? text(ready, 'story') : null
  })
}

const playedSeconds = (page: Page) =>
  page.evaluate(async () => {
    const video = document.querySelector('video')
    if (!video) return -1
    video.muted = true
    await video.play()
    await new Promise((resolve) => video.addEventListener('timeupdate', resolve))
    return video.currentTime
  })

describe('the policy of the admin', () => {
  it('is in nobody’s way: sign-in, board, story, review room with its clip, deliveries, channels', async () => {
    const story = await aClip()
    const { page, context, complaints } = await signedIn('head')
    await page.getByRole('heading', { name: 'Chờ tôi', exact: true }).first().waitFor()
    await page.goto(`${house.base}/admin/review/${story}`)
    await page.getByRole('complementary', { name: 'Ký duyệt' }).waitFor()
    expect(await playedSeconds(page)).toBeGreaterThanOrEqual(0)
    await page.goto(`${house.base}/admin/collections/stories/${story}`)
    await page.locator('input[name=title]').waitFor()
    for (const [path, name] of [
      ['/admin/deliveries', 'Lượt đăng'],
      ['/admin/channels', 'Trang tin'],
    ] as const) {
      await page.goto(house.base + path)
      await page.getByRole('heading', { name, exact: true }).first().waitFor()
    }
    expect(complaints).toEqual([])
    await context.close()
  }, 300_000)

  it('runs no script that came in with a text, however it is written', async () => {
    const { page, context } = await signedIn('editor')
    await page.getByRole('heading', { name: 'Chờ tôi', exact: true }).first().waitFor()
    const refused = await page.evaluate(async () => {
      const rules: string[] = []
      const both = new Promise<void>((resolve) =>
        document.addEventListener('securitypolicyviolation', (event) => {
          rules.push(event.effectiveDirective)
          if (rules.length === 2) resolve()
        }),
      )
      const place = document.createElement('div')
      document.body.append(place)
      place.innerHTML = '<img src="data:none" onerror="document.title = \'taken\'">'
      const script = document.createElement('script')
      script.textContent = "document.title = 'taken'"
      place.append(script)
      await both
      return rules.sort()
    })
    expect(refused).toEqual(['script-src-attr', 'script-src-elem'])
    expect(await page.title()).not.toBe('taken')
    await context.close()
  })

  it('is the same on the reporter’s own page, which has one script and no more', async () => {
    const { page, context, complaints } = await signedIn('reporter')
    await page.getByRole('heading', { name: 'Tin mới', exact: true }).waitFor()
    expect(complaints).toEqual([])
    const policy = (await fetch(`${house.base}/gui-tin`)).headers.get('content-security-policy')
    expect(policy).toContain("script-src 'self';")
    await context.close()
  })
})

describe('what does not pass before the pages', () => {
  const story = async () => {
    const reporter = await signIn(house.base, loginOf('reporter'))
    const body = {
      kind: 'clip',
      title: 'Tệp lớn',
      body: 'chữ '.repeat(9_000),
      section: text((await reporter.get('/sections?limit=1')).body, 'docs.0.id'),
      source: text((await reporter.get('/sources?limit=1')).body, 'docs.0.id'),
    }
    const made = await reporter.post('/stories', body)
    return { reporter, sent: body.body, made: made.body, id: text(made.body, 'doc.id') }
  }

  it('an upload of 12 MB arrives whole, and a long story too', async () => {
    const { reporter, sent, made, id } = await story()
    expect(text(made, 'doc.body').trim()).toBe(sent.trim())
    const bytes = randomBytes(12_000_000)
    const headers = { authorization: `JWT ${reporter.token}`, 'tus-resumable': '1.0.0' }
    const metadata = `story ${Buffer.from(id).toString('base64')},filename ${Buffer.from('a.mp4').toString('base64')}`
    const begun = await fetch(`${house.base}/tus`, {
      method: 'POST',
      headers: { ...headers, 'upload-length': String(bytes.length), 'upload-metadata': metadata },
    })
    expect(begun.status).toBe(201)
    const location = new URL(begun.headers.get('location') ?? '', house.base)
    const sentOn = await fetch(location, {
      method: 'PATCH',
      headers: {
        ...headers,
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
      body: bytes,
    })
    expect([sentOn.status, sentOn.headers.get('upload-offset')]).toEqual([204, '12000000'])
  })
})

describe('a request that is not what it says', () => {
  it.each(['/%E0%A4%A', '/kinh-te/%ff', '/api/%E0%A4%A', '/m/%c0/a.mp4'])(
    '%s is not found, and no fault of ours',
    async (path) => expect((await fetch(house.base + path)).status).toBe(404),
  )

  it('does not choose the address that its wrong guesses are counted for', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 12; n += 1) {
      const answer = await fetch(`${house.base}/api/users/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.20.0.${n}` },
        body: JSON.stringify({ email: 'nobody.here@newsroom.test', password: 'wrong' }),
      })
      statuses.push(answer.status)
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429])
  })
})

describe('the newsroom as it is built, where classes have short names', () => {
  it('knows a taken account from a fault: a second channel on one account is refused in plain words', async () => {
    const admin = await signIn(house.base, loginOf('admin'))
    const wish = { name: 'Kênh tập một mình', platform: 'dry-run', settings: {} }
    expect((await admin.post('/channel', wish)).status).toBe(200)
    const again = await admin.post('/channel', wish)
    expect([again.status, text(again.body, 'reason')]).toEqual([409, 'account-taken'])
  })

  it('lets many send at once while the sweeper makes what a dead process left', async () => {
    const reporter = await signIn(house.base, loginOf('reporter'))
    const sections = await reporter.get('/sections?limit=1')
    const sources = await reporter.get('/sources?limit=1&where[own][equals]=true')
    const story = (n: number) => ({
      kind: 'text',
      title: `Tin cùng lúc ${n}`,
      body: 'Một đoạn.',
      section: text(sections.body, 'docs.0.id'),
      source: text(sources.body, 'docs.0.id'),
    })
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, n) => reporter.post('/stories', story(n))),
    )
    expect(made.filter(({ status }) => status !== 201)).toEqual([])
  })
})
