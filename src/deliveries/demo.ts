import { isIP } from 'node:net'
import type { Refusal } from '@/errors'
import { no } from './refusals'

const PREFIX = 'demo'

const isLoopback = (address: string): boolean => {
  const host = new URL(address).hostname.replace(/^\[|\]$/g, '')
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  return isIP(host) === 4 ? host.startsWith('127.') : host === '::1'
}

const addressesIn = (settings: Record<string, string>): string[] =>
  Object.values(settings).filter((value) => /^[a-z]+:\/\//i.test(value) && URL.canParse(value))

/**
 * A demo newsroom talks to platforms on this machine with tokens that say so, and to nothing else; a real one
 * never talks to this machine. So neither can be taken for the other.
 */
export const demoRefusal = (given: {
  demo: boolean
  settings: Record<string, string>
  token: string | null
}): Refusal | null => {
  const addresses = addressesIn(given.settings)
  if (!given.demo) return addresses.some(isLoopback) ? no('loopback-refused') : null
  if (addresses.some((address) => !isLoopback(address))) return no('demo-only')
  if (given.token === null) return null
  return given.token.startsWith(PREFIX) && addresses.length > 0 ? null : no('demo-only')
}

/** `demo:` in front only says that the token is none of the real ones; the platform on this machine never sees it. */
export const plainToken = (token: string): string =>
  token.startsWith(`${PREFIX}:`) ? token.slice(PREFIX.length + 1) : token
