import type { Env } from '@/env'

const NEEDED = ['TRUST_PROXY', 'COOKIE_SECURE'] as const

/** Where readers come by https a proxy stands before us, and both settings should say so: those that do not. */
export const unsaidBehindHttps = (
  env: Pick<Env, 'PUBLIC_URL' | (typeof NEEDED)[number]>,
): string[] => (env.PUBLIC_URL.startsWith('https:') ? NEEDED.filter((name) => !env[name]) : [])
