import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdir } from 'node:fs/promises'
import net, { type AddressInfo } from 'node:net'
import { readAnswer, scanFile } from '@/media/scan'
import { clamdDouble, EICAR, hasClamd, realClamd, type Scanner } from '../support/clamd'
import { workshop } from './clips'

const shop = await workshop()
afterAll(() => shop.close())

describe('Câu trả lời của máy quét', () => {
  it.each([
    ['stream: OK\0', { verdict: 'clean' }],
    ['stream: Eicar-Test-Signature FOUND\0', { ok: false, reason: 'infected' }],
    ['stream: Win.Test.EICAR_HDB-1 FOUND\0', { ok: false, reason: 'infected' }],
    ['INSTREAM size limit exceeded. ERROR\0', { ok: false, reason: 'scan-limit' }],
    ['stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0', { reason: 'scan-limit' }],
    ['stream: Can not open file ERROR\0', { verdict: 'away' }],
    ['UNKNOWN COMMAND\0', { verdict: 'away' }],
    ['stream: OK and something more\0', { verdict: 'away' }],
    ['\0', { verdict: 'away' }],
  ])('%j is read', (answer, verdict) => {
    expect(readAnswer(answer)).toMatchObject(verdict)
  })
})

/** The double always; the real one beside it wherever Debian's clamav-daemon is installed. */
const kinds: [string, (dir: string, most: number) => Promise<Scanner>][] = [
  ['a strict double', (dir, most) => clamdDouble(`${dir}/double.sock`, { most })],
  ...((await hasClamd())
    ? [
        [
          'the real clamd',
          (dir, most) => realClamd(dir, { most: String(most) }),
        ] as (typeof kinds)[0],
      ]
    : []),
]

describe.each(kinds)('Quét virus bằng %s', (kind, start) => {
  const MOST = 2_000_000
  let scanner: Scanner
  const dir = shop.at(kind.replaceAll(' ', '-'))
  beforeAll(async () => {
    await mkdir(dir, { recursive: true })
    scanner = await start(dir, MOST)
  })
  afterAll(() => scanner.stop())
  const scan = async (name: string, content: string | Uint8Array) =>
    scanFile(await shop.text(name, content), { url: scanner.url })

  it('finds the test virus, by itself and deep in a file', async () => {
    expect(await scan('virus', EICAR)).toMatchObject({ ok: false, reason: 'infected' })
    const deep = Buffer.concat([Buffer.alloc(1_000_000, 7), Buffer.from(EICAR), Buffer.alloc(1000)])
    expect(await scan('deep', deep)).toMatchObject({ ok: false, reason: 'infected' })
  })

  it('passes what is clean, empty or exactly one piece long', async () => {
    for (const bytes of [0, 1, 256 * 1024, 256 * 1024 + 1, 1_500_000]) {
      expect(await scan('clean', Buffer.alloc(bytes, 7))).toEqual({ verdict: 'clean' })
    }
  })

  it('never passes what is larger than the scanner takes', async () => {
    const answer = await scan('large', Buffer.alloc(3 * MOST, 7))
    expect(answer).not.toEqual({ verdict: 'clean' })
    expect(answer).toMatchObject({ reason: 'scan-limit' })
  })
})

describe('Máy quét vắng mặt', () => {
  const away = async (url: string, silenceMs = 1_000) =>
    scanFile(await shop.text('any', 'xin chào'), { url, silenceMs })

  it('when nobody listens', async () => {
    expect(await away(`unix:${shop.at('nobody.sock')}`)).toMatchObject({ verdict: 'away' })
    const server = net.createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    expect(await away(`tcp://127.0.0.1:${port}`)).toMatchObject({ verdict: 'away' })
  })

  it.each(['hangs up', 'is silent', 'stammers'] as const)('when it %s', async (fault) => {
    const scanner = await clamdDouble(shop.at('faulty.sock'), { fault })
    expect(await away(scanner.url)).toMatchObject({ verdict: 'away' })
    await scanner.stop()
  })

  it('when the work is cancelled', async () => {
    const scanner = await clamdDouble(shop.at('slow.sock'), { fault: 'is silent' })
    const cancel = new AbortController()
    const file = await shop.text('any', 'xin chào')
    const asked = scanFile(file, { url: scanner.url, signal: cancel.signal })
    cancel.abort()
    expect(await asked).toMatchObject({ verdict: 'away' })
    await scanner.stop()
  })
})
