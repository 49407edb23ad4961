import { subscribe } from 'node:diagnostics_channel'
import { IncomingMessage } from 'node:http'

type Arriving = { url?: string | undefined; headers: Record<string, unknown> }

const isReadable = (path: string): boolean => {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/**
 * What Next must not be left to make of a request. A path that is no UTF-8 would be its 500: its percent signs are
 * taken as they stand, and such a page is not found. And without a proxy that we trust, an `X-Forwarded-For` is what
 * the caller made up: thrown away, Next writes the address of the socket there.
 */
export const mend = (request: Arriving, trustProxy: boolean): void => {
  const [path = '', ...query] = (request.url ?? '').split('?')
  if (!isReadable(path)) request.url = [path.replaceAll('%', '%25'), ...query].join('?')
  if (!trustProxy) delete request.headers['x-forwarded-for']
}

/** Node tells of every request before any server's own code sees it; Next offers no place as early. */
export const watchArrivals = (trustProxy: boolean): void =>
  subscribe('http.server.request.start', (message) => {
    const told = typeof message === 'object' && message !== null && 'request' in message
    if (told && message.request instanceof IncomingMessage) mend(message.request, trustProxy)
  })
