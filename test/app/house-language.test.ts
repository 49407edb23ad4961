import { describe, expect, it } from '@jest/globals'
import { getRequestLanguage, parseCookies } from 'payload'
import { inHouseLanguage } from '@/app/house-language'

const config = { i18n: { fallbackLanguage: 'vi', supportedLanguages: { vi: {}, en: {} } } }

/** What Payload answers in, once the request went through our door. */
const spokenTo = async (asked: string, cookie: string): Promise<string> => {
  const door = inHouseLanguage(async ({ headers }: Request) =>
    Response.json(
      getRequestLanguage({ config: config as never, cookies: parseCookies(headers), headers }),
    ),
  )
  const headers = { 'Accept-Language': asked, ...(cookie ? { Cookie: cookie } : {}) }
  const answer = await door(new Request('http://localhost/api/users/me', { headers }), undefined)
  return String(await answer.json())
}

describe('the API answers in the language of the house', () => {
  it.each([
    ['a browser in English that chose nothing', 'en-US,en;q=0.9', '', 'vi'],
    ['a browser in French', 'fr-FR,fr;q=0.9,en;q=0.8', '', 'vi'],
    ['a person who chose English', 'vi-VN', 'payload-lng=en', 'en'],
    ['a person who chose English beside other cookies', 'vi', 'a=b; payload-lng=en; c=d', 'en'],
    ['a person who chose Vietnamese on a browser in English', 'en-US', 'payload-lng=vi', 'vi'],
    ['a cookie with a language that we do not speak', 'en-US', 'payload-lng=fr', 'vi'],
    ['a cookie of somebody else’s with a name like it', 'en-US', 'x-payload-lng=en', 'vi'],
  ])('to %s', async (_who, asked, cookie, language) => {
    expect(await spokenTo(asked, cookie)).toBe(language)
  })
})
