import dns from 'node:dns'
import { isIP, Socket } from 'node:net'

/**
 * No test may reach the internet. Every socket goes through here; one that leaves this machine throws and
 * is written down, so that the suite fails even when the code under test swallowed the error.
 */
export type NetworkGuard = {
  attempts: () => string[]
  /** Puts everything back; throws when anything tried to leave. */
  finish: () => void
  restore: () => void
}

const LOCAL = /^(localhost|127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3}|0\.0\.0\.0|::)$/i

const isLocal = (host: string): boolean => LOCAL.test(host.replace(/^\[|\]$/g, ''))

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** Where a call of `socket.connect` wants to go; null for a unix socket. */
const targetOf = (args: unknown[]): string | null => {
  const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0]
  if (typeof first === 'string' && Number.isNaN(Number(first))) return null
  if (typeof first === 'object' && first !== null) {
    if (field(first, 'path')) return null
    return String(field(first, 'host') ?? 'localhost')
  }
  return typeof args[1] === 'string' ? args[1] : 'localhost'
}

const escaped = (host: string): Error =>
  Object.assign(new Error(`a test tried to reach ${host}`), { code: 'ENETGUARD' })

export const installNetworkGuard = (): NetworkGuard => {
  const tried: string[] = []
  const connect = Socket.prototype.connect
  const lookup = dns.lookup
  const guard = (host: string): void => {
    if (isLocal(host)) return
    tried.push(host)
    throw escaped(host)
  }
  Socket.prototype.connect = function guarded(this: Socket, ...args: unknown[]): Socket {
    const host = targetOf(args)
    if (host !== null) guard(host)
    return Reflect.apply(connect, this, args)
  }
  const guardedLookup = (host: string, ...rest: unknown[]): unknown => {
    if (isIP(host) === 0) guard(host)
    return Reflect.apply(lookup, dns, [host, ...rest])
  }
  Object.assign(dns, { lookup: Object.assign(guardedLookup, lookup) })
  const restore = () => {
    Socket.prototype.connect = connect
    Object.assign(dns, { lookup })
  }
  return {
    attempts: () => [...tried],
    restore,
    finish: () => {
      restore()
      if (tried.length > 0)
        throw new Error(`tests tried to leave this machine: ${tried.join(', ')}`)
    },
  }
}
