import { describe, expect, it } from '@jest/globals'
import { unstable_doesMiddlewareMatch as doesMatch } from 'next/experimental/testing/server'
import { NextRequest } from 'next/server'
import { config, policyOf, proxy } from '@/proxy'

const matches = (url: string) => doesMatch({ config, url, nextConfig: {} })
const answerTo = (path: string) => proxy(new NextRequest(`http://localhost:3000${path}`))
const policyIn = (answer: { headers: Headers }) =>
  answer.headers.get('content-security-policy') ?? ''
const scripts = (policy: string) =>
  policy.split('; ').find((rule) => rule.startsWith('script-src')) ?? ''

describe('what stands before the pages', () => {
  it.each(['/admin', '/admin/login', '/admin/review/abc', '/admin/collections/stories'])(
    'is asked for %s',
    (path) => expect(matches(path)).toBe(true),
  )

  it.each([
    '/tus',
    '/tus/abc',
    '/api/stories',
    '/api/users/login',
    '/m/abc/clip.mp4',
    '/desk-media/abc/proxy.mp4',
    '/gui-tin',
    '/js/gui-tin.js',
    '/',
    '/kinh-te/administration',
    '/adminx',
  ])('never sees %s: a body there would be cut at 10 MB', (path) =>
    expect(matches(path)).toBe(false),
  )
})

describe('the policy of the admin', () => {
  it('lets no script run but by the nonce of this one answer', () => {
    const [one, two] = [policyIn(answerTo('/admin')), policyIn(answerTo('/admin'))]
    expect(scripts(one)).toMatch(/^script-src 'self' 'nonce-[A-Za-z0-9+/]{22}=='$/)
    expect(one).not.toBe(two)
    expect(scripts(policyOf('x'))).not.toMatch(/unsafe|strict-dynamic|\*|data:|blob:|https?:/)
  })

  it('is the same on the request, where Next reads the nonce, whatever the caller sent', () => {
    const request = new NextRequest('http://localhost:3000/admin', {
      headers: { 'content-security-policy': "script-src 'nonce-known'" },
    })
    const answer = proxy(request)
    const handed = answer.headers.get('x-middleware-request-content-security-policy')
    expect(handed).toBe(policyIn(answer))
    expect(handed).not.toContain('known')
  })

  it('takes no plugin, no other base and no foreign frame', () => {
    const policy = policyOf('x').split('; ')
    for (const rule of ["object-src 'none'", "base-uri 'self'", "frame-ancestors 'self'"])
      expect(policy).toContain(rule)
  })
})
