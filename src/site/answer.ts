import { createHash } from 'node:crypto'
import type { ReactElement } from 'react'
import { STYLE } from './html/style'

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('base64')

const policy = (scripts: boolean) =>
  [
    "default-src 'none'",
    `style-src 'sha256-${sha256(STYLE)}'`,
    `script-src ${scripts ? "'self'" : "'none'"}`,
    "img-src 'self'",
    "media-src 'self' blob:", // hls.js feeds the element through a blob: address
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ')

const POLICIES = { plain: policy(false), player: policy(true) }

/** A browser may keep the bytes but must ask each time: a takedown shows at the next look. */
export const ASK_EACH_TIME = 'public, max-age=0, must-revalidate'

const matches = (request: Request, etag: string) => {
  const asked = request.headers.get('if-none-match')
  if (!asked) return false
  const known = asked.split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known.includes(etag) || known.includes('*')
}

/** A whole answer with its ETag; 304 when the reader has these bytes, no body for HEAD. */
export const answer = (
  request: Request,
  made: { status: number; text: string; type: string; headers?: Record<string, string> },
): Response => {
  const etag = `"${sha256(made.text)}"`
  const headers = new Headers({
    'Content-Type': made.type,
    'Cache-Control': made.status === 200 ? ASK_EACH_TIME : 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...made.headers,
  })
  if (made.status === 200) headers.set('ETag', etag)
  if (made.status === 200 && matches(request, etag))
    return new Response(null, { status: 304, headers })
  headers.set('Content-Length', String(Buffer.byteLength(made.text)))
  return new Response(request.method === 'HEAD' ? null : made.text, {
    status: made.status,
    headers,
  })
}

/**
 * A page. The renderer is imported when needed: named at the top, Next's compiler takes it for a mistake in a
 * server file (seen with Next 16.3.8).
 */
export const answerPage = async (
  request: Request,
  page: { status: number; element: ReactElement; player?: boolean },
): Promise<Response> => {
  const { renderToStaticMarkup } = await import('react-dom/server')
  return answer(request, {
    status: page.status,
    text: `<!DOCTYPE html>${renderToStaticMarkup(page.element)}`,
    type: 'text/html; charset=utf-8',
    headers: { 'Content-Security-Policy': page.player ? POLICIES.player : POLICIES.plain },
  })
}
