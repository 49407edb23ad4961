import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openSite, type Site } from './support'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.newsroom.close())

const VTT = 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nChè vào vụ\n'

const captioned = async (key: string, names: string[]) => {
  const work = await site.clip()
  const captions = [
    ...names.map((name) => site.sealed(`sealed/${key}/${name}`, 'text/vtt', VTT)),
    site.sealed(`sealed/${key}/master.m3u8`, 'application/vnd.apple.mpegurl', '#EXTM3U\n'),
  ]
  work.renditions = { ...work.renditions, captions: await Promise.all(captions) }
  return site.ask((await site.save(work)).path)
}

describe('captions on the page of a clip', () => {
  it('are offered by language, Vietnamese first, and are not switched on by themselves', async () => {
    const { text } = await captioned('a', ['en.vtt', 'vi.vtt'])
    const tracks = text.match(/<track [^>]*>/g) ?? []
    expect(tracks.map((track) => /srcLang="(\w+)" label="([^"]+)"/i.exec(track)?.slice(1))).toEqual([
      ['vi', 'Tiếng Việt'],
      ['en', 'Tiếng Anh'],
    ]) // prettier-ignore
    expect(text).not.toContain(' default')
    expect(text).not.toContain('do máy tạo')
  })

  it('are marked where a machine wrote them, in the menu and under the film', async () => {
    const { text } = await captioned('b', ['vi-may.vtt'])
    expect(text).toContain('label="Tiếng Việt (máy tạo)"')
    expect(text).toContain('Phụ đề tiếng Việt do máy tạo, người của tòa soạn đã soát.')
  })

  it('the stream stays the stream; the one with captions inside is named beside it', async () => {
    const { text } = await captioned('c', ['vi.vtt'])
    expect(text).toMatch(/data-hls="\/m\/[0-9a-f]{32}\/web-hls\/master\.m3u8"/)
    expect(text).toMatch(/data-captioned="\/m\/[0-9a-f]{32}\/captions\/master\.m3u8"/)
  })

  it('their file is given as what it is', async () => {
    const { text } = await captioned('d', ['vi.vtt'])
    const path = /<track [^>]*src="([^"]+)"/.exec(text)?.[1] ?? ''
    const file = await site.ask(path)
    expect([file.status, file.headers.get('content-type'), file.text]).toEqual([200, 'text/vtt', VTT]) // prettier-ignore
  })

  it('a clip without them offers none', async () => {
    const { text } = await site.ask((await site.save(await site.clip())).path)
    expect(text).not.toContain('<track')
    expect(text).not.toContain('data-captioned')
  })
})
