import type { Answer, Context, Seen, Work } from '../publisher'
import type { YouTube } from './client'
import { call, isOpen, openYouTube, watchHost, watchUrl } from './client'
import { failureOf } from './errors'
import { memoOf } from './memo'
import { setStatus } from './status'

type How = Answer<{ how: 'deleted' | 'hidden' }>

const remove = async (yt: YouTube, id: string): Promise<How> => {
  const gone = await call(yt, 'none', () => yt.api.videos.delete({ id }, yt.options))
  // Not there is where we wanted it.
  if (gone.ok || gone.status === 404) return { is: 'done', how: 'deleted' }
  return gone.answer
}

/** Takes it back: private, or deleted where the channel says `takedown: delete`. Drops the timer too. */
export const retract = async (ctx: Context, work: Work): Promise<How> => {
  const id = memoOf(work).videoId
  if (id === null) return { is: 'refused', code: 'not-prepared', line: 'there is no video' }
  const yt = openYouTube(ctx)
  if (!isOpen(yt)) return yt
  if (ctx.settings.takedown === 'delete') return remove(yt, id)
  const set = await setStatus(yt, id, { privacy: 'private', publishAt: null, effect: 'none' })
  if (!set.ok) return set.status === 404 ? { is: 'done', how: 'deleted' } : set.answer
  if (set.value.privacyStatus === 'private') return { is: 'done', how: 'hidden' }
  return { is: 'later', afterMs: 5_000, line: `it is still ${set.value.privacyStatus ?? 'there'}` }
}

/** A stranger's request: no token, no cookie, no cache. */
const anonymous = async (ctx: Context, url: string): Promise<{ status: number; text: string }> => {
  const response = await ctx.fetch(url, {
    cache: 'no-store',
    credentials: 'omit',
    headers: { 'cache-control': 'no-cache', 'accept-language': 'en' },
    signal: AbortSignal.any([ctx.signal, AbortSignal.timeout(30_000)]),
  })
  return { status: response.status, text: await response.text() }
}

const playability = (page: string): string | null =>
  page.match(/"playabilityStatus":\{"status":"([A-Z_]+)"/)?.[1] ?? null

const isSummary = (text: string): boolean => {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null && 'title' in parsed
  } catch {
    return false
  }
}

/**
 * The watch page answers 200 to everything, private and deleted videos too, so its status code proves
 * nothing; the anonymous summary (oEmbed) does answer by status, and the page's inside must not disagree.
 */
export const seen = async (ctx: Context, work: Work): Promise<Seen> => {
  const id = memoOf(work).videoId
  if (id === null) return { is: 'cannot-tell', line: 'there is no video' }
  const target = watchUrl(ctx, id)
  const query = new URLSearchParams({ url: target, format: 'json' })
  try {
    const summary = await anonymous(ctx, `${watchHost(ctx)}/oembed?${query.toString()}`)
    const page = await anonymous(ctx, target)
    const says = page.status === 200 ? playability(page.text) : null
    if (summary.status === 200 && isSummary(summary.text) && says !== 'ERROR') {
      return { is: 'seen', status: summary.status }
    }
    if ([401, 403, 404].includes(summary.status) && says !== null && says !== 'OK') {
      return { is: 'gone', status: summary.status }
    }
    return { is: 'cannot-tell', line: `summary ${summary.status}, page ${says ?? page.status}` }
  } catch (error) {
    return { is: 'cannot-tell', line: failureOf(error).line }
  }
}
