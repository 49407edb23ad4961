import { lookup as resolve } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { Agent, buildConnector } from 'undici'

const CONNECT_MS = 10_000
const ANSWER_MS = 120_000

/** Addresses that no platform lives at. Whoever can write a channel's settings must not reach our insides. */
const PRIVATE: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 128, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]
const LOOPBACK: typeof PRIVATE = [
  ['127.0.0.0', 8, 'ipv4'],
  ['::1', 128, 'ipv6'],
]

const listOf = (ranges: typeof PRIVATE): BlockList => {
  const list = new BlockList()
  for (const [net, bits, family] of ranges) list.addSubnet(net, bits, family)
  return list
}
const privateList = listOf(PRIVATE)
const loopbackList = listOf(LOOPBACK)

/** True when a guarded call may go to this address. Mapped IPv4 (`::ffff:10.0.0.1`) counts as IPv4. */
export const mayReach = (address: string, allowLoopback: boolean): boolean => {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(address) === 0 || privateList.check(address, family)) return false
  return allowLoopback || !loopbackList.check(address, family)
}

const refusal = (host: string): Error =>
  Object.assign(new Error(`address of ${host} is not allowed`), { code: 'EADDRNOTALLOWED' })

type Reach = { allowLoopback: boolean; answerMs?: number }

/** Resolves and judges in one go, so that the name cannot point elsewhere by the time of the call. */
const guardedLookup =
  (allowLoopback: boolean): LookupFunction =>
  (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      const first = addresses[0]
      if (!first || addresses.some((one) => !mayReach(one.address, allowLoopback))) {
        return callback(refusal(host), '', 0)
      }
      if (options.all) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
  }

const guardedAgent = ({ allowLoopback, answerMs = ANSWER_MS }: Reach): Agent => {
  const connect = buildConnector({ timeout: CONNECT_MS, lookup: guardedLookup(allowLoopback) })
  return new Agent({
    headersTimeout: answerMs,
    bodyTimeout: answerMs,
    // A literal address never meets the lookup; redirects come through here as well.
    connect: (options, done) => {
      const host = options.hostname.replace(/^\[|\]$/g, '')
      if (isIP(host) !== 0 && !mayReach(host, allowLoopback)) return done(refusal(host), null)
      connect(options, done)
    },
  })
}

const through =
  (dispatcher: Agent): typeof globalThis.fetch =>
  (input, init) => {
    const options: RequestInit & { dispatcher: Agent } = { ...init, dispatcher }
    return globalThis.fetch(input, options)
  }

/**
 * A `fetch` that refuses private, link-local and (unless allowed) loopback addresses, after the name was
 * resolved and at every redirect, and gives up after two minutes without an answer, or after `answerMs`.
 */
export const guardedFetch = (reach: Reach): typeof globalThis.fetch => through(guardedAgent(reach))

/** A `fetch` to anywhere, our own net too: for an address that only who runs the house can set. */
export const unguardedFetch = ({ answerMs }: { answerMs: number }): typeof globalThis.fetch =>
  through(new Agent({ headersTimeout: answerMs, bodyTimeout: answerMs, connect: { timeout: CONNECT_MS } })) // prettier-ignore
