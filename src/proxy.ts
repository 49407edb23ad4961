import { randomBytes } from 'node:crypto'
import { NextResponse, type NextRequest } from 'next/server'

/**
 * Only the admin's pages. Next hands what it matches a copy of the body that ends at 10 MB without a word (seen on
 * 16.3.8), so an upload, the API and the media must never pass here; `test/app/policy` holds it.
 */
export const config = { matcher: ['/admin/:path*'] }

/**
 * What the admin may run and load. Scripts are files of ours, which nobody uploads, or bear this answer's nonce: Next puts
 * it on its own, and nothing typed into a story can know it. Not 'strict-dynamic': it would let any script that runs
 * write another into the page. Payload sets style attributes; a player may play from blobs and parse in a worker of one.
 */
export const policyOf = (nonce: string): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "object-src 'none'",
    "base-uri 'self'",
  ].join('; ')

/** Next reads the nonce out of the policy on the request, and the browser the same policy on the answer. */
export const proxy = (request: NextRequest): NextResponse => {
  const policy = policyOf(randomBytes(16).toString('base64'))
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  const answer = NextResponse.next({ request: { headers } })
  answer.headers.set('content-security-policy', policy)
  return answer
}
