import { env } from '@/env'
import { answer } from './answer'
import { absolute } from './html/json-ld'
import type { Reading, Shown } from './reading'

const IN_RSS = 50
const IN_SITEMAP = 1000

type Ask = { reading: Reading; request: Request }

/** XML forbids these even when written as references. */
const isAllowed = (sign: string) => {
  const code = sign.codePointAt(0) ?? 0
  return (code >= 0x20 && code !== 0xfffe && code !== 0xffff) || [0x09, 0x0a, 0x0d].includes(code)
}

const xml = (text: string) =>
  [...text]
    .filter(isAllowed)
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

const item = ({ snapshot }: Shown) => {
  const url = xml(absolute(snapshot.path))
  return [
    '<item>',
    `<title>${xml(snapshot.title)}</title>`,
    `<link>${url}</link>`,
    `<guid isPermaLink="true">${url}</guid>`,
    `<pubDate>${new Date(snapshot.firstPublishedAt).toUTCString()}</pubDate>`,
    `<category>${xml(snapshot.section)}</category>`,
    `<description>${xml(snapshot.summary)}</description>`,
    '</item>',
  ].join('')
}

export const rssFeed = async ({ reading, request }: Ask): Promise<Response> => {
  const shown = await reading.latest({ limit: IN_RSS })
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>',
    `<title>${xml(env.SITE_NAME)}</title><link>${xml(absolute(''))}</link>`,
    `<description>${xml(env.SITE_NAME)}</description><language>vi</language>`,
    `<atom:link href="${xml(absolute('rss.xml'))}" rel="self" type="application/rss+xml"/>`,
    ...shown.map(item),
    '</channel></rss>\n',
  ].join('\n')
  return answer(request, { status: 200, text, type: 'application/rss+xml; charset=utf-8' })
}

export const sitemap = async ({ reading, request }: Ask): Promise<Response> => {
  const shown = await reading.latest({ limit: IN_SITEMAP })
  const urls = shown.map(
    ({ snapshot }) =>
      `<url><loc>${xml(absolute(snapshot.path))}</loc><lastmod>${snapshot.publishedAt}</lastmod></url>`,
  )
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    `<url><loc>${xml(absolute(''))}</loc></url>`,
    ...urls,
    '</urlset>\n',
  ].join('\n')
  return answer(request, { status: 200, text, type: 'application/xml; charset=utf-8' })
}
