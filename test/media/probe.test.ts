import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFile, stat } from 'node:fs/promises'
import { proxyCommand } from '@/media/command'
import { kindOf } from '@/media/facts'
import { runFfmpeg } from '@/media/ffmpeg'
import { probe } from '@/media/probe'
import { bareFfmpeg, factsOf, makeClip, workshop } from './clips'

type Shop = Awaited<ReturnType<typeof workshop>>
let shop: Shop
beforeAll(async () => {
  shop = await workshop()
  await makeClip.landscape(shop.at('good.mp4'))
})
afterAll(() => shop.close())

const reasonFor = async (file: string) => {
  const answer = await probe(file)
  return answer.ok ? 'taken' : answer.reason
}

describe('Xem tệp gửi lên: tệp thật', () => {
  it('tells what a clip is', async () => {
    expect(await factsOf(shop.at('good.mp4'))).toMatchObject({
      container: 'mov',
      width: 1280,
      height: 720,
      rotation: 0,
      fps: 30,
      vfr: false,
      videoCodec: 'h264',
      hasSound: true,
      audioCodec: 'aac',
      hdr: null,
      interlaced: false,
      durationSeconds: expect.closeTo(3, 1),
      pictureSeconds: expect.closeTo(3, 1),
    })
  })

  it('gives the size as a viewer sees it when the phone was held upright', async () => {
    await makeClip.rotated(shop.at('rotated.mp4'))
    expect(await factsOf(shop.at('rotated.mp4'))).toMatchObject({
      width: 480,
      height: 854,
      rotation: 270,
    })
  })

  it('notices an unsteady frame rate, and sound that is missing', async () => {
    await makeClip.unsteady(shop.at('unsteady.mp4'))
    expect(await factsOf(shop.at('unsteady.mp4'))).toMatchObject({
      vfr: true,
      hasSound: false,
      audioCodec: null,
    })
  })

  it('takes HEVC in a MOV, ten bits deep', async () => {
    await makeClip.hevc(shop.at('phone.mov'))
    expect(await factsOf(shop.at('phone.mov'))).toMatchObject({
      videoCodec: 'hevc',
      pixelFormat: 'yuv420p10le',
    })
  })
})

describe('Xem tệp gửi lên: tệp xấu', () => {
  const playlistOf = (file: string) =>
    `#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n${file}\n#EXT-X-ENDLIST\n`

  it('refuses a playlist named .mp4, which a bare ffmpeg follows into another story', async () => {
    const secret = shop.at('embargo.ts')
    await bareFfmpeg('-i', shop.at('good.mp4'), '-c', 'copy', '-f', 'mpegts', secret)
    const clip = await shop.text('clip.mp4', playlistOf(secret))
    await bareFfmpeg('-protocol_whitelist', 'file', '-i', clip, '-c', 'copy', shop.at('leak.mp4'))
    expect((await stat(shop.at('leak.mp4'))).size).toBeGreaterThan((await stat(secret)).size * 0.8)

    expect(await reasonFor(clip)).toBe('playlist')
  })

  it('refuses it a second time in the runner, should the sniff ever be fooled', async () => {
    const clip = await shop.text('clip2.mp4', playlistOf(shop.at('embargo.ts')))
    const command = proxyCommand({
      source: clip,
      facts: await factsOf(shop.at('good.mp4')),
      cwd: shop.dir,
    })
    await expect(runFfmpeg({ command, durationSeconds: 3 })).rejects.toMatchObject({
      name: 'NewsroomError',
    })
    await expect(stat(shop.at('proxy.mp4'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it.each([
    ['ffconcat version 1.0\nfile good.mp4\n', 'playlist'],
    ['\uFEFF  <?xml version="1.0"?><MPD><BaseURL>/etc/passwd</BaseURL></MPD>', 'playlist'],
    ['v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n', 'playlist'],
    ['WEBVTT\n\n00:00.000 --> 00:01.000\nxin chào\n', 'not-media'],
    ['<html><script>alert(1)</script></html>', 'not-media'],
    ['%PDF-1.7 and a good deal more of it', 'not-media'],
    ['', 'not-media'],
  ])('refuses the text %j named .mp4', async (content, reason) => {
    expect(await reasonFor(await shop.text('text.mp4', content))).toBe(reason)
  })

  it('refuses a file that was cut short, wherever its index stands', async () => {
    const whole = await readFile(shop.at('good.mp4'))
    expect(await reasonFor(await shop.text('cut.mp4', whole.subarray(0, whole.length / 2)))).toBe(
      'broken',
    )
    await bareFfmpeg(
      '-i',
      shop.at('good.mp4'),
      '-c',
      'copy',
      '-movflags',
      '+faststart',
      shop.at('fast.mp4'),
    )
    const fast = await readFile(shop.at('fast.mp4'))
    expect(
      await reasonFor(await shop.text('cut-fast.mp4', fast.subarray(0, fast.length * 0.6))),
    ).toBe('broken')
  })

  it('refuses random bytes behind a true head', async () => {
    const noise = Buffer.concat([
      Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'),
      Buffer.alloc(5000, 0xa7),
    ])
    expect(await reasonFor(await shop.text('noise.mp4', noise))).toBe('broken')
  })

  it('refuses sixty streams', async () => {
    const maps = Array.from({ length: 60 }, () => ['-map', '0:a']).flat()
    await bareFfmpeg(
      '-i',
      shop.at('good.mp4'),
      '-map',
      '0:v',
      ...maps,
      '-c',
      'copy',
      shop.at('many.mp4'),
    )
    expect(await reasonFor(shop.at('many.mp4'))).toBe('too-many-streams')
  })

  it('refuses a picture of sixty-seven million points', async () => {
    await bareFfmpeg(
      '-f',
      'lavfi',
      '-i',
      'color=s=8192x8192:r=1:d=1',
      '-c:v',
      'mjpeg',
      shop.at('huge.mov'),
    )
    expect(await reasonFor(shop.at('huge.mov'))).toBe('too-large')
  })

  it('refuses two frames that lie twenty-seven hours apart', async () => {
    const gap = [
      '-vf',
      "setpts='if(eq(N,0),0,99720/TB)'",
      '-vsync',
      'passthrough',
      '-frames:v',
      '2',
    ]
    await bareFfmpeg(
      '-f',
      'lavfi',
      '-i',
      'color=s=64x64:r=30:d=1',
      ...gap,
      '-c:v',
      'mjpeg',
      shop.at('gap.mkv'),
    )
    expect((await stat(shop.at('gap.mkv'))).size).toBeLessThan(20_000)
    expect(await reasonFor(shop.at('gap.mkv'))).toBe('too-long')
  })

  it('takes sound without a picture as sound, and refuses a clip of a blink', async () => {
    await makeClip.soundOnly(shop.at('sound.m4a'))
    const facts = await factsOf(shop.at('sound.m4a'))
    expect([kindOf(facts), facts.hasPicture, facts.audioCodec]).toEqual(['audio', false, 'aac'])
    await bareFfmpeg('-i', shop.at('good.mp4'), '-frames:v', '3', '-an', shop.at('blink.mp4'))
    expect(await reasonFor(shop.at('blink.mp4'))).toBe('too-short')
  })

  it('helps in both languages with every refusal', async () => {
    const answer = await probe(await shop.text('x.mp4', 'plain words'))
    expect(answer).toMatchObject({
      ok: false,
      help: { vi: expect.stringMatching(/./), en: expect.stringMatching(/./) },
    })
  })
})
