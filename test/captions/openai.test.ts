import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { writeFileSync } from 'node:fs'
import { openAiTranscriber, waitFor } from '@/captions/openai'
import { guardedFetch } from '@/publishers/http'
import { workshop } from '../media/clips'
import { startTranscriptionDouble, type TranscriptionDouble } from '../doubles/transcription/double'

const KEY = 'a-key-for-tests'
let double: TranscriptionDouble
let shop: Awaited<ReturnType<typeof workshop>>
let sound: string
beforeAll(async () => {
  double = await startTranscriptionDouble(KEY)
  shop = await workshop()
  sound = shop.at('sound.mp3')
  writeFileSync(sound, Buffer.concat([Buffer.from([0xff, 0xfb, 0x50, 0xc4]), Buffer.alloc(4_000)]))
})
afterAll(async () => {
  await double.close()
  await shop.close()
})
beforeEach(() => {
  double.heard.length = 0
  double.say([{ start: 0.5, end: 2.25, text: ' Chè vào vụ.' }])
})

const asked = async (
  more: Partial<Parameters<typeof openAiTranscriber>[0]> & {
    file?: string
    language?: string
  } = {},
) => {
  const { file = sound, language = 'vi', ...of } = more
  const fetchWithin = (answerMs: number) => guardedFetch({ allowLoopback: true, answerMs })
  const transcriber = openAiTranscriber({ url: double.url, key: KEY, model: 'whisper-1', fetchWithin, ...of }) // prettier-ignore
  return transcriber.transcribe({ file, language, signal: AbortSignal.timeout(20_000) })
}

/** The word of what came of it, and how long to wait. */
const outcome = async (...args: Parameters<typeof asked>) => {
  const answer = await asked(...args)
  if (answer.is === 'refused') return answer.refusal.reason
  return answer.is === 'later' ? `later ${answer.afterMs}` : 'done'
}

describe('a service that writes down what is said', () => {
  it('gets the sound, the model and the language, and answers with times', async () => {
    expect(await asked()).toEqual({
      is: 'done',
      heard: [expect.objectContaining({ start: 0.5, end: 2.25, text: ' Chè vào vụ.' })],
    })
    expect(double.heard).toEqual([
      { model: 'whisper-1', language: 'vi', format: 'verbose_json', bytes: 4_004, key: KEY },
    ])
  })

  it('may listen for a quarter of an hour before it says a word', async () => {
    const waits: number[] = []
    const fetchWithin = (answerMs: number) => {
      waits.push(answerMs)
      return guardedFetch({ allowLoopback: true, answerMs })
    }
    expect([await outcome({ fetchWithin }), waits]).toEqual(['done', [900_000]])
  })

  it('an address with a stroke at its end is the same address', async () => {
    expect(await outcome({ url: `${double.url}/` })).toBe('done')
  })

  it.each([
    ['a wrong key', { key: 'wrong' }, 'http-401'],
    ['no key', { key: undefined }, 'http-401'],
    ['a model that is not there', { model: 'whisper-9' }, 'http-404'],
    ['a model without times', { model: 'gpt-4o-transcribe' }, 'http-400'],
    ['a language that is none', { language: 'tieng-viet' }, 'http-400'],
  ])('%s is refused for good, in words', async (_name, more, code) => {
    const answer = await asked(more)
    expect(answer).toMatchObject({ is: 'refused', refusal: { reason: code } })
    expect(double.heard).toEqual([])
  })

  it('a sound over 25 MB is refused for good', async () => {
    const big = shop.at('big.mp3')
    writeFileSync(big, Buffer.concat([Buffer.from([0xff, 0xfb, 0x50, 0xc4]), Buffer.alloc(26_214_400)])) // prettier-ignore
    expect(await outcome({ file: big })).toBe('http-413')
  })

  it.each([
    ['busy, with a time', { status: 429, retryAfter: '7' }, 'later 7000'],
    ['busy, without one', { status: 429 }, 'later 15000'],
    ['busy, with a time beyond reason', { status: 503, retryAfter: '999999' }, 'later 600000'],
    ['broken', { status: 500 }, 'later 15000'],
    ['without money', { status: 429, code: 'insufficient_quota', retryAfter: '1' }, 'insufficient_quota'],
    ['forbidden', { status: 403 }, 'http-403'],
  ])('%s', async (_name, fault, expected) => {
    double.fail({ is: 'status', ...fault })
    expect(await outcome()).toBe(expected)
  }) // prettier-ignore

  it('a line that breaks is later, and so is a service that is not there', async () => {
    double.fail({ is: 'cut' })
    expect(await outcome()).toBe('later 15000')
    expect(await outcome({ url: 'http://127.0.0.1:9' })).toBe('later 15000')
  })

  it.each([
    ['a web page', '<html>hello</html>'],
    ['an answer without times', '{"text":"Chè"}'],
    ['times that are none', '{"segments":[{"start":"0","end":1,"text":"a"}]}'],
  ])('%s is no answer', async (_name, body) => {
    double.fail({ is: 'body', body })
    expect(await outcome()).toBe('gibberish')
  })

  it('an answer without an end is broken off', async () => {
    double.fail({ is: 'body', body: `"${'x'.repeat(21 * 1024 ** 2)}"` })
    expect(await outcome()).toBe('gibberish')
  })

  it('neither key nor sound follow a redirect', async () => {
    const other = await startTranscriptionDouble()
    double.fail({ is: 'redirect', to: `${other.url}/audio/transcriptions` })
    expect(await outcome()).toBe('later 15000')
    expect(other.calls()).toBe(0)
    await other.close()
  })

  it('a private address is not called, and the key is in no line', async () => {
    const before = double.calls()
    const answer = await asked({ fetchWithin: () => guardedFetch({ allowLoopback: false }) })
    expect(answer.is).toBe('later')
    expect(double.calls()).toBe(before)
    expect(JSON.stringify(answer)).not.toContain(KEY)
  })

  it('how long to wait is read as seconds or as a date', () => {
    expect([waitFor('3'), waitFor('0'), waitFor(null), waitFor('soon')]).toEqual([3000, 1000, 15_000, 15_000]) // prettier-ignore
    expect(waitFor(new Date(0).toUTCString())).toBe(1000)
  })
})
