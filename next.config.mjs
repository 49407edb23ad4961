import { withPayload } from '@payloadcms/next/withPayload'
import path from 'node:path'

/** Read from node_modules at run time: native parts, worker threads or 240 MB that no bundler should chew. */
const OUTSIDE_THE_BUNDLE = [
  'bull',
  'ioredis',
  'fluent-ffmpeg',
  'sharp',
  'googleapis',
  'pino',
  'mongodb',
  '@aws-sdk/client-s3',
  '@aws-sdk/lib-storage',
  '@tus/server',
  '@tus/file-store',
]

const header = (key, value) => ({ key, value })
const EVERYWHERE = [
  header('X-Content-Type-Options', 'nosniff'),
  header('Referrer-Policy', 'strict-origin-when-cross-origin'),
]
/** The admin's policy has a nonce of its own for each answer: `src/proxy.ts`. */
const DESK = [header('X-Robots-Tag', 'noindex')]

const config = withPayload({
  poweredByHeader: false,
  serverExternalPackages: OUTSIDE_THE_BUNDLE,
  turbopack: { root: path.resolve(import.meta.dirname) },
  // Types are held by `npm run check`; a start must not pay for them again.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: '/:path*', headers: EVERYWHERE },
    { source: '/admin/:path*', headers: DESK },
  ],
})

/**
 * Payload puts `Critical-CH` and `Vary` on every path: Chrome then asks twice for the first page and caches are split
 * by colour scheme. Only the admin wants them (seen 2026-11-21 with Payload 3.90.1).
 */
const isPayloads = (rule) => rule.headers.some(({ key }) => key === 'Critical-CH')
const withPayloadHeaders = config.headers

export default {
  ...config,
  headers: async () =>
    (await withPayloadHeaders()).map((rule) =>
      isPayloads(rule) ? { ...rule, source: '/admin/:path*' } : rule,
    ),
}
