import { lineOf } from '../../errors'
import { storeAway } from './keys'

const SIGNS =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ERR_STREAM_PREMATURE_CLOSE|TimeoutError|socket hang up/

const field = (thing: unknown, name: string): unknown =>
  typeof thing === 'object' && thing !== null ? Reflect.get(thing, name) : undefined

/** By what it answered, as the client notes it on what it throws; where nobody answered, by the line's own words. */
const isAway = (error: unknown): boolean => {
  const status = Number(field(field(error, '$metadata'), 'httpStatusCode') ?? 0)
  if (status > 0) return status >= 500 || status === 429
  return SIGNS.test(`${field(error, 'code')} ${field(error, 'name')} ${field(error, 'message')}`)
}

/** The error as it is, or `store-away` when it says that nobody answered, whatever was asked. */
export const awayOr = (error: unknown): unknown =>
  isAway(error) ? storeAway(lineOf(error), error) : error
