import { expect, test } from '@jest/globals'
import { acceptsOf, limitProblems, PLATFORMS } from '../../src/publishers/index'
import type { Work } from '../../src/publishers/publisher'
import { youtubeAccepts } from '../../src/publishers/youtube/accepts'
import {
  answerOf,
  failureOf,
  nextPacificMidnight,
  safeLine,
} from '../../src/publishers/youtube/errors'

const facts = { durationSeconds: 60, width: 1280, height: 720, hasSound: true }
const problems = (
  variant: Partial<Work['variant']>,
  change: { seconds?: number; bytes?: number } = {},
) =>
  limitProblems(youtubeAccepts, {
    variant: { title: 'Tin', text: '', tags: [], ...variant },
    facts: { ...facts, durationSeconds: change.seconds ?? 60 },
    bytes: change.bytes ?? 1000,
  }).map(({ field, code, have, max }) => [field, code, have, max])

test('titles are counted in characters as a reader counts them, and may not be empty', () => {
  expect(problems({ title: 'ế'.repeat(100) })).toEqual([])
  expect(problems({ title: 'ế'.repeat(101) })).toEqual([['title', 'too-long', 101, 100]])
  expect(problems({ title: '  ' })).toEqual([['title', 'empty', 0, 100]])
  expect(problems({ title: 'a <b>' })).toEqual([['title', 'forbidden-characters', 2, 0]])
})

test('descriptions are counted in bytes, so Vietnamese runs out sooner', () => {
  expect(problems({ text: 'a'.repeat(5000) })).toEqual([])
  expect(problems({ text: 'ế'.repeat(1667) })).toEqual([['text', 'too-long', 5001, 5000]])
})

test('a tag with a space costs its two quotes, and commas between tags count', () => {
  expect(problems({ tags: ['a'.repeat(249), 'b'.repeat(250)] })).toEqual([])
  expect(problems({ tags: ['a'.repeat(250), 'b'.repeat(250)] })).toEqual([
    ['tags', 'too-long', 501, 500],
  ])
  expect(problems({ tags: [`a ${'b'.repeat(497)}`] })).toEqual([['tags', 'too-long', 501, 500]])
})

test('length and size are those that were probed, and the help is in both languages', () => {
  expect(problems({}, { seconds: 43_201 })).toEqual([['duration', 'too-long', 43_201, 43_200]])
  expect(problems({}, { bytes: 274_877_906_945 })).toEqual([
    ['size', 'too-large', 274_877_906_945, 274_877_906_944],
  ])
  const [problem] = limitProblems(youtubeAccepts, {
    variant: { title: '', text: '', tags: [] },
    facts: null,
    bytes: null,
  })
  expect(problem?.help).toEqual({
    vi: 'Chưa có tiêu đề. Hãy viết tiêu đề.',
    en: 'There is no title. Write one.',
  })
})

test('each platform says what it takes, with source and date, and an unknown one says nothing', () => {
  for (const platform of PLATFORMS) {
    const accepts = acceptsOf(platform)
    const limits = [accepts?.title, accepts?.text, accepts?.tags, accepts?.duration, accepts?.size]
    for (const limit of limits.filter((one) => one !== null)) {
      expect(limit).toMatchObject({
        source: expect.stringMatching(/./),
        verifiedAt: expect.stringMatching(/^\d{4}-/),
      })
    }
  }
  expect(acceptsOf('website')?.binds).toEqual(['web-hls', 'web-mp4', 'poster', 'captions'])
  expect(acceptsOf('carrier-pigeon')).toBe(null)
})

const refusal = (status: number, reason: string) => ({
  message: 'x',
  response: { status, data: { error: { code: status, message: 'no', errors: [{ reason }] } } },
})
const now = new Date('2026-03-02T03:00:00.000Z')

test.each([
  [403, 'quotaExceeded', 'quota'],
  [400, 'uploadLimitExceeded', 'quota'],
  [403, 'userRateLimitExceeded', 'later'],
  [503, 'backendError', 'later'],
  [429, 'somethingNew', 'later'],
  [401, 'authError', 'reconnect'],
  [403, 'insufficientPermissions', 'reconnect'],
  [403, 'authenticatedUserAccountSuspended', 'blocked'],
  [400, 'invalidTitle', 'refused'],
  [403, 'forbidden', 'refused'],
] as const)('HTTP %i %s means %s', (status, reason, is) => {
  expect(answerOf(failureOf(refusal(status, reason)), now, 'none').is).toBe(is)
})

test('a number that looks like an error word inside a text changes nothing: only the reason counts', () => {
  const failure = failureOf({
    response: {
      status: 400,
      data: {
        error: { message: 'quotaExceeded 490 invalid_grant', errors: [{ reason: 'invalidTags' }] },
      },
    },
  })
  expect(answerOf(failure, now, 'none')).toMatchObject({ is: 'refused', code: 'invalidTags' })
})

test('the quota day ends at midnight Pacific in winter, in summer and on the days between', () => {
  expect(nextPacificMidnight(new Date('2026-01-10T20:00:00Z'))).toBe('2026-01-11T08:00:00.000Z')
  expect(nextPacificMidnight(new Date('2026-07-10T20:00:00Z'))).toBe('2026-07-11T07:00:00.000Z')
  expect(nextPacificMidnight(new Date('2026-03-08T09:00:00Z'))).toBe('2026-03-09T07:00:00.000Z')
  expect(nextPacificMidnight(new Date('2026-11-01T08:00:00Z'))).toBe('2026-11-02T08:00:00.000Z')
})

test('addresses and bearers are cut from every line', () => {
  const line = safeLine('failed https://x.example/up?upload_id=abc Bearer ya29.abc and 1//refresh')
  expect(line).toBe('failed [address] [secret] and [secret]')
})
