import type { Payload } from 'payload'
import { joinSpool } from '@/assets/spool-home'

/** A web process that could not see what another one received does not serve. */
export const shareSpool = async (payload: Payload): Promise<void> => {
  const joined = await joinSpool({ payload })
  if (joined.ok) return
  process.stderr.write(`${joined.line}\n`)
  process.exit(78)
}
