import type { Seen } from '../publisher'

type Look = {
  edition: { path: string; digest: string; mediaPaths: string[] }
  publicUrl: string
  fetch: typeof globalThis.fetch
  signal: AbortSignal
}

const GONE = [404, 410]
const READ_MS = 15_000

/** What tells that the media are there or gone: the playlist, the plain file, the pictures. Not each segment. */
const WITNESS = /(^|\/)master\.m3u8$|\.mp4$|\.(jpe?g|png|webp|avif)$/

const ask = async (look: Look, path: string, range: boolean): Promise<Response> => {
  const url = new URL(path, look.publicUrl)
  if (url.origin !== new URL(look.publicUrl).origin) throw new Error('the address leaves the site')
  return look.fetch(url, {
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'manual',
    headers: { 'cache-control': 'no-cache', ...(range ? { range: 'bytes=0-0' } : {}) },
    signal: AbortSignal.any([look.signal, AbortSignal.timeout(READ_MS)]),
  })
}

const mediaStatus = async (look: Look, path: string): Promise<{ path: string; status: number }> => {
  const response = await ask(look, path, true)
  await response.body?.cancel()
  return { path, status: response.status }
}

/** The digest in the page, whatever the order of the attributes. */
export const digestIn = (page: string): string | null => {
  const tag = page.match(/<meta\b[^>]*\bname="ht-edition"[^>]*>/i)?.[0]
  return tag?.match(/\bcontent="([^"]+)"/i)?.[1] ?? null
}

/** Reads page and media as a stranger. Seen: all of it is there. Gone: none of it is. */
export const seenAs = async (look: Look): Promise<Seen> => {
  const page = await ask(look, look.edition.path, false)
  const text = await page.text()
  const media = []
  for (const path of look.edition.mediaPaths.filter((one) => WITNESS.test(one))) {
    media.push(await mediaStatus(look, path))
  }
  if (GONE.includes(page.status)) {
    const left = media.find((one) => !GONE.includes(one.status))
    if (!left) return { is: 'gone', status: page.status }
    return { is: 'cannot-tell', line: `the page is gone, but ${left.path} answers ${left.status}` }
  }
  if (page.status !== 200) return { is: 'cannot-tell', line: `the page answers ${page.status}` }
  const digest = digestIn(text)
  if (digest !== look.edition.digest) {
    return {
      is: 'cannot-tell',
      line: `the page shows ${digest ? 'another edition' : 'no edition'}`,
    }
  }
  const missing = media.find((one) => one.status !== 200 && one.status !== 206)
  if (missing) return { is: 'cannot-tell', line: `${missing.path} answers ${missing.status}` }
  return { is: 'seen', digest, status: page.status }
}
