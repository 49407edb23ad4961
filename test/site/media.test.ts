import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Readable } from 'node:stream'
import { openSite, type Site } from './support'

const BYTES = '0123456789abcdefghij'
let site: Site
let segment = ''
let root = ''

beforeAll(async () => {
  site = await openSite()
  const saved = await site.save(await site.clip())
  segment = saved.mediaPaths.find((path) => path.endsWith('1080.m4s')) ?? ''
  root = segment.split('/')[2] ?? ''
})
afterAll(() => site.newsroom.close())

const range = (value: string, more: Record<string, string> = {}) =>
  site.ask(segment, { headers: { range: value, ...more } })

describe('a media file of a live edition', () => {
  it('is whole without a range, with its own type and no guessing', async () => {
    const { status, text, headers } = await site.ask(segment)
    expect([status, text]).toEqual([200, BYTES])
    expect(headers.get('content-type')).toBe('video/iso.segment')
    expect(headers.get('content-length')).toBe('20')
    expect(headers.get('accept-ranges')).toBe('bytes')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('public, max-age=60, must-revalidate')
  })

  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/20'],
    ['bytes=5-9', '56789', 'bytes 5-9/20'],
    ['bytes=15-', 'fghij', 'bytes 15-19/20'],
    ['bytes=15-999', 'fghij', 'bytes 15-19/20'],
    ['bytes=-3', 'hij', 'bytes 17-19/20'],
    ['bytes=-999', BYTES, 'bytes 0-19/20'],
    ['bytes=19-19', 'j', 'bytes 19-19/20'],
  ])('gives the part asked for by %s', async (asked, text, contentRange) => {
    const got = await range(asked)
    expect([got.status, got.text]).toEqual([206, text])
    expect(got.headers.get('content-range')).toBe(contentRange)
    expect(got.headers.get('content-length')).toBe(String(text.length))
  })

  it.each(['bytes=20-', 'bytes=99-100', 'bytes=-0'])(
    'refuses %s, which lies outside',
    async (asked) => {
      const got = await range(asked)
      expect([got.status, got.text]).toEqual([416, ''])
      expect(got.headers.get('content-range')).toBe('bytes */20')
    },
  )

  it.each(['bytes=9-5', 'bytes=-', 'bytes=0-1,4-5', 'lines=1-2', 'bytes=a-b'])(
    'is given whole to %s, which makes no sense or asks for several parts',
    async (asked) => {
      const got = await range(asked)
      expect([got.status, got.text]).toEqual([200, BYTES])
    },
  )

  it('is given whole when the reader holds a part of other bytes', async () => {
    const etag = (await site.ask(segment)).headers.get('etag') ?? ''
    expect((await range('bytes=0-1', { 'if-range': '"other"' })).status).toBe(200)
    expect((await range('bytes=0-1', { 'if-range': etag })).status).toBe(206)
    expect((await site.ask(segment, { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  it('answers HEAD without opening it', async () => {
    const head = await site.ask(segment, { method: 'HEAD' })
    expect([head.status, head.text, head.headers.get('content-length')]).toEqual([200, '', '20'])
  })

  it('is closed when the reader goes away in the middle', async () => {
    const opened: Readable[] = []
    const { siteMedia } = await import('@/site/serve-media')
    const long = await site.sealed('sealed/long/video.mp4', 'video/mp4', 'long '.repeat(2_000_000))
    const { mediaPaths } = await site.save(await site.clip({ renditions: { 'web-mp4': [long] } }))
    const url = mediaPaths[0] ?? ''
    const open: Site['store']['open'] = async (...args) => {
      const body = await site.store.open(...args)
      if (body) opened.push(body)
      return body
    }
    const response = await siteMedia({
      reading: site.reading,
      store: { ...site.store, open },
      request: new Request(`http://site.test${url}`),
      segments: url.split('/').slice(2),
    })
    await response.body?.cancel()
    // A bucket's answer closes a moment later than a file; one that never closes fails by the time limit.
    for (const body of opened)
      if (!body.closed) await new Promise((done) => body.once('close', done))
    expect(opened.map((body) => body.destroyed)).toEqual([true])
  })

  it('is the only thing the folder gives: no other name, no walking up, no private key', async () => {
    for (const path of [
      `/m/${root}`,
      `/m/${root}/web-hls`,
      `/m/${root}/web-hls/manifest.json`,
      `/m/${root}/../sealed/1/web-hls/1080.m4s`,
      `/m/${root}/web-hls/..%2f..%2fsealed`,
      `/m/${'0'.repeat(32)}/web-hls/1080.m4s`,
      `/m/sealed/1/web-hls`,
    ]) {
      expect([path, (await site.ask(path)).status]).toEqual([path, 404])
    }
  })
})
