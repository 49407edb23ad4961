import { env } from '@/env'

/**
 * Where the request came from. Behind a proxy that we trust the last hop it names is the one the proxy saw; without
 * one the door has thrown away what the caller wrote there, and the caller's own socket stands in it (`app/arrivals`).
 */
export const addressOf = (headers: Headers): string => {
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
  return (env.TRUST_PROXY ? hops.at(-1) : hops[0]) || 'unknown'
}

/** What counts as one place: an address of IPv4, and of IPv6 the network of 64 bits that one customer is given. */
export const placeOf = (address: string): string => {
  if (!address.includes(':') || address.includes('.')) return address
  const [head = '', tail = ''] = address.split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}
