import { createHash } from 'node:crypto'
import { env } from '@/env'
import { guiTinPage } from './page-html'
import { STYLE } from './style'

export const dynamic = 'force-dynamic'

const styleHash = createHash('sha256').update(STYLE).digest('base64')
/** Our own script file and the one style in the page; nothing else runs or loads. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'sha256-${styleHash}'`,
  "img-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

export const GET = (): Response =>
  new Response(guiTinPage({ site: env.SITE_NAME, style: STYLE }), {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': POLICY,
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'same-origin',
      'X-Robots-Tag': 'noindex',
    },
  })
